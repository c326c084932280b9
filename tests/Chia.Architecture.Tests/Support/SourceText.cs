namespace Chia.Architecture.Tests.Support;

/// <summary>
/// C# source with comments and the insides of literals blanked, line breaks kept: what is left can be searched without mistaking prose
/// for code. Interpolations inside strings are blanked too.
/// </summary>
internal static class SourceText
{
    public static string Code(string source)
    {
        var code = source.ToCharArray();
        for (var i = 0; i < code.Length;)
        {
            var end = TokenEnd(source, i);
            if (end == i)
            {
                i++;
                continue;
            }

            for (; i < end; i++)
            {
                if (code[i] != '\n')
                    code[i] = ' ';
            }
        }

        return new string(code);
    }

    /// <summary>Behind the comment or literal that begins here; the same place if none does.</summary>
    private static int TokenEnd(string text, int start)
    {
        var rest = text.AsSpan(start);
        if (rest.StartsWith("//"))
            return Until(text, "\n", start);
        if (rest.StartsWith("/*"))
            return Until(text, "*/", start + 2);
        if (rest[0] == '\'')
            return EscapedEnd(text, start, '\'');
        var quote = start + rest.IndexOfAnyExcept("$@");
        if (quote < start || text[quote] != '"')
            return start;
        var quotes = rest[(quote - start)..].IndexOfAnyExcept('"');
        quotes = quotes < 0 ? text.Length - quote : quotes;
        if (quotes >= 3)
            return Until(text, new string('"', quotes), quote + quotes);
        return rest[..(quote - start)].Contains('@') ? VerbatimEnd(text, quote) : EscapedEnd(text, quote, '"');
    }

    private static int Until(string text, string terminator, int from)
    {
        var end = text.IndexOf(terminator, from, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + terminator.Length;
    }

    private static int EscapedEnd(string text, int start, char quote)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != quote && text[i] != '\n')
            i += text[i] == '\\' ? 2 : 1;
        return Math.Min(i + 1, text.Length);
    }

    private static int VerbatimEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 == text.Length || text[i + 1] != '"')
                return i + 1;
            i++;
        }

        return text.Length;
    }
}
