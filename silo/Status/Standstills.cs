using System.Globalization;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Farmer;
using Chia.Protocol.Outcomes;
using Chia.Silo.Views;

namespace Chia.Silo.Status;

/// <summary>A chain that stands still is stalled, whatever the sync has to say (OPERATIONS.md 1). Pure.</summary>
internal static class Standstills
{
    /// <summary>
    /// The report of a node whose chain stands still says so, unless a sync is under way. Who is cut off cannot know whether anybody
    /// farms: that it has no peers is what it says, unless it wants none.
    /// </summary>
    public static SyncReport Apply(SyncReport sync, FullNodeStatus node, FarmerStatus? farmer, HarvesterStatus? harvester, bool wantsPeers)
    {
        if (node.Standstill is not { } reason || sync.State is not (SyncState.NoPeers or SyncState.Synced))
            return sync;
        if (reason == StandstillReason.NoFarmer && sync.State == SyncState.NoPeers && wantsPeers)
            return sync;
        return sync with { State = SyncState.Stalled, Reason = Describe(reason, farmer, harvester) };
    }

    /// <summary>The report of a node that refuses what most peers have, for its own clock, says so whatever else it tries.</summary>
    public static SyncReport Apply(SyncReport sync) => sync.ClockBehind is not { } behind
        ? sync
        : sync with
        {
            State = SyncState.Stalled,
            Reason = $"clock_wrong: most peers have blocks that are {Amounts.Duration(behind)} ahead of it",
        };

    /// <summary>The report of a node whose store takes no blocks says so: nothing else matters then.</summary>
    public static SyncReport Apply(SyncReport sync, string? storeFault) => storeFault is null
        ? sync
        : sync with { State = SyncState.Stalled, Reason = $"store_unwritable: {storeFault}" };

    /// <summary>The reason's name, and what there is to say about it.</summary>
    public static string Describe(StandstillReason reason, FarmerStatus? farmer, HarvesterStatus? harvester) => reason switch
    {
        StandstillReason.NoTimelord => "no_timelord: blocks wait for proofs of time that do not come",
        StandstillReason.NoFarmer => "no_farmer: no block was made for a while, and nobody farms here",
        _ => "no_plot_answers" + Plots(farmer, harvester),
    };

    private static string Plots(FarmerStatus? farmer, HarvesterStatus? harvester)
    {
        if (farmer?.ProofsPerChallenge is not { } proofs)
            return ": no plot answers the newest challenges";
        var found = string.Create(CultureInfo.InvariantCulture, $": the plots have {proofs:0.0} proofs per challenge");
        if (harvester is null)
            return found;
        var more = PlotNeed.MorePlots(harvester.Plots, proofs);
        return more == 0 ? found : $"{found}; {more} more make it safe";
    }
}
