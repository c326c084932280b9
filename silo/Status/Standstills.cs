using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Silo.Views;

namespace Chia.Silo.Status;

/// <summary>Turns a report on the sync into one that says why the chain stands still (OPERATIONS.md 1). Pure.</summary>
internal static class Standstills
{
    /// <summary>
    /// The report of a node whose chain stands still, unless a sync is under way. A node without peers cannot know whether anybody
    /// farms: its report stays that it has no peers, unless it wants none.
    /// </summary>
    public static SyncReport Apply(SyncReport sync, FullNodeStatus node, FarmerStatus? farmer, HarvesterStatus? harvester, bool wantsPeers)
    {
        if (node.Standstill is not { } reason || sync.State is not (SyncState.NoPeers or SyncState.Synced))
            return sync;
        if (reason == StatusReason.NoFarmer && sync.State == SyncState.NoPeers && wantsPeers)
            return sync;
        return Stalled(sync, reason, StatusSentence.Detail(reason, farmer?.ProofsPerChallenge, harvester?.Plots));
    }

    /// <summary>
    /// The report of a node that refuses the blocks of most peers because of its own clock; this goes before everything else it does.
    /// </summary>
    public static SyncReport Apply(SyncReport sync) => sync.ClockBehind is not { } behind
        ? sync
        : Stalled(sync, StatusReason.ClockWrong, $"most peers have blocks that are {Amounts.Duration(behind)} ahead of it");

    /// <summary>The report of a node whose store takes no blocks; nothing else matters then.</summary>
    public static SyncReport Apply(SyncReport sync, string? storeFault) =>
        storeFault is null ? sync : Stalled(sync, StatusReason.StoreUnwritable, storeFault);

    private static SyncReport Stalled(SyncReport sync, StatusReason reason, string detail) =>
        sync with { State = SyncState.Stalled, Reason = reason, Detail = detail };
}
