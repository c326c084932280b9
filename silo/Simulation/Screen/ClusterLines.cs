using System.Globalization;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation.Screen;

/// <summary>A simulated cluster as lines: a row for each silo, with the nodes whose chain, sync … live there, and one for all
/// gateways.</summary>
internal static class ClusterLines
{
    /// <summary>Kinds of grains of which a node has one, in the order of columns.</summary>
    private static readonly (string Kind, string Heading)[] Columns =
        [("chain", "chain of"), ("sync", "sync of"), ("full_node", "role of"), ("directory", "directory of")];

    private const int NameWidth = 10;
    private const int StateWidth = 9;

    /// <summary>The widest column: room for four names. In wider ones the eye loses the row.</summary>
    private const int WidestColumn = 28;

    /// <summary>Blanks between columns.</summary>
    private const int Gap = 1;

    /// <param name="cluster">What is seen.</param>
    /// <param name="width">Columns of the window.</param>
    /// <param name="most">Most lines; silos for which there is none are counted in the last.</param>
    public static IReadOnlyList<string> Draw(ClusterSnapshot cluster, int width, int most)
    {
        if (most < 4)
            return [];
        var column = Math.Clamp((width - NameWidth - StateWidth - (2 * Gap)) / Columns.Length, 8, WidestColumn);
        var lines = new List<string>
        {
            "",
            Row("silo", "state", [.. Columns.Select(c => c.Heading)], column),
        };
        var shown = cluster.Silos.Count > most - 3 ? most - 4 : cluster.Silos.Count;
        lines.AddRange(cluster.Silos.Take(shown).Select(
            silo => Row(silo.Name, silo.State, [.. Columns.Select(c => Nodes(silo.Lives[c.Kind], column - Gap))], column)));
        if (cluster.Silos.Count > shown)
            lines.Add($"and {cluster.Silos.Count - shown} more: {cluster.Silos.Skip(shown).Count(silo => silo.State == "active")} active");
        lines.Add($"{"gateways",-NameWidth} {string.Join(", ", cluster.Gateways.Select(Gateway))}");
        return lines;
    }

    /// <summary>Plain lines, each with the name of what it tells of.</summary>
    public static IEnumerable<(string Key, string Line)> Print(ClusterSnapshot cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            var lives = Columns.Where(c => silo.Lives[c.Kind].Any())
                .Select(c => $" {c.Kind}={string.Join(',', silo.Lives[c.Kind].Order(StringComparer.Ordinal))}");
            yield return (silo.Name, $"{silo.Name}: {silo.State}{string.Concat(lives)}");
        }

        foreach (var gateway in cluster.Gateways)
            yield return (gateway.Name, $"{gateway.Name}: {(gateway.IsRunning ? $"connections={Connections(gateway)}" : "stopped")}");
    }

    private static string Row(string name, string state, string[] cells, int column) =>
        $"{name,-NameWidth} {state,-StateWidth} {string.Concat(cells.Select(cell => cell.PadRight(column)))}".TrimEnd();

    private static string Gateway(GatewaySight gateway) =>
        gateway.IsRunning ? $"{gateway.Name} with {Connections(gateway)} peers" : $"{gateway.Name} stopped";

    private static string Connections(GatewaySight gateway) => gateway.Connections?.ToString(CultureInfo.InvariantCulture) ?? "?";

    /// <summary>The nodes' names; without their common beginning if they would not fit.</summary>
    private static string Nodes(IEnumerable<string> names, int width)
    {
        var all = names.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).ToList();
        var text = string.Join(' ', all);
        if (text.Length <= width)
            return text;
        var numbers = all.Select(name => name[(name.LastIndexOf('-') + 1)..]).ToList();
        for (var shown = numbers.Count; shown > 0; shown--)
        {
            text = string.Join(' ', numbers.Take(shown)) + (shown < numbers.Count ? $" +{numbers.Count - shown}" : "");
            if (text.Length <= width)
                return text;
        }

        return $"{all.Count}";
    }
}
