using System.Globalization;
using Chia.Silo.Status;
using Chia.Silo.Views;

namespace Chia.Silo.Simulation.Screen;

/// <summary>
/// The network as lines for a window of any size from 80 × 24 (OPERATIONS 7): nodes, farm, newest blocks, what happened. What does not fit
/// is summed up.
/// </summary>
internal static class SimulationScreen
{
    /// <summary>Rows below which lines are printed one after another instead.</summary>
    public const int MinHeight = 12;

    /// <summary>Rows that are always there: title, farm of three, two headings, two blank ones, the last line.</summary>
    private const int FixedRows = 9;

    /// <summary>So many nodes come before more blocks than <see cref="FewBlocks"/>.</summary>
    private const int FewNodes = 4;

    private const int FewBlocks = 2;

    /// <param name="snapshot">The network; null while it starts.</param>
    /// <param name="notes">What happened, oldest first.</param>
    /// <param name="title">The first line.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows; no more lines come back.</param>
    public static IReadOnlyList<string> Draw(
        SimulationSnapshot? snapshot, IReadOnlyList<string> notes, string title, int width, int height)
    {
        var lines = new List<string> { title };
        var told = Math.Min(notes.Count, snapshot is null ? height - 2 : Math.Clamp(height - MinHeight, 0, 4));
        if (snapshot is not null)
        {
            var cluster = snapshot.Cluster is { } seen ? ClusterLines.Draw(seen, width, height / 3) : [];
            lines.AddRange(cluster);
            var left = Math.Max(2, height - FixedRows - told - cluster.Count);
            var nodes = Math.Min(snapshot.Nodes.Count, Math.Max(1, Math.Max(left / 2, Math.Min(left - FewBlocks, FewNodes))));
            lines.Add("");
            lines.Add($"{"node",-10} {"height",8} {"weight",14} {"tip",-12} {"peers",5}  state");
            lines.AddRange(Nodes(snapshot.Nodes, nodes, snapshot.Cluster is not null));
            lines.AddRange(Farm(snapshot));
            lines.Add("");
            lines.Add($"{"block",8} {"hash",-12} {"difficulty",10} {"iterations",14} {"time",-8}  won by");
            lines.AddRange(snapshot.Newest.Take(Math.Max(1, left - nodes)).Select(Block));
        }

        var spare = height - lines.Count - told - 1;
        if (spare > 1 && told > 0)
            lines.Add("");
        lines.AddRange(notes.Skip(notes.Count - told));
        if (spare > 0)
            lines.Add("");
        lines.Add("Ctrl-C stops; the next start goes on from here");
        if (lines.Count > height)
            lines.RemoveRange(height - 1, lines.Count - height);
        return [.. lines.Select(line => ProgressView.Fit(Printable.Escape(line), width))];
    }

    private static IEnumerable<string> Nodes(IReadOnlyList<(string Name, NodeStatus? Status)> nodes, int rows, bool isClustered)
    {
        var shown = nodes.Count > rows ? rows - 1 : nodes.Count;
        foreach (var (name, status) in nodes.Take(shown))
        {
            yield return status is null
                ? $"{name,-10} {(isClustered ? "does not answer just now" : "stopped")}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-10} {status.Height,8} {status.Weight,14} {Short(status.Tip),-12} {status.Peers.Count,5}  {status.Status}");
        }

        var rest = nodes.Skip(shown).ToList();
        if (rest.Count > 0)
        {
            var running = rest.Where(n => n.Status is not null).Select(n => n.Status!).ToList();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"and {rest.Count} more: {running.Count} running, heights {running.Min(s => s.Height) ?? 0} to {running.Max(s => s.Height) ?? 0}");
        }
    }

    private static IEnumerable<string> Farm(SimulationSnapshot snapshot)
    {
        var (farmer, harvester, timelord) = (snapshot.Farmer?.Farmer, snapshot.Harvester?.Harvester, snapshot.Timelord?.Timelord);
        yield return harvester is null ? "harvester  stopped" : "harvester  " + string.Join(
            ", ",
            Amounts.Plural(harvester.Plots, "plot"),
            Amounts.Plural(harvester.Challenges, "challenge"),
            $"{Amounts.Count(harvester.Qualities)} qualities",
            Amounts.Plural(harvester.Proofs, "proof"));
        yield return farmer is null ? "farmer     stopped" : "farmer     " + string.Join(
            ", ",
            $"{Amounts.Plural(farmer.ProofsFound, "proof")} found",
            $"{Amounts.Plural(farmer.HeadersSigned, "block")} handed in",
            $"challenge {Short(farmer.Challenge)}");
        yield return timelord is null
            ? "timelord   stopped"
            : $"timelord   {Amounts.Plural(timelord.ProofsMade, "proof")}, {Amounts.Count(timelord.IterationsPerSecond)} iterations/s";
    }

    private static string Block(NewBlock block) => string.Create(
        CultureInfo.InvariantCulture,
        $"{block.Height,8} {Short(block.Hash.ToString()),-12} {block.Difficulty,10} {block.Iterations,14:N0} {block.Time:HH:mm:ss}  {block.Winner}");

    private static string Short(string? hash) => hash is { Length: > 12 } ? hash[..12] : hash ?? "";
}
