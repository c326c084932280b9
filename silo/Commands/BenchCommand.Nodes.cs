using System.CommandLine;
using Chia.Silo.Bench;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Gateways;

namespace Chia.Silo.Commands;

/// <summary>Measurements that start nodes as processes of their own.</summary>
internal static partial class BenchCommand
{
    private static Command Start(Option<double?> seconds, OutputOptions output)
    {
        var program = new Option<string[]>("--program")
        {
            Description = "Another build to start in turn with this one: its chia.dll; may be given several times.",
            HelpName = "FILE",
        };
        var starts = Count("--starts", "Starts of each", NodeStarts);
        var blocks = new Option<int>("--blocks")
        {
            Description = $"Blocks of a chain made up for it, {MostStartBlocks:N0} at most; none by default.",
            HelpName = "N",
        };
        var idle = Idle("Seconds to watch each doing nothing; 0, not at all, by default.", 0);
        var command = new Command("start", "Starting a full node: processor time, memory, and what it takes when idle.")
        {
            program,
            starts,
            blocks,
            idle,
        };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            RefuseSeconds(parsed, seconds, "--starts says how many");
            var (count, watch) = (parsed.GetValue(starts), IdleOf(parsed, idle));
            if (count < 1)
                throw new UserException("--starts must be at least 1");
            foreach (var missing in (parsed.GetValue(program) ?? []).Where(file => !File.Exists(file)))
                throw new UserException($"--program: there is no {missing}");
            if (parsed.GetValue(blocks) is not (>= 0 and <= MostStartBlocks) and var wrong)
                throw new UserException($"--blocks must be from 0 to {MostStartBlocks:N0}, not {wrong:N0}");
            await StartBench.Run(
                parsed.GetValue(program) ?? [], count, parsed.GetValue(blocks), watch, report, stopping);
        }, cancellation));
        return command;
    }

    private static Command Gateway(Option<double?> seconds, OutputOptions output)
    {
        var (blocks, network) = ChainOptions();
        var peers = new Option<int>("--peers")
        {
            Description = $"Peers to hold; {HeldPeers} by default, fewer where the system does not give as many descriptors.",
            HelpName = "N",
            DefaultValueFactory = _ => HeldPeers,
        };
        var command = new Command("gateway", "What a connected peer, a message and a broadcast cost a node.") { blocks, network, peers };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var count = parsed.GetValue(peers);
            if (count < 2)
                throw new UserException("--peers must be at least 2: one tells a block, the others hear it");
            var input = await ChainInput.Open(parsed.GetValue(blocks), parsed.GetValue(network), 0, stopping);
            await GatewayBench.Run(count, input, Clock(parsed.GetValue(seconds), KernelSeconds, report, stopping));
        }, cancellation));
        return command;
    }

    private static Command Sync(Option<double?> seconds, OutputOptions output)
    {
        var (blocks, network) = ChainOptions();
        var limit = new Option<int>("--limit")
        {
            Description = $"Blocks to sync; {SyncBlocks} by default, 0 for the whole chain.",
            HelpName = "N",
            DefaultValueFactory = _ => SyncBlocks,
        };
        var command = new Command("sync", "Syncing a chain from one node to another over loopback.") { blocks, network, limit };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var count = parsed.GetValue(limit);
            if (count < 0)
                throw new UserException("--limit must not be negative");
            var input = await ChainInput.Open(parsed.GetValue(blocks), parsed.GetValue(network), count, stopping);
            await SyncBench.Run(input, Clock(parsed.GetValue(seconds), ChainSeconds, report, stopping));
        }, cancellation));
        return command;
    }

    private static Command Beside(Option<double?> seconds, OutputOptions output)
    {
        var program = new Argument<string>("FILE") { Description = "The other build: its chia.dll, or a published program." };
        var (blocks, network) = ChainOptions();
        var starts = Count("--starts", "Starts of each", NodeStarts);
        var syncs = Count("--syncs", "Syncs of each", ColdSyncs.UsualCount);
        var idle = Idle($"Seconds to watch each doing nothing; {BesideIdle} by default, 0 not to.", BesideIdle);
        var command = new Command("beside", "This build beside another, in turn: start, resident memory, an idle minute, cold syncs.")
        { program, blocks, network, starts, syncs, idle };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            RefuseSeconds(parsed, seconds, "--starts and --syncs say how many");
            var other = parsed.GetRequiredValue(program);
            if (!File.Exists(other))
                throw new UserException($"there is no {other}");
            if (parsed.GetValue(starts) < 1 || parsed.GetValue(syncs) < 1)
                throw new UserException("--starts and --syncs must be at least 1");
            var watch = IdleOf(parsed, idle);
            var input = await ChainInput.Open(parsed.GetValue(blocks), parsed.GetValue(network), SyncBlocks, stopping);
            await BesideBench.Run(other, input, parsed.GetValue(starts), parsed.GetValue(syncs), watch, report, stopping);
        }, cancellation));
        return command;
    }

    private static Command Harvester(OutputOptions output)
    {
        var plots = new Option<int>("--plots")
        {
            Description = $"Plots to read, half a megabyte each; {HarvesterPlots:N0} by default.",
            HelpName = "N",
            DefaultValueFactory = _ => HarvesterPlots,
        };
        var folders = Count("--folders", "Folders to put them into, each read on threads of its own", 1);
        var idle = Idle($"Seconds to watch it doing nothing; {HarvesterIdle}, two looks at its list, by default.", HarvesterIdle);
        var command =
            new Command("harvester", "Starting a harvester of many plots, and what a challenge costs it.") { plots, folders, idle };
        command.SetAction((parsed, cancellation) => Interruptible(output.Report(parsed), async (report, stopping) =>
        {
            var (count, places) = (parsed.GetValue(plots), parsed.GetValue(folders));
            if (count is not (>= 1 and <= MostHarvesterPlots))
                throw new UserException($"--plots must be from 1 to {MostHarvesterPlots:N0}");
            if (places < 1 || places > count)
                throw new UserException("--folders must be at least 1, and not more than plots");
            await HarvesterBench.Run(count, places, IdleOf(parsed, idle), report, stopping);
        }, cancellation));
        return command;
    }

    private static Option<double> Idle(string description, double byDefault) =>
        new("--idle") { Description = description, HelpName = "S", DefaultValueFactory = _ => byDefault };

    private static TimeSpan IdleOf(ParseResult parsed, Option<double> idle) => parsed.GetValue(idle) is >= 0 and <= 3600 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UserException("--idle must be from 0 to an hour");
}
