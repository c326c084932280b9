using System.Text.RegularExpressions;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Protocol.Tests.Messages;

/// <summary>The tables of PROTOCOL.md 8, as the document has them.</summary>
internal static partial class MessageCatalogue
{
    private const string Arrow = " → ";

    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["FN"] = Role.FullNode,
        ["FA"] = Role.Farmer,
        ["HA"] = Role.Harvester,
        ["TL"] = Role.Timelord,
        ["IN"] = Role.Introducer,
    };

    /// <summary>Messages in the order of the document; of those that two sections have, the later row.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } =
        [.. Sections().SelectMany(Rows).Reverse().DistinctBy(entry => entry.Function).Reverse()];

    /// <summary>8.10: what each role handles once a connection is established.</summary>
    public static IReadOnlyDictionary<Role, string[]> Handlers { get; } = DocumentTables.Rows(Chapter("8.10 Handler sets", "\n---"))
        .Where(cells => cells.Length == 4 && cells[2].StartsWith('`'))
        .ToDictionary(
            cells => Enum.Parse<Role>(cells[1].Replace(" ", "", StringComparison.Ordinal), ignoreCase: true),
            cells => Quoted().Matches(cells[2].Split('(')[0]).Select(m => m.Groups[1].Value).ToArray());

    /// <summary>The sections 8.1 to 8.9, without their numbers.</summary>
    private static IEnumerable<string> Sections() => Chapter("8.1 Shared", "### 8.10").Split("\n### ");

    private static string Chapter(string from, string to) => DocumentTables.Part("PROTOCOL.md", $"### {from}", to);

    private static IEnumerable<CatalogueEntry> Rows(string section)
    {
        var isNodeToNode = section.StartsWith("8.2", StringComparison.Ordinal);
        foreach (var cells in DocumentTables.Rows(section))
        {
            if (cells.Length < 4 || Name(cells[1]) is not { } function)
                continue;
            CatalogueField[] fields =
                [.. FieldOf().Matches(cells[2]).Select(m => new CatalogueField(m.Groups[1].Value, Type(m.Groups[2].Value)))];
            var route = cells[3].Split(Arrow) is [var from, var to] ? (Roles[from], Roles[to])
                : isNodeToNode ? (Role.FullNode, Role.FullNode)
                : ((Role, Role)?)null;
            yield return new CatalogueEntry(function, fields, route);
        }
    }

    /// <summary>The function of a row: as it is on the wire, or from the name of a structure that nobody sends (8.7 to 8.9).</summary>
    private static string? Name(string cell) =>
        Quoted().Match(cell) is { Success: true } quoted ? quoted.Groups[1].Value
        : Structure().IsMatch(cell) && cell is not ("Message" or "Function") ? Hump().Replace(cell, "_$0").ToLowerInvariant()
        : null;

    private static string Type(string type) => StructureType().Replace(type.Replace("node type", "role", StringComparison.Ordinal), "S");

    [GeneratedRegex("`([a-z_0-9]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`(\w+)` (node type|[\w\[\]()?]+)")]
    private static partial Regex FieldOf();

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex Structure();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Hump();

    [GeneratedRegex(@"S\(\w+\)")]
    private static partial Regex StructureType();
}

/// <summary>A message.</summary>
/// <param name="Function">Its name on the wire.</param>
/// <param name="Fields">Its fields in wire order.</param>
/// <param name="Route">Who sends it to whom; null where the table does not say: everybody, or nobody.</param>
internal sealed record CatalogueEntry(string Function, IReadOnlyList<CatalogueField> Fields, (Role Sender, Role Receiver)? Route);

/// <summary>A field.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">The type's short name; S for any structure.</param>
internal sealed record CatalogueField(string Name, string Type);
