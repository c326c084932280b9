using System.Reflection;
using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>What is told to Orleans as immutable crosses grains of one silo without a copy: nobody writes into its arrays.</summary>
public sealed class ImmutableTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Arrays of others that are called the same.</summary>
    private static readonly string[] OfOthers = [];

    private static readonly string[] Arrays =
    [
        .. NamespaceTests.Rooms.SelectMany(room => Assembly.Load(room.Data).GetTypes()).Where(t => t.IsDefined(typeof(ImmutableAttribute)))
            .SelectMany(t => t.GetProperties(All)).Where(p => p.PropertyType.IsArray).Select(p => p.Name).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Nobody_writes_into_arrays_of_what_is_immutable() =>
        Findings.None(Repository.RoomSources.SelectMany(f => WritesIn(f, Repository.Read(f), Arrays)).Except(OfOthers));

    [Fact]
    public void There_are_such_arrays() => Assert.InRange(Arrays.Length, 10, 100);

    [Theory]
    [InlineData("snapshot.Tips[0] = tip;", 1)]
    [InlineData("snapshot.Tips[i + 1].Height += 3;", 1)]
    [InlineData("answer!.Tips![0]++;", 1)]
    [InlineData("Array.Sort(snapshot.Tips);", 1)]
    [InlineData("Array.Reverse(snapshot.Tips, 0, 2);", 1)]
    [InlineData("snapshot.Tips.AsSpan().Clear();", 1)]
    [InlineData("Tip = snapshot.Tips[0]; if (snapshot.Tips[0] == tip) { }", 0)]
    [InlineData("Array.Find(snapshot.Tips, tip => tip.Height > 0); var x = snapshot.Tips.ToArray();", 0)]
    public void A_write_is_found(string source, int expected) => Assert.Equal(expected, WritesIn("a.cs", source, ["Tips"]).Count());

    private static IEnumerable<string> WritesIn(string file, string source, string[] arrays)
    {
        var name = $"({string.Join('|', arrays)})!?";
        var write = new Regex(
            $@"(?<!\w){name}\[[^\]]*\](\.\w+)*\s*((?<![<>=!])=(?![=>])|[-+*/|&^]=|\+\+|--)"
            + $@"|\bArray\.(Sort|Reverse|Fill|Clear|Copy)\([^,)]*\b{name}\s*[,)]"
            + $@"|\.{name}\.(AsSpan|AsMemory)\(\)?\)?\.(Clear|Fill|Sort|Reverse)\(");
        return write.Matches(SourceText.Code(source)).Select(m => $"{file}: {m.Value}");
    }
}
