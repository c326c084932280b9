using System.CommandLine;
using Chia.Cryptography.Plots;
using Chia.Silo.Bench;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Bench.Overview;
using Chia.Silo.Bench.Scaling;
using Chia.Silo.Commands.Options;

namespace Chia.Silo.Commands;

/// <summary><c>chia bench</c>: figures of this machine beside those of the reference client and of today's libraries.</summary>
internal static partial class BenchCommand
{
    /// <summary>For each figure of one operation.</summary>
    private const double KernelSeconds = 3;

    /// <summary>For each figure of a whole chain or evaluation.</summary>
    private const double ChainSeconds = 8;

    /// <summary>As many as the reference's sync was measured with.</summary>
    private const int SyncBlocks = 300;

    private const int PlotSize = 18;

    private const int NodeStarts = 5;

    /// <summary>Seconds of idleness beside another build.</summary>
    private const double BesideIdle = 60;

    /// <summary>What a made-up store holds at most: 25 GB.</summary>
    private const int MostStartBlocks = 10_000_000;

    /// <summary>A year of the testnet.</summary>
    private const int StoreBlocks = 100_000;

    /// <summary>Of fewer a rewind to the middle has nothing to do.</summary>
    private const int FewestStoreBlocks = 10;

    /// <summary>As many as a large farm of the testnet.</summary>
    private const int HarvesterPlots = 1000;

    private const double HarvesterIdle = 30;

    /// <summary>What fits into the temporary folder of most machines: 4.5 GB, and 45 GB.</summary>
    private const int MostHarvesterPlots = 100_000;

    /// <summary>Fifty times as many as a node holds by default.</summary>
    private const int HeldPeers = 10_000;

