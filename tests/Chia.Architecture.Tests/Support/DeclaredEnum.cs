using System.Text.RegularExpressions;

namespace Chia.Architecture.Tests.Support;

/// <summary>An enum as a source file declares it.</summary>
/// <param name="File">Where.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">Its members' names, in order.</param>
internal sealed partial record DeclaredEnum(string File, string Name, IReadOnlyList<string> Members)
{
    /// <summary>Those that a file declares, nested ones included.</summary>
    public static IEnumerable<DeclaredEnum> In(string file, string source) =>
        Declaration().Matches(SourceText.Code(source)).Select(m => new DeclaredEnum(
            file, m.Groups["name"].Value, [.. Member().Matches(m.Groups["body"].Value).Select(member => member.Groups["name"].Value)]));

    /// <summary>One outcome told in two vocabularies: the same name, or nearly the same members.</summary>
    public bool IsTwinOf(DeclaredEnum other) =>
        Name == other.Name || (Shared(other) >= 2 && 2 * Shared(other) > Math.Max(Members.Count, other.Members.Count));

    private int Shared(DeclaredEnum other) => Members.Intersect(other.Members).Count();

    [GeneratedRegex(@"\benum\s+(?<name>\w+)[^{;]*\{(?<body>[^}]*)\}")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?:^|,)\s*(?<name>\w+)\s*(?==|,|$)", RegexOptions.Singleline)]
    private static partial Regex Member();
}
