using Chia.Protocol.Addresses;

namespace Chia.Silo.Simulation.Hosts;

/// <summary>Full nodes as hosts of this process, each with a silo and a gateway of its own.</summary>
internal sealed class HostedNodes(IReadOnlyList<SimulatedHost> hosts) : IFullNodes
{
    public IReadOnlyList<ISimulatedNode> Nodes => hosts;

    public IReadOnlyList<ISimulatedHost> Hosts => hosts;

    /// <summary>True if there are several: a single node cannot be cut off.</summary>
    public bool CanBeCut => hosts.Count > 1;

    public Task Start(PeerAddress introducer, Action<string> tell, CancellationToken cancellation) =>
        Task.WhenAll(hosts.Select(host => host.Start(cancellation)));

    public Task<ClusterSnapshot?> GetCluster() => Task.FromResult<ClusterSnapshot?>(null);

    public async ValueTask DisposeAsync() => await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
}
