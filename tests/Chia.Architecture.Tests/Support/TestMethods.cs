using System.Text.RegularExpressions;

namespace Chia.Architecture.Tests.Support;

/// <summary>The methods of test sources, and which of them could fail: by an assertion of their own, or by one of a method of the same
/// project that they name.</summary>
internal static partial class TestMethods
{
    /// <summary>A method as written.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IsTest">A fact or theory.</param>
    /// <param name="Words">What its body names.</param>
    /// <param name="Asserts">Its body asserts something itself.</param>
    internal sealed record Method(string Name, bool IsTest, HashSet<string> Words, bool Asserts);

    /// <summary>Tests of one project that nothing could make fail.</summary>
    public static IEnumerable<string> WithoutAssertion(IEnumerable<string> sources)
    {
        List<Method> methods = [.. sources.SelectMany(In)];
        var asserting = methods.Where(m => m.Asserts).Select(m => m.Name).ToHashSet();
        while (methods.FindAll(m => !asserting.Contains(m.Name) && m.Words.Overlaps(asserting)) is { Count: > 0 } more)
            asserting.UnionWith(more.Select(m => m.Name));
        return methods.Where(m => m.IsTest && !asserting.Contains(m.Name)).Select(m => m.Name);
    }

    public static IEnumerable<Method> In(string source)
    {
        var code = SourceText.Code(source);
        foreach (Match declaration in Declaration().Matches(code))
        {
            var body = Body(code, declaration.Index + declaration.Length - 1);
            yield return new Method(
                declaration.Groups["name"].Value,
                TestAttribute().IsMatch(declaration.Groups["attributes"].Value),
                [.. Word().Matches(body).Select(m => m.Value)],
                Assertion().IsMatch(body));
        }
    }

    /// <summary>From the opening parenthesis of the parameters: what stands behind them, in braces or behind an arrow.</summary>
    private static string Body(string code, int parameters)
    {
        var start = End(code, parameters);
        while (start < code.Length && code[start] is not ('{' or ';') && code.AsSpan(start) is not ['=', '>', ..])
            start++;
        if (start >= code.Length || code[start] == ';')
            return "";
        if (code[start] == '{')
            return code[start..End(code, start)];
        var end = start;
        for (var depth = 0; end < code.Length && (depth > 0 || code[end] != ';'); end++)
            depth += Step(code[end]);
        return code[start..end];
    }

    /// <summary>Behind the bracket that closes the one here.</summary>
    private static int End(string code, int open)
    {
        var depth = 0;
        for (var i = open; i < code.Length; i++)
        {
            depth += Step(code[i]);
            if (depth == 0)
                return i + 1;
        }

        return code.Length;
    }

    private static int Step(char c) => c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;

    [GeneratedRegex(@"(?<attributes>(?:\[[^\]]*\]\s*)*)(?:\b(?:public|private|internal|protected|static|async|override|virtual|sealed|unsafe)\s+)+[\w<>\[\],.?() ]+?\s+(?<name>\w+)\s*(?:<[^<>(){};]*>)?\(")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\[(Fact|Theory)\b|\b(Fact|Theory)\s*[,(\]]")]
    private static partial Regex TestAttribute();

    /// <summary>xunit's, FsCheck's, and waiting for something that fails when it does not come.</summary>
    [GeneratedRegex(@"\bAssert\s*\.|\bFindings\s*\.\s*None|\bCheck\s*\.\s*(One|Quick)|\bPoll\s*\.\s*Until")]
    private static partial Regex Assertion();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
