using Chia.Protocol.Addresses;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>The full nodes of a simulation, and what they live on.</summary>
internal interface IFullNodes : IAsyncDisposable
{
    IReadOnlyList<ISimulatedNode> Nodes { get; }

    /// <summary>The hosts that they live on. Any of them may end, and the others go on.</summary>
    IReadOnlyList<ISimulatedHost> Hosts { get; }

    /// <summary>The network between them can be cut in two.</summary>
    bool CanBeCut { get; }

    /// <summary>Starts all.</summary>
    /// <param name="introducer">Where they hear of each other.</param>
    /// <param name="tell">Told what is done.</param>
    /// <param name="cancellation">Ends the start.</param>
    Task Start(PeerAddress introducer, Action<string> tell, CancellationToken cancellation);

    /// <summary>The cluster that they live on at this moment; null if they live on none.</summary>
    Task<ClusterSnapshot?> GetCluster();
}
