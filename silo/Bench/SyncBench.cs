using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench sync</c>: a node in this process syncs a chain from nothing, over loopback from a node in another process; the first time with
/// all its code to compile, then warm. Beside it the validation alone of the same chain, on as many threads.
/// </summary>
internal static class SyncBench
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>A sync that adds no block for so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many times the budget of a figure is spent on warm syncs; the best of them counts.</summary>
    private const int WarmBudgets = 4;

    public static async Task Run(ChainInput input, BenchClock clock)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var root = Directory.CreateDirectory(Path.Combine(folder, "serving")).FullName;
            var height = await ServedNode.Fill(root, input, input.Records.Count, clock.Stopping);
            await using var serving = await ServedNode.Start(root, input, "", clock.Stopping);
            clock.Report.Say(string.Create(
                CultureInfo.InvariantCulture, $"{input.Name}: {height} blocks, {Environment.ProcessorCount} cores for both nodes"));
            var cold = await Sync(Path.Combine(folder, "cold"), input, serving, height, withStart: true, clock.Stopping);
            new FigureTable("full sync over loopback, start of the node and compilation included")
                .Add(new Figure("blocks, validated and stored", height / cold.Seconds, "blocks/s", ReferenceFigures.Sync))
                .Add(new Figure("time", cold.Seconds, "s"))
                .Add(new Figure("processor time of a block, syncing node", (cold.Processor + cold.Compiling) / height, "ms"))
                .Add(new Figure("processor time of a block, serving node", cold.Served / height, "ms"))
                .Print(clock.Report);
            var warm = new List<Cost>();
            for (var began = Stopwatch.GetTimestamp(); warm.Count == 0 || Stopwatch.GetElapsedTime(began) < WarmBudgets * clock.Budget;)
            {
                warm.Add(await Sync(Path.Combine(folder, $"warm{warm.Count}"), input, serving, height, withStart: false, clock.Stopping));
                var cost = warm[^1];
                clock.Report.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"sync {warm.Count + 1}: {cost.Seconds:F2} s, {cost.Processor / height:F2} ms a block, {cost.Validating / height:F2} of them validation, {cost.Compiling / height:F2} more compiling"));
            }

            Compare(warm, height, Validate(input, clock), clock);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(List<Cost> warm, uint height, (double Rate, double Processor) alone, BenchClock clock)
    {
        var rate = height / warm.Min(cost => cost.Seconds);
        var least = warm.MinBy(cost => cost.Processor)!;
        var processor = least.Processor / height;
        new FigureTable("warm, beside the validation alone of the same chain")
            .Add(new Figure("warm sync", rate, "blocks/s", ReferenceFigures.Sync))
            .Add(new Figure("validation alone", alone.Rate, "blocks/s"))
            .Add(new Figure("warm sync, of the rate of validation alone", 100 * rate / alone.Rate, "%", Goal: Goals.OfValidation))
            .Add(new Figure("processor time of a block, syncing node", processor, "ms"))
            .Add(new Figure("of it, threads that validate", least.Validating / height, "ms"))
            .Add(new Figure("of it, everything else", processor - (least.Validating / height), "ms"))
            .Add(new Figure("processor time of a block, serving node", warm.Min(cost => cost.Served) / height, "ms"))
            .Add(new Figure("processor time of a block, validation alone", alone.Processor, "ms"))
            .Add(new Figure("validation alone, of the processor time of the syncing node", 100 * alone.Processor / processor, "%", Goal: Goals.OfValidation))
            .Print(clock.Report);
    }

    private static async Task<Cost> Sync(
        string root, ChainInput input, ServedNode serving, uint height, bool withStart, CancellationToken stopping)
    {
        Directory.CreateDirectory(root);
        var before = Begin(serving);
        await using var syncing = await NodeHost.Start(Settings(root, input, serving), stopping);
        if (!withStart)
            before = Begin(serving);
        await Reach(syncing, height, before.At, stopping);
        return new Cost(
            Stopwatch.GetElapsedTime(before.At).TotalSeconds,
            (Environment.CpuUsage.TotalTime - before.Processor).TotalMilliseconds - (Compiling - before.Compiling),
            Validating - before.Validating,
            Compiling - before.Compiling,
            serving.Processor - before.Served);
    }

    private static (TimeSpan Processor, double Validating, double Compiling, double Served, long At) Begin(ServedNode serving) =>
        (Environment.CpuUsage.TotalTime, Validating, Compiling, serving.Processor, Stopwatch.GetTimestamp());

    /// <summary>Processor time of the threads that check proofs, ms.</summary>
    private static double Validating =>
        ProcessorTime.Of(Environment.ProcessId, thread => thread.StartsWith("validation", StringComparison.Ordinal));

    /// <summary>Processor time of the thread that compiles warm code once more, ms: it fades in the first minute of a process.</summary>
    private static double Compiling =>
        ProcessorTime.Of(Environment.ProcessId, thread => thread.StartsWith(".NET Tiered", StringComparison.Ordinal));

    /// <summary>Blocks a second, and milliseconds of processor time of a block.</summary>
    private static (double Rate, double Processor) Validate(ChainInput input, BenchClock clock)
    {
        var validation = new ChainValidation(input);
        var processor = Environment.CpuUsage.TotalTime;
        var seconds = validation.Run(Environment.ProcessorCount, clock.Budget, clock.Stopping);
        processor = Environment.CpuUsage.TotalTime - processor;
        return (validation.Blocks / seconds, processor.TotalMilliseconds / Math.Max(1, validation.Blocks));
    }

    private static async Task Reach(RunningNode node, uint height, long started, CancellationToken stopping)
    {
        using var progress = new ProgressView("syncing", "blocks", height);
        var (best, since) = (0u, started);
        while (best < height)
        {
            await Task.Delay(Poll, stopping);
            var now = (await node.Chain.GetSnapshot()).Heaviest.Height;
            if (now > best)
                (best, since) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new UserException($"the sync stopped at height {best} of {height}: {(await node.GetStatus()).Status}", 1);
            progress.Report(best, "");
        }
    }

    private static NodeSettings Settings(string root, ChainInput input, ServedNode serving) => new()
    {
        Network = input.Network,
        Root = root,
        Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback, Connect = [serving.Address] }],
        Logging = _ => { },
    };

    /// <summary>What one sync took.</summary>
    /// <param name="Seconds">Time.</param>
    /// <param name="Processor">Of this process, ms, without compiling.</param>
    /// <param name="Validating">Of it, the threads that check proofs.</param>
    /// <param name="Compiling">Code that is in use, once more.</param>
    /// <param name="Served">Of the serving process, ms.</param>
    private sealed record Cost(double Seconds, double Processor, double Validating, double Compiling, double Served);
}
