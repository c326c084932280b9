using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Simulation.Checks;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Simulation.Screen;

namespace Chia.Silo.Simulation;

/// <summary>Reads the whole network's state, and remembers who won which block.</summary>
internal sealed class SnapshotReader(SimulatedNetwork network, IReadOnlyDictionary<Bytes48, string> plotNames)
{
    /// <summary>Read each time: what a high window shows.</summary>
    private const int NewestCount = 20;

    /// <summary>How often a node is asked, a second apart, for what cannot be had later: a busy one may not answer at once.</summary>
    private const int Attempts = 60;

    private Dictionary<Bytes32, NewBlock> _known = [];

    public async Task<SimulationSnapshot> Read()
    {
        // All at once: one that does not answer keeps nobody waiting for the others.
        var nodes = Task.WhenAll(network.Nodes.Select(async node => (node.Name, await node.GetStatus())));
        var (farmer, harvester, timelord) = (network.Farmer.GetStatus(), network.Harvester.GetStatus(), network.Timelord.GetStatus());
        var (newest, cluster) = (Newest(), network.GetCluster());
        return new SimulationSnapshot(await nodes, await farmer, await harvester, await timelord, await newest)
        {
            Cluster = await cluster,
        };
    }

    /// <summary>The block of every node at a height; null for a node that is stopped or not there yet.</summary>
    public async Task<IReadOnlyList<Bytes32?>> BlocksAt(uint height) =>
        await Task.WhenAll(network.Nodes.Select(node => new SimulatedChain(node).BlockAt(height)));

    /// <summary>The heaviest tip of the first node that runs, and the figures of its whole chain; null while none runs.</summary>
    public async Task<(TipInfo Tip, ChainFigures Figures)?> Figures()
    {
        for (var attempt = 0; attempt < Attempts && FirstRunning is { } first; attempt++)
        {
            if (await first.Ask<(TipInfo, ChainFigures)?>(Figures) is { } figures)
                return figures;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return null;
    }

    private static async Task<(TipInfo Tip, ChainFigures Figures)?> Figures(ApiNode node)
    {
        var tip = (await node.Chain().GetSnapshot()).Heaviest;
        return (tip, await node.Chain().GetFigures(tip.Height + 1));
    }

    private ISimulatedNode? FirstRunning => network.Nodes.FirstOrDefault(node => node.Api is not null);

    /// <summary>What was seen last, while nobody answers.</summary>
    private async Task<IReadOnlyList<NewBlock>> Newest() =>
        (FirstRunning is not { } first ? null : await first.Ask(Newest))
        ?? [.. _known.Values.OrderByDescending(block => block.Height)];

    private async Task<List<NewBlock>> Newest(ApiNode node)
    {
        var heaviest = (await node.Chain().GetSnapshot()).Heaviest;
        var newest = new List<NewBlock>();
        foreach (var info in await node.Chain().GetBranch(heaviest.HeaderHash, NewestCount))
        {
            if (!_known.TryGetValue(info.HeaderHash, out var block))
                block = await Describe(node, info);
            newest.Add(block);
        }

        _known = newest.ToDictionary(block => block.Hash);
        return newest;
    }

    private async Task<NewBlock> Describe(ApiNode node, TipInfo info)
    {
        var block = (await node.Chain().GetBlock(info.HeaderHash))?.Block;
        var plot = block?.HeaderBlock.ProofOfSpace.PlotPublicKey ?? default;
        return new NewBlock(
            info.Height,
            info.HeaderHash,
            info.Difficulty,
            block?.HeaderBlock.ProofOfTime?.NumberOfIterations ?? 0,
            DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(info.Timestamp, int.MaxValue)),
            plotNames.TryGetValue(plot, out var name) ? name : $"plot key {plot.ToString()[..10]}");
    }
}
