using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>What the code cites is there: every document and every heading, in <c>docs/spec</c> and <c>docs</c>.</summary>
public sealed partial class CitationTests
{
    /// <summary>Documents that are cited by name, and where they lie.</summary>
    private static readonly Dictionary<string, string> Documents = Directory
        .EnumerateFiles(Repository.FullPath("docs/spec"), "*.md")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);

    private static readonly Dictionary<string, HashSet<string>> Headings =
        Documents.ToDictionary(d => d.Key, d => HeadingsOf(d.Key, d.Value));

    private static IEnumerable<string> Cited =>
        Repository.RoomSources.Concat(Repository.TestSources.Where(f => !f.EndsWith("/CitationTests.cs", StringComparison.Ordinal)))
            .Concat(Repository.Documents);

    [Fact]
    public void Every_citation_resolves_to_a_heading() =>
        Findings.None(Cited.SelectMany(f => Unresolved(f, Repository.Read(f))).Distinct());

    [Fact]
    public void There_are_citations() =>
        Assert.True(Repository.RoomSources.Sum(f => CitationsIn(Repository.Read(f)).Count()) > 300);

    [Fact]
    public void Every_link_between_documents_leads_somewhere() =>
        Findings.None(Repository.Documents.SelectMany(f => Links(f, Repository.Read(f))));

    /// <summary>Rows without a head are shown as a line of bars.</summary>
    [Fact]
    public void Every_table_of_a_document_has_a_head() =>
        Findings.None(Repository.Documents.SelectMany(f => Headless(Repository.Read(f)).Select(row => $"{f}: {row}")));

    [Theory]
    [InlineData("| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n| g | h |", 1)]
    [InlineData("text\n\n| a |\n| --- |\n| c |\n", 0)]
    [InlineData("```\n| no table |\n```\n", 0)]
    public void A_headless_table_is_found(string text, int expected) => Assert.Equal(expected, Headless(text).Count());

    private static IEnumerable<string> Headless(string text)
    {
        var (isCode, last) = (false, "");
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            isCode ^= lines[i].StartsWith("```", StringComparison.Ordinal);
            if (!isCode && lines[i].StartsWith('|') && !last.StartsWith('|') && !(i + 1 < lines.Length && Rule().IsMatch(lines[i + 1])))
                yield return lines[i];
            last = lines[i];
        }
    }

    [GeneratedRegex(@"^\|[\s:|-]+$")]
    private static partial Regex Rule();

    [Theory]
    [InlineData("(PROTOCOL.md 99)", "PROTOCOL 99")]
    [InlineData("CONSENSUS.md 11, 77.1 and 12", "CONSENSUS 77.1")]
    [InlineData("see <c>SYNC.md</c> 9.9.", "SYNC 9.9")]
    [InlineData("DECISIONS 99:", "DECISIONS 99")]
    [InlineData("HARDWARE.md 1", "HARDWARE 1")]
    public void A_citation_of_nothing_is_found(string text, string expected) =>
        Assert.Equal([expected], Unresolved("a.cs", text).Select(u => u[6..]));

    [Theory]
    [InlineData("CONSENSUS.md 18.1, DECISIONS 1; VDF 8.1 / BLS.md 4.3")]
    [InlineData("DECISIONS 1, 2 and 13")]
    [InlineData("ORLEANS.md")]
    [InlineData("VDF_IPS_STARTING, BLS 12-381 and error ORLEANS0014")]
    public void What_resolves_is_left_alone(string text) => Assert.Empty(Unresolved("a.cs", text));

    private static IEnumerable<string> Unresolved(string file, string text) => CitationsIn(text)
        .Where(c => c.Heading.Length > 0 || !Repository.Exists($"{c.Document}.md"))
        .Where(c => !Headings.TryGetValue(c.Document, out var headings) || (c.Heading.Length > 0 && !headings.Contains(c.Heading)))
        .Select(c => $"{file}: {c.Document} {c.Heading}".TrimEnd());

    /// <summary>Document and heading of each citation; the heading is empty where the whole document is cited.</summary>
    private static IEnumerable<(string Document, string Heading)> CitationsIn(string text)
    {
        foreach (Match match in Citation().Matches(text))
        {
            var document = match.Groups["document"].Value;
            // Without ".md" it is a citation only if a number follows that could be a heading of a document that is there.
            var numbers = match.Groups["number"].Captures;
            if (!match.Groups["md"].Success && (numbers.Count == 0 || !Documents.ContainsKey(document)))
                continue;
            if (numbers.Count == 0)
                yield return (document, "");
            foreach (Capture number in numbers)
                yield return (document, number.Value);
        }
    }

    /// <summary>Numbers of headings, and "heading.item" for the numbered items and table rows under one; of DECISIONS the rows of its
    /// table.</summary>
    private static HashSet<string> HeadingsOf(string document, string text)
    {
        if (document == "DECISIONS")
            return [.. Item().Matches(text).Select(m => m.Groups["number"].Value)];
        var found = new HashSet<string>();
        var heading = "";
        foreach (var line in text.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } match)
                found.Add(heading = match.Groups[1].Value);
            else if (Item().Match(line) is { Success: true } item)
                found.Add(
                    item.Groups["number"].Value is var number && number.Contains('.', StringComparison.Ordinal)
                    ? number
                    : $"{heading}.{number}");
        }

        return found;
    }

    private static IEnumerable<string> Links(string file, string text) => Link().Matches(text)
        .Select(m => m.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal))
        .Where(target => !File.Exists(FromFile(file, target)) && !Directory.Exists(FromFile(file, target)))
        .Select(target => $"{file}: {target}");

    private static string FromFile(string file, string target) =>
        Path.Combine(Path.GetDirectoryName(Repository.FullPath(file))!, target);

    [GeneratedRegex(@"(?<![\w/])(?<document>[A-Z]{3,})(?:(?<md>\.md)(?:</c>|`)?(?:'s)?|(?= [0-9]))(?:[ ,]+(?:and |to )?(?:Step )?(?<number>[0-9]+(?:\.[0-9]+)*)(?![\w-]))*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"^#+ (?:Step )?([0-9]+(?:\.[0-9]+)*)\b")]
    private static partial Regex Heading();

    /// <summary>A row of a table that begins with its number, or an item of a numbered list.</summary>
    [GeneratedRegex(@"^(?:\| (?<number>[0-9]+(?:\.[0-9]+)*) \||(?<number>[0-9]+)\. )", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
