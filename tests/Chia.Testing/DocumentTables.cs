namespace Chia.Testing;

/// <summary>Tables of the documents under <c>docs/spec</c>, for tests that hold the code against them.</summary>
public static class DocumentTables
{
    /// <summary>A part of a document: from a text that it begins with up to another.</summary>
    public static string Part(string document, string from, string to)
    {
        var text = Checkout.Read("docs", "spec", document);
        var begin = text.IndexOf(from, StringComparison.Ordinal);
        return text[begin..text.IndexOf(to, begin, StringComparison.Ordinal)];
    }

    /// <summary>The cells of each row of a text's tables, headings and rules included; the first is what stands before the first bar,
    /// nothing.</summary>
    public static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
