using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Addresses;
using Chia.Silo.Api.Requests;
using Chia.Silo.Status;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>A node of a simulation, wherever its grains live.</summary>
internal interface ISimulatedNode
{
    /// <summary>Its name; no other has it.</summary>
    string Name { get; }

    /// <summary>Side of a cut that it is on.</summary>
    int Side { get; }

    /// <summary>Where its peers find it: one address, or one for each gateway.</summary>
    IReadOnlyList<PeerAddress> Endpoints { get; }

    /// <summary>The node as the API knows it; null while it is stopped.</summary>
    ApiNode? Api { get; }

    /// <summary>Null while it is stopped, or does not answer.</summary>
    Task<NodeStatus?> GetStatus();

    /// <summary>What the node answers; nothing while it is stopped, or does not answer.</summary>
    Task<T?> Ask<T>(Func<ApiNode, Task<T>> question);
}

/// <summary>What is asked of nodes.</summary>
internal static class SimulatedNodeQuestions
{
    /// <summary>The chain of a full node.</summary>
    public static IBlockchainGrain Chain(this ApiNode node) => node.Grains.GetGrain<IBlockchainGrain>(node.Key);
}
