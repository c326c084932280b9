using System.Text.RegularExpressions;

namespace Chia.Architecture.Tests.Support;

/// <summary>The types that a source file declares outside any other type.</summary>
internal static partial class TopLevelTypes
{
    /// <summary>A type as declared.</summary>
    /// <param name="Name">Without type parameters.</param>
    /// <param name="IsPartial">Other files may hold more of it.</param>
    /// <param name="Line">Line of its declaration, from zero.</param>
    /// <param name="IsValue">An enum, a record, a struct or an exception: it is, and does little.</param>
    internal readonly record struct Declared(string Name, bool IsPartial, int Line, bool IsValue);

    /// <summary>Types of a file with a file-scoped namespace, or none.</summary>
    public static IReadOnlyList<Declared> In(string source)
    {
        var code = AtDepthZero(SourceText.Code(source));
        return [
            .. Declaration().Matches(code)
            .Select(m => new Declared(
                m.Groups["name"].Value, m.Groups["modifiers"].Value.Contains("partial", StringComparison.Ordinal),
                source.AsSpan(0, m.Index).Count('\n'), IsValue(m.Groups["kind"].Value, m.Groups["name"].Value)))];
    }

    private static bool IsValue(string kind, string name) =>
        kind is not ("class" or "interface") || name.EndsWith("Exception", StringComparison.Ordinal);

    private static string AtDepthZero(string code)
    {
        var outside = new char[code.Length];
        var depth = 0;
        for (var i = 0; i < code.Length; i++)
        {
            if (code[i] is '}' or ')' or ']')
                depth--;
            outside[i] = depth == 0 ? code[i] : ' ';
            if (code[i] is '{' or '(' or '[')
                depth++;
        }

        return new string(outside);
    }

    [GeneratedRegex(@"(?<modifiers>(?:\b(?:public|internal|file|private|static|abstract|sealed|partial|readonly|ref|unsafe|new)\s+)*)\b(?<kind>record\s+struct|record\s+class|record|class|struct|interface|enum|delegate\s+[\w<>,.?\s]+?)\s+(?<name>\w+)\s*(?=[<({;:\s])")]
    private static partial Regex Declaration();
}
