using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>One vocabulary: an outcome has one enum, in the lowest room that needs it, and nobody turns one enum into another by its
/// numbers.</summary>
public sealed class VocabularyTests
{
    /// <summary>Files where a number on the wire becomes an enum, after it was found within range.</summary>
    private static readonly string[] WireNumbers = ["grain-interfaces/Chia.Protocol/Messages/Fields/UnsignedCodec.cs"];

    /// <summary>Enums that share words and tell different things, and why.</summary>
    private static readonly Dictionary<(string, string), string> SharedWords = new()
    {
        [("SiloRole", "Role")] = "what a silo hosts, not what a peer is: the full node goes with the chain, validators have no peers",
    };

    private static readonly List<DeclaredEnum> Enums = [.. Repository.RoomSources.SelectMany(f => DeclaredEnum.In(f, Repository.Read(f)))];

    [Fact]
    public void No_enum_exists_twice() =>
        Findings.None(
            from one in Enums
            from other in Enums
            where string.CompareOrdinal(one.File + one.Name, other.File + other.Name) < 0 && one.IsTwinOf(other)
            where !SharedWords.ContainsKey((one.Name, other.Name)) && !SharedWords.ContainsKey((other.Name, one.Name))
            select $"{one.File}: {one.Name}, {other.File}: {other.Name}");

    [Fact]
    public void Enums_that_share_words_would_be_found() =>
        Assert.All(
            SharedWords.Keys,
            pair => Assert.True(Enums.Single(e => e.Name == pair.Item1).IsTwinOf(Enums.Single(e => e.Name == pair.Item2))));

    [Fact]
    public void No_enum_is_cast_from_another() =>
        Findings.None(Repository.RoomSources.Except(WireNumbers).SelectMany(f => CastsIn(f, Repository.Read(f), Enums)));

    [Theory]
    [InlineData("enum A { X, Y, Z }", "enum B { Z, Y, X }", true)]
    [InlineData("enum A { X = 1, Y }", "public enum B : byte\n{\n    /// <summary>T.</summary>\n    X,\n\n    Y,\n    Q,\n}", true)]
    [InlineData("enum A { X, Y, Z }", "enum B { X, P, Q }", false)]
    [InlineData("enum A { X }", "enum A { P }", true)]
    public void A_twin_is_found(string one, string other, bool twins) =>
        Assert.Equal(twins, DeclaredEnum.In("a.cs", one).Single().IsTwinOf(DeclaredEnum.In("b.cs", other).Single()));

    [Theory]
    [InlineData("var a = (TipKind)kind;", 1)]
    [InlineData("var a = (Chia.Protocol.TipKind)answer.Kind;", 1)]
    [InlineData("var a = (TipKind)(int)kind;", 1)]
    [InlineData("var a = (TipKind)buffer[0];", 0)]
    [InlineData("void F(TipKind kind) { }", 0)]
    [InlineData("typeof(TipKind)", 0)]
    public void A_cast_from_an_enum_is_found(string source, int expected) =>
        Assert.Equal(expected, CastsIn("a.cs", source, [new DeclaredEnum("b.cs", "TipKind", [])]).Count());

    /// <summary>Casts to an enum whose operand is a plain name or member, or a number made of one: what is read from bytes is indexed or
    /// called.</summary>
    private static IEnumerable<string> CastsIn(string file, string source, IEnumerable<DeclaredEnum> enums)
    {
        var names = string.Join('|', enums.Select(e => e.Name).Distinct());
        var cast = new Regex($@"(?<![\w)])\(([\w.]+\.)?({names})\)(\((int|byte|uint|long)\))?(?<operand>[A-Za-z_][\w.?!]*)(?![\w(\[])");
        return cast.Matches(SourceText.Code(source)).Select(m => $"{file}: {m.Value}");
    }
}
