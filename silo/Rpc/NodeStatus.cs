using Chia.GrainInterfaces.Roles;

namespace Chia.Silo.Rpc;

/// <summary>State of a node, as <c>chia show --json</c> and the local RPC give it.</summary>
internal sealed record NodeStatus(
    string Status,
    string Network,
    bool Running,
    double UptimeSeconds,
    uint Height,
    ulong Weight,
    string Tip,
    IReadOnlyList<TipStatus> Tips,
    long Blocks,
    ulong Difficulty,
    ulong IterationsPerSecond,
    SyncStatus Sync,
    IReadOnlyList<PeerStatus> Peers,
    RateStatus Rates)
{
    /// <summary>The farmer of this process, if it has one.</summary>
    public FarmerStatus? Farmer { get; init; }

    /// <summary>The harvester of this process, if it has one.</summary>
    public HarvesterStatus? Harvester { get; init; }

    /// <summary>The timelord of this process, if it has one.</summary>
    public TimelordStatus? Timelord { get; init; }
}
