using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Status;

/// <summary>What the grains of a node said of it at one moment; from these every view of its status is made.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Network">Its network.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Peers">Connections of all roles.</param>
/// <param name="Now">The time of day.</param>
/// <param name="Uptime">Since the process started.</param>
internal sealed record StatusFacts(
    string Node,
    NetworkDefinition Network,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<PeerConnection> Peers,
    DateTimeOffset Now,
    TimeSpan Uptime)
{
    /// <summary>False if the node is configured to have no other full nodes.</summary>
    public bool WantsPeers { get; init; } = true;

    /// <summary>The process has been told to stop.</summary>
    public bool IsStopping { get; init; }

    public ChainSnapshot? Chain { get; init; }

    public ChainFigures? Figures { get; init; }

    /// <summary>What the sync reports, with the reason for a standstill already in it.</summary>
    public SyncReport? Sync { get; init; }

    public FullNodeStatus? FullNode { get; init; }

    public FarmerStatus? Farmer { get; init; }

    public HarvesterStatus? Harvester { get; init; }

    public TimelordStatus? Timelord { get; init; }

    /// <summary>Blocks per second; null if not measured yet.</summary>
    public double? BlockRate { get; init; }

    public bool Has(Role role) => Roles.Contains(role);

    /// <summary>Connections of one of our roles.</summary>
    public int PeersOf(Role role) => Peers.Count(peer => peer.LocalRole == role);
}
