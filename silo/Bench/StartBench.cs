using System.Diagnostics;
using System.Globalization;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Protocol.Networks;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;
using Chia.Silo.Node;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench start</c>: what <c>chia start full_node</c> costs in a process of its own until it says that it is ready, and afterwards while
/// nothing happens. Several builds of the program are started in turn, so that what else the machine does meets all of them. Linux only,
/// where a process's time can be read.
/// </summary>
internal static class StartBench
{
    /// <summary>After a start the runtime still improves code; an idle node is one that has done so.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private const double MillisecondsInMinute = 60_000;

    private const double Megabyte = 1e6;

    /// <param name="others">Other builds to start: paths of <c>chia.dll</c>, or of published programs.</param>
    /// <param name="starts">Starts of each.</param>
    /// <param name="blocks">Blocks of the chain that each loads; 0 to begin with the genesis block.</param>
    /// <param name="idle">How long to watch each doing nothing; zero not to.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Run(
        IReadOnlyList<string> others, int starts, int blocks, TimeSpan idle, BenchReport report, CancellationToken stopping)
    {
        string? filled = null;
        try
        {
            if (blocks > 0)
            {
                filled = Directory.CreateTempSubdirectory("chia-bench-").FullName;
                await SyntheticStore.Fill(filled, blocks, stopping);
            }

            await Run(others, starts, filled, blocks, idle, report, stopping);
            if (filled is not null)
                await PrintHeap(filled, blocks, report, stopping);
        }
        finally
        {
            if (filled is not null)
                Directory.Delete(filled, recursive: true);
        }
    }

    private static async Task Run(
        IReadOnlyList<string> others, int starts, string? filled, int blocks, TimeSpan idle, BenchReport report,
        CancellationToken stopping)
    {
        string[][] programs = [OwnProgram.Command, .. others.Select(OwnProgram.CommandOf)];
        var costs = await MeasureInTurn(programs, starts, filled, idle, stopping);
        for (var i = 0; i < programs.Length; i++)
            Print(i == 0 ? "this build" : others[i - 1], costs[i], blocks, idle, report);
    }

    /// <summary>Starts of several programs in turn.</summary>
    /// <param name="programs">Their command lines.</param>
    /// <param name="starts">Starts of each.</param>
    /// <param name="filled">Folder with a chain to load; null to begin each with the genesis block.</param>
    /// <param name="idle">How long to watch the last of each doing nothing; zero not to.</param>
    /// <param name="stopping">Ends it.</param>
    internal static Task<List<Cost>[]> MeasureInTurn(
        string[][] programs, int starts, string? filled, TimeSpan idle, CancellationToken stopping) => InTurn.Measure(
        programs, starts, (i, round) => Measure(programs[i], filled, round == starts - 1 ? idle : TimeSpan.Zero, stopping));

    /// <summary>The same chain loaded once more here, where the garbage can be told from what is kept.</summary>
    private static async Task PrintHeap(string root, int blocks, BenchReport report, CancellationToken stopping)
    {
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, Testnet.Definition), stopping);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var chain = await CommittedChain.Open(Testnet.Definition, store, new ProofVerifier(), TimeProvider.System, stopping);
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / blocks;
        new FigureTable(string.Create(CultureInfo.InvariantCulture, $"the index of {chain.State.BlockCount:N0} blocks"))
            .Add(new Figure("live heap of a block", bytes, "B", Goal: Goals.IndexBlock))
            .Print(report);
        GC.KeepAlive(chain);
    }

    private static void Print(string program, List<Cost> costs, int blocks, TimeSpan idle, BenchReport report)
    {
        var chain = blocks > 0 ? string.Create(CultureInfo.InvariantCulture, $" with {blocks:N0} blocks") : "";
        var title = string.Create(CultureInfo.InvariantCulture, $"start of a full node{chain}, {costs.Count} starts: {program}");
        var table = new FigureTable(title);
        foreach (var figure in Figures(costs, blocks, idle))
            table.Add(figure);
        table.Print(report);
    }

    /// <summary>What the starts of one program took.</summary>
    internal static IEnumerable<Figure> Figures(List<Cost> costs, int blocks, TimeSpan idle)
    {
        yield return new Figure("processor time to ready, least", costs.Min(cost => cost.Processor), "ms");
        yield return new Figure("processor time to ready, median", Median(costs.Select(cost => cost.Processor)), "ms");
        yield return new Figure("time to ready, least", costs.Min(cost => cost.Time), "ms", Goal: Goals.StartOf(blocks));
        yield return new Figure("resident memory at ready, median", Median(costs.Select(cost => cost.Memory)), "MB");
        if (idle > TimeSpan.Zero)
            yield return new Figure(
                "processor time of an idle minute", costs[^1].Idle * (MillisecondsInMinute / idle.TotalMilliseconds), "ms");
    }

    /// <summary>The one in the middle; of an even number the upper of the two.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static async Task<Cost> Measure(string[] program, string? filled, TimeSpan idle, CancellationToken stopping)
    {
        var root = filled ?? Directory.CreateTempSubdirectory("chia-bench-").FullName;
        var start = OwnProgram.Start(
            program,
            ["start", "full_node", "--root", root, "--introducer", "none", "--host", "127.0.0.1", "--port", "0", "--rpc-port", "0"]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var line = await process.StandardOutput.ReadLineAsync(stopping);
            var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var processor = process.TotalProcessorTime.TotalMilliseconds;
            if (line?.StartsWith("ready ", StringComparison.Ordinal) != true)
                throw new UserException($"{program[^1]} did not start: {line}", 1);
            return new Cost(processor, time, process.WorkingSet64 / Megabyte, await Idle(process, idle, stopping));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            if (filled is null)
                Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<double> Idle(Process process, TimeSpan idle, CancellationToken stopping)
    {
        if (idle == TimeSpan.Zero)
            return 0;
        await Task.Delay(Settling, stopping);
        process.Refresh();
        var before = process.TotalProcessorTime;
        await Task.Delay(idle, stopping);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    /// <summary>Milliseconds and megabytes.</summary>
    internal sealed record Cost(double Processor, double Time, double Memory, double Idle);
}