    public static Command Create()
    {
        var seconds = new Option<double?>("--seconds")
        {
            Description = $"Time for each figure; {KernelSeconds} by default, {ChainSeconds} for validate and timelord.",
            HelpName = "S",
            Recursive = true,
        };
        var output = new OutputOptions();
        var bench = new Command("bench", "Measures this machine, beside the reference's figures: bls, vdf, pospace, plot, timelord and validate; or one of these, start, store, sync, beside, harvester, gateway or scaling; or table, all of them beside their goals.")
        {
            seconds,
            output.Json,
            output.Against,
            Simple("bls", "Verifying and making signatures.", seconds, output, BlsBench.Run),
            Simple("vdf", "Verifying proofs of time.", seconds, output, VdfBench.Run),
            Simple("pospace", "Verifying proofs of space.", seconds, output, ProofOfSpaceBench.Run),
            Validate(seconds, output),
            Start(seconds, output),
            Store(output),
            Sync(seconds, output),
            Beside(seconds, output),
            Plot(seconds, output),
            Harvester(output),
            Simple("timelord", "Evaluating and proving the delay function.", seconds, output, TimelordBench.Run, ChainSeconds),
            Gateway(seconds, output),
            Scaling(seconds, output),
            Overview(seconds, output),
        };
        bench.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var clock = Clock(parsed.GetValue(seconds), KernelSeconds, report, stopping);
            BlsBench.Run(clock);
            VdfBench.Run(clock);
            ProofOfSpaceBench.Run(clock);
            PlotBench.Run(PlotSize, Environment.ProcessorCount, memory: 0, clock);
            TimelordBench.Run(Clock(parsed.GetValue(seconds), ChainSeconds, report, stopping));
            var input = await ChainInput.Open(null, null, 0, stopping);
            ValidationBench.Run(input, Environment.ProcessorCount, Clock(parsed.GetValue(seconds), ChainSeconds, report, stopping));
        }, cancellation));
        return bench;
    }

    private static Command Overview(Option<double?> seconds, OutputOptions output)
    {
        var names = OverviewParts.All.Select(part => part.Name).Distinct().ToArray();
        var parts = new Argument<string[]>("part")
        {
            Description = $"What to measure: {string.Join(", ", names)}; all of it by default, which takes some minutes.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        parts.AcceptOnlyFromAmong(names);
        var anchors = new Option<string?>("--anchors")
        {
            Description =
                "Figures of other programs on this machine, to stand beside: a file like that of --json, the program as the table, the row as what.",
            HelpName = "FILE",
        };
        var command = new Command("table", "Every goal beside what this machine reaches, in one run.") { parts, anchors };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), (report, stopping) => OverviewBench.Run(
            parsed.GetValue(parts) ?? [], parsed.GetValue(seconds), parsed.GetValue(anchors) is { } file ? BenchReport.Read(file) : [],
            report, stopping), cancellation));
        return command;
    }

    private static Command Simple(
        string name, string description, Option<double?> seconds, OutputOptions output, Action<BenchClock> run,
        double byDefault = KernelSeconds)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), (report, stopping) =>
        {
            run(Clock(parsed.GetValue(seconds), byDefault, report, stopping));
            return Task.CompletedTask;
        }, cancellation));
        return command;
    }

    private static Command Scaling(Option<double?> seconds, OutputOptions output)
    {
        var command = new Command("scaling", "Where a cluster saturates, computed from what a block, a peer and a broadcast cost.");
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), (report, _) =>
        {
            RefuseSeconds(parsed, seconds, "nothing is measured here");
            ScalingBench.Run(report);
            return Task.CompletedTask;
        }, cancellation));
        return command;
    }

    private static Command Validate(Option<double?> seconds, OutputOptions output)
    {
        var (blocks, network) = ChainOptions();
        var threads = Threads("Threads to validate on; one a core by default. One thread is measured as well.");
        var command =
            new Command(
            "validate", "Validating a chain: blocks per second and core, and where the time goes.") { blocks, network, threads };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var input = await ChainInput.Open(parsed.GetValue(blocks), parsed.GetValue(network), 0, stopping);
            ValidationBench.Run(input, CountOf(parsed.GetValue(threads)), Clock(parsed.GetValue(seconds), ChainSeconds, report, stopping));
        }, cancellation));
        return command;
    }

    private static Command Store(OutputOptions output)
    {
        var blocks = new Option<int>("--blocks")
        {
            Description = $"Blocks of the chain that is made up for it, {MostStartBlocks:N0} at most; {StoreBlocks:N0} by default.",
            HelpName = "N",
            DefaultValueFactory = _ => StoreBlocks,
        };
        var command = new Command("store", "Maintenance of a block store: verify, export, backup, rewind.") { blocks };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var count = parsed.GetValue(blocks);
            if (count is < FewestStoreBlocks or > MostStartBlocks)
                throw new UserException($"--blocks must be from {FewestStoreBlocks} to {MostStartBlocks}");
            await StoreBench.Run(count, report, stopping);
        }, cancellation));
        return command;
    }

    private static Option<int> Count(string name, string description, int byDefault) =>
        new(name) { Description = $"{description}; {byDefault} by default.", HelpName = "N", DefaultValueFactory = _ => byDefault };

    private static Command Plot(Option<double?> seconds, OutputOptions output)
    {
        var size =
            new Option<int>(
            "-k")
            { Description = $"Size of the plot; {PlotSize} by default.", HelpName = "K", DefaultValueFactory = _ => PlotSize };
        var threads = Threads("Threads to plot on; 1 by default, as the reference. One thread is measured as well.");
        var memory = CommonOptions.PlotMemory();
        var command = new Command("plot", "Making a plot, and looking up proofs in it.") { size, threads, memory };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), (report, stopping) =>
        {
            var k = parsed.GetValue(size);
            if (k is < PlotParameters.MinK or > PlotParameters.MaxK)
                throw new UserException($"-k must be from {PlotParameters.MinK} to {PlotParameters.MaxK}");
            PlotBench.Run(
                k, parsed.GetValue(threads) is { } t ? CountOf(t) : 1, CommonOptions.PlotMemoryOf(parsed, memory),
                Clock(parsed.GetValue(seconds), KernelSeconds, report, stopping));
            return Task.CompletedTask;
        }, cancellation));
        return command;
    }

    private static (Option<string?> Blocks, Option<string?> Network) ChainOptions()
    {
        var blocks = new Option<string?>("--blocks")
        {
            Description = "Chain to measure with, as db export writes it; by default tests/vectors/chains/real300 of a clone, else the sample chain.",
            HelpName = "FILE",
        };
        return (blocks, CommonOptions.Network());
    }

    private static Option<int?> Threads(string description) => new("--threads") { Description = description, HelpName = "N" };

    private static int CountOf(int? threads) =>
        threads is null
            ? Environment.ProcessorCount
            : threads > 0 ? threads.Value : throw new UserException("--threads must be at least 1");

    private static BenchClock Clock(double? seconds, double byDefault, BenchReport report, CancellationToken stopping) =>
        (seconds ?? byDefault) is > 0 and <= 3600 and var budget
            ? new(TimeSpan.FromSeconds(budget), report, stopping)
            : throw new UserException("--seconds must lie above 0, and be an hour at most");

    private static void RefuseSeconds(ParseResult parsed, Option<double?> seconds, string why)
    {
        if (parsed.GetValue(seconds) is not null)
            throw new UserException($"--seconds does not go with this measurement: {why}");
    }

    /// <summary>Ctrl-C ends a measurement like an error would, with what it made removed.</summary>
    private static Task<int> Interruptible(
        BenchReport report, Func<BenchReport, CancellationToken, Task> run, CancellationToken cancellation) => Interruption.Run(
        async stopping =>
        {
            try
            {
                await run(report, stopping);
                return report.Finish() ? 0 : 1;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return 1;
            }
        },
        cancellation);

    /// <summary>What becomes of the figures; the same for every measurement.</summary>
    private sealed class OutputOptions
    {
        public Option<bool> Json { get; } =
            new("--json") { Description = "Print the figures as JSON, for --against of a later run.", Recursive = true };

        public Option<string?> Against { get; } = new("--against")
        {
            Description =
                "Compare with the figures that an earlier run printed with --json; exit code 1 if one of them is a fifth slower.",
            HelpName = "FILE",
            Recursive = true,
        };

        public BenchReport Report(ParseResult parsed) =>
            new(parsed.GetValue(Json), parsed.GetValue(Against) is { } file ? BenchReport.Read(file) : null);
    }
}
