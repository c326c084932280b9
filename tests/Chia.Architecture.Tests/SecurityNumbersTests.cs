using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>docs/security.md says what a peer can make a node spend: its numbers are those of the code.</summary>
public sealed partial class SecurityNumbersTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public static TheoryData<string, string, string> Numbers
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (Match row in Row().Matches(Repository.Read("docs/security.md")))
                rows.Add(row.Groups["type"].Value, row.Groups["member"].Value, row.Groups["value"].Value);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_of_the_document_is_that_of_the_code(string type, string member, string value)
    {
        var holder = Assert.Single(Rooms(), t => t.Name == type && !t.IsNested);
        Assert.Equal(Read(value), Of(holder, member));
    }

    [Fact]
    public void The_document_has_its_table() => Assert.InRange(Numbers.Count, 40, 1000);

    private static IEnumerable<Type> Rooms() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file).StartsWith("chia", StringComparison.OrdinalIgnoreCase))
            .SelectMany(file => Assembly.Load(AssemblyName.GetAssemblyName(file)).GetTypes());

    /// <summary>Seconds of a duration, or the number itself.</summary>
    private static double Of(Type holder, string member)
    {
        var found = Assert.Single(holder.GetMember(member, Any));
        var target = IsStatic(found) ? null : Activator.CreateInstance(holder);
        var value = found is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)found).GetValue(target);
        return value is TimeSpan time ? time.TotalSeconds : Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }

    private static bool IsStatic(MemberInfo member) => member is FieldInfo { IsStatic: true } or PropertyInfo { GetMethod.IsStatic: true };

    private static double Read(string value) =>
        double.Parse(
            value.Replace(",", "", StringComparison.Ordinal).Replace(" s", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<type>\w+)\.(?<member>\w+)` \| (?<value>[\d.,]+( s)?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
