using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace Chia.Silo.Status;

/// <summary>Gathers a running node's status from its grains.</summary>
internal sealed class StatusReader(IClusterClient cluster, NodeSettings settings, IOptions<PeerDirectoryOptions> peerOptions, TimeProvider time)
{
    private readonly BlockRate _rate = new(time);

    /// <summary>From here on the rate of new blocks is measured.</summary>
    public void Begin(ChainSnapshot chain) => _rate.Sample(chain.Blocks);

    public async Task<NodeStatus> Read()
    {
        var peers = new List<PeerStatus>();
        foreach (var role in settings.Roles)
        {
            var directory = cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role.Role));
            peers.AddRange((await directory.GetConnections()).Select(Describe));
        }

        var status = Has(Role.FullNode)
            ? await ReadFullNode(peers)
            : StatusOf.WithoutChain(settings.Network.NetworkId, peers, Has(Role.Introducer));
        return status with
        {
            UptimeSeconds = ProcessTime.Uptime.TotalSeconds,
            Farmer = Has(Role.Farmer) ? await cluster.GetGrain<IFarmerGrain>(NodeKey.Of(settings.Name)).GetStatus() : null,
            Harvester = Has(Role.Harvester) ? await cluster.GetGrain<IHarvesterGrain>(NodeKey.Of(settings.Name)).GetStatus() : null,
            Timelord = Has(Role.Timelord) ? await cluster.GetGrain<ITimelordGrain>(NodeKey.Of(settings.Name)).GetStatus() : null,
        };
    }

    private bool Has(Role role) => settings.Roles.Any(r => r.Role == role);

    private async Task<NodeStatus> ReadFullNode(List<PeerStatus> peers)
    {
        var chain = await cluster.GetGrain<IBlockchainGrain>(NodeKey.Of(settings.Name)).GetSnapshot();
        var sync = await cluster.GetGrain<ISyncGrain>(NodeKey.Of(settings.Name)).GetReport();
        var node = await cluster.GetGrain<IFullNodeGrain>(NodeKey.Of(settings.Name)).GetStatus();
        var farmer = Has(Role.Farmer) ? await cluster.GetGrain<IFarmerGrain>(NodeKey.Of(settings.Name)).GetStatus() : null;
        var harvester = Has(Role.Harvester) ? await cluster.GetGrain<IHarvesterGrain>(NodeKey.Of(settings.Name)).GetStatus() : null;
        sync = Standstills.Apply(sync, node, farmer, harvester);
        var wantsPeers = peerOptions.Value.TargetPeerCount > 0;
        return StatusOf.FullNode(settings.Network.NetworkId, chain, sync, peers, wantsPeers, _rate.Sample(chain.Blocks), time.GetUtcNow());
    }

    private PeerStatus Describe(PeerConnection peer) =>
        new(
            RoleNames.Of(peer.PeerRole),
            RoleNames.Of(peer.LocalRole),
            peer.RemoteHost,
            peer.RemotePort,
            peer.AnnouncedPort,
            peer.PeerNodeId.ToString(),
            peer.IsOutbound ? "outbound" : "inbound",
            Math.Max(0, (time.GetUtcNow() - peer.ConnectedAt).TotalSeconds));
}
