using System.Diagnostics;
using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Simulation.Checks;
using Chia.Silo.Simulation.Clusters;
using Chia.Silo.Simulation.Plan;
using Chia.Silo.Simulation.Screen;
using Chia.Silo.Views;

namespace Chia.Silo.Simulation;

/// <summary>One run of <c>chia simulate</c> from preparation to end.</summary>
internal sealed class SimulationRun(SimulationOptions options)
{
    private const int Failed = 1;

    public async Task<int> Run(CancellationToken stopping)
    {
        if (options.Cluster is { } shape)
            await ClusterDatabase.Require(shape, stopping);
        using var held = Hold();
        if (options.Save is { } file)
            SimulationArchive.RequireWritable(file);
        var view = new SimulationView();
        if (options.Load is { } saved)
        {
            view.Note($"a network from {saved}");
            await Task.Run(() => SimulationArchive.Load(saved, options.Root), stopping);
        }

        view.Note($"a network in {options.Root}: looking for its keys and plots");
        var files = await SimulationFiles.Prepare(options, view.Note, stopping);
        var outcome = await Farm(files, view, stopping);
        if (options.Save is { } target)
        {
            if (options.Cluster is { } cluster)
                await ExportChains(files, cluster);
            await Task.Run(() => SimulationArchive.Save(options.Root, target), CancellationToken.None);
            Console.Out.WriteLine($"saved={target} bytes={new FileInfo(target).Length}");
        }

        return Judge(outcome, stopping);
    }

    private async Task<Outcome> Farm(SimulationFiles files, SimulationView view, CancellationToken stopping)
    {
        await using var network = new SimulatedNetwork(files, options.Nodes, options.Log, options.Cluster);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var api = await ApiServer.Start(
            options.Api, network.AsNodes(ending.Cancel), network.Logging, routes =>
                SimulationEndpoints.Map(routes, network, view.Note), stopping);
        var reader = new SnapshotReader(network, files.PlotNames());
        var outcome = new Outcome([], null);
        await view.Run($"{files.Network.NetworkId} · page {api.Url}", async show =>
        {
            view.Note($"starting an introducer, {Amounts.Plural(options.Nodes, "full node")}, a farmer, a harvester and a timelord");
            await network.StartNodes(view.Note, stopping);
            view.Summary.Begin(await reader.Read());
            await network.StartFarm(stopping);
            view.Note($"network {files.Network.NetworkId} with {Amounts.Plural(options.Nodes, "node")}: page {api.Url}");
            view.Note($"all of it is in {options.Root}, log in {Path.GetFileName(options.Log.File)}");
            var chance = options.Seed is { } seed ? new Random(seed) : Random.Shared;
            var blocks = new AcknowledgedBlocks([.. network.Nodes.Select(node => new SimulatedChain(node))], TimeProvider.System);
            var test = new KillTest(network.Victims, blocks, chance, TimeProvider.System);
            var kills = options.KillTest ? test.Run(view.Note, ending.Token) : Task.CompletedTask;
            var agreed = await Watch(reader, show, view.Interval, kills, ending.Token);
            // Nobody is killed any more while the end is looked at: whoever is asked would not answer.
            await ending.CancelAsync();
            await kills;
            var end = await reader.Figures();
            // Blocks came since the last look, among them the one that ended the run: whoever won it is a winner too.
            show(await reader.Read());
            var figures = end is { } chain
                ? new SimulationFigures(chain.Tip, chain.Figures, view.Summary.Elapsed.TotalSeconds, view.Summary.Winners)
                : null;
            outcome = new Outcome(agreed, figures) { Kills = options.KillTest ? test : null };
        });
        return outcome;
    }

    /// <summary>Shows the network until it is told to stop, every node has the wanted height and the same block there, the time is
    /// over, or the kill test has failed.</summary>
    private async Task<IReadOnlyList<Bytes32?>> Watch(
        SnapshotReader reader, Action<SimulationSnapshot> show, TimeSpan interval, Task kills, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyList<Bytes32?> blocks = [];
        while (!stopping.IsCancellationRequested)
        {
            show(await reader.Read());
            if (options.LastHeight is { } height)
                blocks = await reader.BlocksAt(height);
            var isLate = options.Timeout is { } seconds && Stopwatch.GetElapsedTime(started).TotalSeconds > seconds;
            if (Agree(blocks) || isLate || (options.KillTest && kills.IsCompleted))
                return blocks;
            await Task.Delay(interval, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return blocks;
    }

    /// <summary>The network has ended, and a database of its own with it.</summary>
    private async Task ExportChains(SimulationFiles files, ClusterShape cluster)
    {
        await using var database = await ClusterDatabase.Open(cluster, options.Root);
        await new ClusterChains(options.Root, files.Network).ExportFiles(database.Connection);
    }

    private int Judge(Outcome outcome, CancellationToken stopping)
    {
        var isReached = IsReached(outcome.Blocks, stopping);
        if (outcome.Kills is { } kills)
        {
            (kills.Fault is null ? Console.Out : Console.Error).WriteLine(kills.Verdict);
            isReached &= kills.Fault is null;
        }

        if (options.Assertions is not { } assertions)
            return isReached ? 0 : Failed;
        IReadOnlyList<string> broken = outcome.Figures is { } figures
            ? assertions.Broken(figures)
            : ["no node ran at the end: nothing can be asserted"];
        foreach (var line in broken)
            Console.Error.WriteLine($"chia: {line}");
        if (broken.Count == 0 && isReached)
            Console.Out.WriteLine($"asserted: {string.Join("; ", assertions.All)}");
        return broken.Count == 0 && isReached ? 0 : Failed;
    }

    private bool IsReached(IReadOnlyList<Bytes32?> blocks, CancellationToken stopping)
    {
        if (options.LastHeight is not { } height)
            return true;
        if (Agree(blocks))
        {
            Console.Out.WriteLine($"all {blocks.Count} nodes have block {blocks[0]} at height {height}");
            return true;
        }

        var why = stopping.IsCancellationRequested ? "stopped before that"
            : blocks.Any(b => b is null) ? $"{blocks.Count(b => b is null)} of {blocks.Count} nodes are not there yet"
            : "the nodes have different blocks there";
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"chia: height {height} was not reached by all nodes with one block: {why}"));
        return false;
    }

    private static bool Agree(IReadOnlyList<Bytes32?> blocks) =>
        blocks.Count > 0 && blocks[0] is not null && blocks.All(b => b == blocks[0]);

    /// <summary>Two simulations in one folder would make plots and keys at the same time.</summary>
    private FileStream Hold()
    {
        try
        {
            return new FileStream(
                Path.Combine(options.Root, "simulation.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new UserException($"another simulation runs in {options.Root}: stop it, or choose another folder with --root");
        }
    }

    /// <summary>What there was at the end.</summary>
    private sealed record Outcome(IReadOnlyList<Bytes32?> Blocks, SimulationFigures? Figures)
    {
        /// <summary>The kill test; null if there was none.</summary>
        public KillTest? Kills { get; init; }
    }
}
