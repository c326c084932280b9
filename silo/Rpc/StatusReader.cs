using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;

namespace Chia.Silo.Rpc;

/// <summary>Gathers a running node's status from its grains.</summary>
internal sealed class StatusReader(IClusterClient cluster, NodeSettings settings, TimeProvider time)
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly Queue<(DateTimeOffset At, long Blocks)> _counts = new();

    public async Task<NodeStatus> Read()
    {
        var peers = new List<PeerStatus>();
        foreach (var role in settings.Roles)
        {
            var directory = cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role.Role));
            peers.AddRange((await directory.GetConnections()).Select(Describe));
        }

        if (!settings.Roles.Any(r => r.Role == NodeType.FullNode))
            return StatusOf.WithoutChain(settings, Uptime, peers);
        var chain = await cluster.GetGrain<IBlockchainGrain>(settings.Name).GetSnapshot();
        var sync = await cluster.GetGrain<ISyncGrain>(settings.Name).GetReport();
        return StatusOf.FullNode(settings, Uptime, chain, sync, peers, Rate(chain.Blocks), time.GetUtcNow());
    }

    private double Uptime => (time.GetUtcNow() - _started).TotalSeconds;

    private PeerStatus Describe(PeerConnection peer) =>
        new(
            peer.PeerRole.ToString(),
            peer.RemoteHost,
            peer.RemotePort,
            peer.AnnouncedPort,
            peer.PeerNodeId.ToString(),
            peer.IsOutbound ? "outbound" : "inbound",
            (time.GetUtcNow() - peer.ConnectedAt).TotalSeconds);

    private double Rate(long blocks)
    {
        lock (_counts)
        {
            var now = time.GetUtcNow();
            _counts.Enqueue((now, blocks));
            while (_counts.Count > 2 && now - _counts.Peek().At > RateWindow)
                _counts.Dequeue();
            var (at, before) = _counts.Peek();
            return now > at ? (blocks - before) / (now - at).TotalSeconds : 0;
        }
    }
}
