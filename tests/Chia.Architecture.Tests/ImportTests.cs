using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>A namespace of ours is imported where something of it is named, and nowhere else: imports tell what a file knows.</summary>
public sealed partial class ImportTests
{
    private static readonly (string Path, string Source)[] Files =
        [.. Repository.RoomSources.Concat(Repository.TestSources).Select(path => (path, Repository.Read(path)))];

    [Fact]
    public void Nothing_is_imported_that_is_not_named()
    {
        var names = NamesOf(Files);
        Findings.None(Files.SelectMany(file => Unneeded(file.Source, names).Select(import => $"{file.Path} imports {import}")));
    }

    [Theory]
    [InlineData("using A.One;\nnamespace B;\nclass C { Kind kind; }", 0)]
    [InlineData("using A.One;\nnamespace B;\nclass C { object Of(int x) => x.Twice(); }", 0)]
    [InlineData("using A.One;\nnamespace B;\n/// <see cref=\"Kind\"/>\nclass C { }", 0)]
    [InlineData("using System.Text;\nnamespace B;\nclass C { }", 0)]
    [InlineData("using A.One;\nnamespace B;\nclass C { Kinds kinds; }", 1)]
    [InlineData("using A.One;\nnamespace A.One.Two;\nclass C { Kind kind; }", 1)]
    public void What_is_not_needed_is_found(string source, int expected)
    {
        const string imported =
            "namespace A.One;\nenum Kind { X }\nstatic class Numbers { public static int Twice(this int x) => 2 * x; }";
        var names = NamesOf([("a.cs", imported)]);
        Assert.Equal(expected, Unneeded(source, names).Count());
    }

    /// <summary>Types and extension methods of each namespace.</summary>
    private static Dictionary<string, HashSet<string>> NamesOf(IEnumerable<(string Path, string Source)> files) =>
        files.Select(file => SourceText.Code(file.Source))
            .Where(code => Own(code).Length > 0)
            .GroupBy(Own, code => Declared().Matches(code).Concat(Extension().Matches(code)).Select(m => m.Groups[1].Value))
            .ToDictionary(group => group.Key, group => group.SelectMany(names => names).ToHashSet());

    /// <summary>Imported namespaces of ours of which no name occurs, or around which there is nothing to import. A name in a comment
    /// counts: links need imports too.</summary>
    private static IEnumerable<string> Unneeded(string source, Dictionary<string, HashSet<string>> names)
    {
        var own = Own(source) + '.';
        var words = Word().Matches(Import().Replace(source, "")).Select(m => m.Value).ToHashSet();
        return Import().Matches(source).Select(m => m.Groups[1].Value)
            .Where(names.ContainsKey)
            .Where(import => own.StartsWith(import + '.', StringComparison.Ordinal) || !names[import].Any(IsNamed));
        bool IsNamed(string name) => words.Contains(name) || words.Contains(name.Replace("Attribute", "", StringComparison.Ordinal));
    }

    private static string Own(string source) => Namespace().Match(source).Groups[1].Value;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum|delegate [\w<>\[\]?.]+)\s+(\w+)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\bstatic [^=;{(]*?\b(\w+)(?:<[^>]*>)?\(\s*this\s")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
