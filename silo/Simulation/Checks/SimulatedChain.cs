using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Simulation.Hosts;

namespace Chia.Silo.Simulation.Checks;

/// <summary>What a full node says of its chain.</summary>
internal interface ISimulatedChain
{
    /// <summary>Name of the node.</summary>
    string Name { get; }

    /// <summary>Its tips; none if it does not answer.</summary>
    Task<IReadOnlyList<TipInfo>> GetTips();

    /// <summary>It has the block; no, if it does not answer.</summary>
    Task<bool> Has(Bytes32 headerHash);

    /// <summary>The block of its heaviest branch at a height; null if it is not there yet, or does not answer.</summary>
    Task<Bytes32?> BlockAt(uint height);
}

/// <summary>The chain of a node that runs somewhere.</summary>
internal sealed class SimulatedChain(ISimulatedNode node) : ISimulatedChain
{
    public string Name => node.Name;

    public async Task<IReadOnlyList<TipInfo>> GetTips() => await node.Ask(async api => (await api.Chain().GetSnapshot()).Tips) ?? [];

    public Task<bool> Has(Bytes32 headerHash) => node.Ask(
        async api => await api.Chain().GetBlock(headerHash) is { } stored && stored.Block.HeaderHash() == headerHash);

    public Task<Bytes32?> BlockAt(uint height) => node.Ask<Bytes32?>(async api =>
    {
        var heaviest = (await api.Chain().GetSnapshot()).Heaviest;
        if (heaviest.Height < height)
            return null;
        var branch = await api.Chain().GetBranch(heaviest.HeaderHash, (int)(heaviest.Height - height) + 1);
        return branch[^1].HeaderHash;
    });
}
