using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
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

        var status = Has(NodeType.FullNode) ? await ReadFullNode(peers) : StatusOf.WithoutChain(settings, Uptime, peers);
        return status with
        {
            Farmer = Has(NodeType.Farmer) ? await cluster.GetGrain<IFarmerGrain>(settings.Name).GetStatus() : null,
            Harvester = Has(NodeType.Harvester) ? await cluster.GetGrain<IHarvesterGrain>(settings.Name).GetStatus() : null,
            Timelord = Has(NodeType.Timelord) ? await cluster.GetGrain<ITimelordGrain>(settings.Name).GetStatus() : null,
        };
    }

    private bool Has(NodeType role) => settings.Roles.Any(r => r.Role == role);

    private async Task<NodeStatus> ReadFullNode(List<PeerStatus> peers)
    {
        var chain = await cluster.GetGrain<IBlockchainGrain>(settings.Name).GetSnapshot();
        var sync = await cluster.GetGrain<ISyncGrain>(settings.Name).GetReport();
        var node = await cluster.GetGrain<IFullNodeGrain>(settings.Name).GetStatus();
        var farmer = Has(NodeType.Farmer) ? await cluster.GetGrain<IFarmerGrain>(settings.Name).GetStatus() : null;
        var harvester = Has(NodeType.Harvester) ? await cluster.GetGrain<IHarvesterGrain>(settings.Name).GetStatus() : null;
        sync = Standstills.Apply(sync, node, farmer, harvester);
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
