using System.Diagnostics;
using System.Globalization;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;

namespace Chia.Silo.Bench;

/// <summary>
/// <c>bench sync</c>: nodes sync a chain from nothing, over loopback from a node in another process: some in processes of their own, with
/// all their code to compile, then one after the other in this process, until it is warm. In turn with each of them the validation alone
/// of the same chain, on as many threads: what a sync takes is told by how much more it is than that.
/// </summary>
internal static class SyncBench
{
    /// <summary>How many times the budget of a figure is spent on warm syncs and the validation between them; the best of them
    /// counts.</summary>
    private const int WarmBudgets = 5;

    /// <summary>Cold syncs; the best of them counts, figure by figure.</summary>
    private const int ColdRounds = 5;

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
            ValidationAlone.Prepare(input, clock.Stopping);
            var cold = new Turns<ColdSyncs.Cost>(input, clock);
            for (var round = 0; round < ColdRounds; round++)
            {
                await cold.Add(() => ColdSyncs.Measure(
                    OwnProgram.Command, Path.Combine(folder, $"cold{round}"), input, serving, height, clock.Stopping));
            }

            Print(cold.Syncs, height, clock);
            var warm = new Turns<WarmSyncs.Cost>(input, clock);
            var (began, time) = (Stopwatch.GetTimestamp(), WarmBudgets * clock.Budget);
            while (warm.Syncs.Count == 0 || Stopwatch.GetElapsedTime(began) < time)
            {
                await warm.Add(() => WarmSyncs.Measure(
                    Path.Combine(folder, $"warm{warm.Syncs.Count}"), input, serving, height, clock.Stopping));
            }

            Compare(warm, clock);
            Compare(cold, height, clock);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<ColdSyncs.Cost> cold, uint height, BenchClock clock) =>
        new FigureTable("full sync over loopback, start of the process and compilation included; the best of five")
            .Add(new Figure(
                "blocks, validated and stored", height / cold.Min(cost => cost.Whole.Seconds), "blocks/s", ReferenceFigures.Sync))
            .Add(new Figure("the same from ready on", height / cold.Min(cost => cost.AfterStart.Seconds), "blocks/s"))
            .Add(new Figure("the same from the sync's first request on", height / cold.Min(cost => cost.Sync.Seconds), "blocks/s"))
            .Add(new Figure("time until ready", 1000 * cold.Min(cost => cost.Start.Seconds), "ms"))
            .Add(new Figure(
                "time from there until the first request", 1000 * cold.Min(cost => (cost.Beginning - cost.Start).Seconds), "ms"))
            .Add(new Figure("processor time until ready", cold.Min(cost => cost.Start.Processor), "ms"))
            .Add(new Figure("processor time of a block, from ready on", cold.Min(cost => cost.AfterStart.Processor) / height, "ms"))
            .Add(new Figure("the same from the first request on", cold.Min(cost => cost.Sync.Processor) / height, "ms"))
            .Print(clock.Report);

    private static void Compare(Turns<WarmSyncs.Cost> warm, BenchClock clock)
    {
        var rate = warm.Syncs.Max(cost => cost.Rate);
        var least = warm.Syncs.MinBy(cost => cost.Processor)!;
        new FigureTable("warm, in turn with the validation alone of the same chain")
            .Add(new Figure("warm sync", rate, "blocks/s", ReferenceFigures.Sync))
            .Add(new Figure("validation alone", warm.AloneRate, "blocks/s"))
            .Add(new Figure("warm sync, of the rate of validation alone", 100 * rate / warm.AloneRate, "%", Goal: Goals.OfValidation))
            .Add(new Figure("processor time of a block, syncing node", least.Processor, "ms"))
            .Add(new Figure("of it, threads that validate", least.Validating, "ms"))
            .Add(new Figure("of it, everything else", least.Processor - least.Validating, "ms"))
            .Add(new Figure("processor time of a block, serving node", warm.Syncs.Min(cost => cost.Served), "ms"))
            .Add(new Figure("processor time of a block, validation alone", warm.AloneProcessor, "ms"))
            .Add(new Figure(
                "validation alone, of the processor time of the syncing node", 100 * warm.AloneProcessor / least.Processor, "%",
                Goal: Goals.OfValidation))
            .Print(clock.Report);
    }

    private static void Compare(Turns<ColdSyncs.Cost> cold, uint height, BenchClock clock)
    {
        double OfRate(Func<ColdSyncs.Cost, ColdSyncs.Spent> part) =>
            100 * height / cold.Syncs.Min(cost => part(cost).Seconds) / cold.AloneRate;
        double OfProcessor(Func<ColdSyncs.Cost, ColdSyncs.Spent> part) =>
            100 * cold.AloneProcessor * height / Math.Max(1, cold.Syncs.Min(cost => part(cost).Processor));
        new FigureTable("cold, in turn with the validation alone of the same chain")
            .Add(new Figure("validation alone", cold.AloneRate, "blocks/s"))
            .Add(new Figure("cold sync, of the rate of validation alone", OfRate(cost => cost.Sync), "%", Goal: Goals.ColdOfValidation))
            .Add(new Figure("the same from ready on", OfRate(cost => cost.AfterStart), "%"))
            .Add(new Figure("the same with the start", OfRate(cost => cost.Whole), "%"))
            .Add(new Figure("processor time of a block, validation alone", cold.AloneProcessor, "ms"))
            .Add(new Figure(
                "validation alone, of the processor time of a cold sync", OfProcessor(cost => cost.Sync), "%",
                Goal: Goals.ColdOfValidation))
            .Add(new Figure("the same from ready on, by processor time", OfProcessor(cost => cost.AfterStart), "%"))
            .Add(new Figure("the same with the start, by processor time", OfProcessor(cost => cost.Whole), "%"))
            .Print(clock.Report);
    }

    /// <summary>Syncs of a kind, and behind each of them the validation alone of the same chain.</summary>
    private sealed class Turns<T>(ChainInput input, BenchClock clock)
    {
        private readonly List<ValidationAlone> _alone = [];

        public List<T> Syncs { get; } = [];

        public double AloneRate => _alone.Max(alone => alone.Rate);

        public double AloneProcessor => _alone.Min(alone => alone.Processor);

        public async Task Add(Func<Task<T>> sync)
        {
            Syncs.Add(await sync());
            _alone.Add(ValidationAlone.Measure(input, clock.Stopping));
            clock.Report.Say($"sync {Syncs.Count}: {Syncs[^1]}; {_alone[^1]}");
        }
    }
}
