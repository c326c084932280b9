using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Silo.Simulation;

/// <summary>Reads the whole network's state, and remembers who won which block.</summary>
internal sealed class SnapshotReader(SimulatedNetwork network, IReadOnlyDictionary<Bytes48, string> plotNames)
{
    private const int NewestCount = 8;

    private Dictionary<Bytes32, NewBlock> _known = [];

    public async Task<SimulationSnapshot> Read()
    {
        var nodes = new List<(string, Chia.Silo.Status.NodeStatus?)>();
        foreach (var host in network.Nodes)
            nodes.Add((host.Name, await host.GetStatus()));
        return new SimulationSnapshot(
            nodes,
            await network.Farmer.GetStatus(),
            await network.Harvester.GetStatus(),
            await network.Timelord.GetStatus(),
            await Newest());
    }

    /// <summary>The block of every node at a height; null for a node that is stopped or not there yet.</summary>
    public async Task<IReadOnlyList<Bytes32?>> BlocksAt(uint height)
    {
        var blocks = new List<Bytes32?>();
        foreach (var host in network.Nodes)
            blocks.Add(await host.Ask(node => BlockAt(node, height)));
        return blocks;
    }

    /// <summary>The heaviest tip of the first node that runs, and the figures of its whole chain; null while none runs.</summary>
    public async Task<(TipInfo Tip, ChainFigures Figures)?> Figures()
    {
        var host = network.Nodes.FirstOrDefault(host => host.IsRunning);
        return host is null ? null : await host.Ask<(TipInfo, ChainFigures)?>(async node =>
        {
            var tip = (await node.Chain.GetSnapshot()).Heaviest;
            return (tip, await node.Chain.GetFigures(tip.Height + 1));
        });
    }

    private static async Task<Bytes32?> BlockAt(RunningNode node, uint height)
    {
        var heaviest = (await node.Chain.GetSnapshot()).Heaviest;
        if (heaviest.Height < height)
            return null;
        var branch = await node.Chain.GetBranch(heaviest.HeaderHash, (int)(heaviest.Height - height) + 1);
        return branch[^1].HeaderHash;
    }

    private async Task<IReadOnlyList<NewBlock>> Newest()
    {
        var host = network.Nodes.FirstOrDefault(host => host.IsRunning);
        return (host is null ? null : await host.Ask(Newest)) ?? [];
    }

    private async Task<List<NewBlock>> Newest(RunningNode node)
    {
        var heaviest = (await node.Chain.GetSnapshot()).Heaviest;
        var newest = new List<NewBlock>();
        foreach (var info in await node.Chain.GetBranch(heaviest.HeaderHash, NewestCount))
        {
            if (!_known.TryGetValue(info.HeaderHash, out var block))
                block = await Describe(node, info);
            newest.Add(block);
        }

        _known = newest.ToDictionary(block => block.Hash);
        return newest;
    }

    private async Task<NewBlock> Describe(RunningNode node, TipInfo info)
    {
        var block = (await node.Chain.GetBlock(info.HeaderHash))?.Block;
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
