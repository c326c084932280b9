using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench beside</c>: this build beside another one, in one run and in turn: starts, resident memory, an idle minute, and cold syncs of
/// the same chain from the same node. Each figure has the other's beside it.
/// </summary>
internal static class BesideBench
{
    /// <param name="other">The other build: the path of its <c>chia.dll</c>, or of a published program.</param>
    /// <param name="input">The chain to sync.</param>
    /// <param name="starts">Starts of each.</param>
    /// <param name="syncs">Syncs of each.</param>
    /// <param name="idle">How long to watch each doing nothing; zero not to.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Run(
        string other, ChainInput input, int starts, int syncs, TimeSpan idle, BenchReport report, CancellationToken stopping)
    {
        string[][] programs = [OwnProgram.Command, OwnProgram.CommandOf(other)];
        var costs = await StartBench.MeasureInTurn(programs, starts, filled: null, idle, stopping);
        Print(
            $"start of a full node, {starts} starts", [.. costs.Select(cost => StartBench.Figures(cost, blocks: 0, idle))], other, report);
        var (blocks, synced) = await ColdSyncs.MeasureInTurn(programs, input, syncs, stopping);
        Print(
            $"sync of {blocks} blocks from nothing, {syncs} in turn", [.. synced.Select(cost => ColdSyncs.Figures(cost, blocks))], other,
            report);
    }

    private static void Print(string title, IEnumerable<Figure>[] figures, string other, BenchReport report)
    {
        var table = new FigureTable(title);
        foreach (var (own, theirs) in figures[0].Zip(figures[1]))
            table.Add(own with { Reference = new ReferenceFigure(theirs.Value, other) });
        table.Print(report);
    }
}
