using System.Globalization;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Silo.Views;
using Chia.Storage;

namespace Chia.Silo.Status;

/// <summary>Builds the status of a node that runs, of one without a chain, and of a store whose node does not run.</summary>
internal static class StatusOf
{
    /// <param name="network">Name of the network.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="sync">Its sync.</param>
    /// <param name="peers">Its connections.</param>
    /// <param name="wantsPeers">False: it is configured to have no other full nodes.</param>
    /// <param name="rate">Blocks per second; null if not measured yet.</param>
    /// <param name="now">The time of day, for the tip's age.</param>
    public static NodeStatus FullNode(
        string network, ChainSnapshot chain, SyncReport sync, IReadOnlyList<PeerStatus> peers, bool wantsPeers, double? rate, DateTimeOffset now)
    {
        var best = chain.Heaviest;
        var (state, reason) = Judge(sync, peers, wantsPeers);
        return new NodeStatus(
            Line(state, reason, sync, best.Timestamp, now),
            state,
            StatusSentence.Of(state, reason, sync.Reason),
            network,
            true,
            [.. chain.Tips.OrderByDescending(t => t.TotalWeight).Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            peers)
        {
            Reason = reason,
            Height = best.Height,
            Weight = best.TotalWeight,
            Tip = best.HeaderHash.ToString(),
            Blocks = chain.Blocks,
            Difficulty = best.NextDifficulty,
            IterationsPerSecond = best.NextIterationsPerSecond,
            Sync = Describe(sync),
            Rates = new RateStatus(rate),
        };
    }

    /// <param name="network">Name of the network.</param>
    /// <param name="peers">Its connections.</param>
    /// <param name="isIntroducer">It waits for others: having no peers is nothing to be told.</param>
    public static NodeStatus WithoutChain(string network, IReadOnlyList<PeerStatus> peers, bool isIntroducer)
    {
        var state = peers.Count > 0 || isIntroducer ? NodeState.Idle : NodeState.NoPeers;
        return new NodeStatus(Word(state), state, StatusSentence.Of(state, null), network, true, [], peers);
    }

    public static NodeStatus Stored(string network, ChainSummary summary)
    {
        var best = summary.Tips.MaxBy(t => t.TotalWeight);
        var target = summary.SyncTarget;
        StatusReason? reason = target is null ? null : StatusReason.SyncInterrupted;
        return new NodeStatus(
            target is null ? "not_running" : "not_running(sync interrupted)",
            NodeState.NotRunning,
            StatusSentence.Of(NodeState.NotRunning, reason),
            network,
            false,
            [.. summary.Tips.OrderByDescending(t => t.TotalWeight).Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            [])
        {
            Reason = reason,
            Height = best?.Height,
            Weight = best?.TotalWeight,
            Tip = best?.HeaderHash.ToString(),
            Blocks = summary.Blocks,
            Difficulty = best?.Difficulty,
            IterationsPerSecond = best?.IterationsPerSecond,
            Sync = target is null ? null : new SyncStatus("none", 0, 0, 0, 0, target.Height, target.Weight, target.HeaderHash.ToString(), 0, ""),
        };
    }

    /// <summary>
    /// A network of one's own has no peers and lacks none: who farms and proves for this node makes it one, or a target of no peers at all.
    /// </summary>
    public static (NodeState State, StatusReason? Reason) Judge(SyncReport sync, IReadOnlyList<PeerStatus> peers, bool wantsPeers) => sync.State switch
    {
        SyncState.NoPeers when !wantsPeers || peers.Any(p => p.Role is "farmer" or "timelord") => (NodeState.Synced, null),
        SyncState.NoPeers => (NodeState.NoPeers, null),
        SyncState.Collecting => (NodeState.Collecting, null),
        SyncState.Synced => (NodeState.Synced, null),
        SyncState.Stalled => (NodeState.Stalled, ReasonOf(sync.Reason)),
        _ => (NodeState.Syncing, null),
    };

    /// <summary>The reason that a report names in its first word.</summary>
    private static StatusReason ReasonOf(string told) => told.Split(':')[0] switch
    {
        "no_plot_answers" => StatusReason.NoPlotAnswers,
        "no_timelord" => StatusReason.NoTimelord,
        "no_farmer" => StatusReason.NoFarmer,
        "store_unwritable" => StatusReason.StoreUnwritable,
        "WaitingForValidation" => StatusReason.ValidationSlow,
        _ => StatusReason.PeersDoNotAnswer,
    };

    /// <summary>no_peers, collecting, syncing(phase, %), stalled(why), synced(age of tip).</summary>
    private static string Line(NodeState state, StatusReason? reason, SyncReport sync, ulong tipTimestamp, DateTimeOffset now) => state switch
    {
        NodeState.Stalled => $"stalled({(sync.Reason.Length > 0 ? sync.Reason : reason)})",
        NodeState.Synced => $"synced(tip {Age(tipTimestamp, now)} old)",
        NodeState.Syncing => string.Create(CultureInfo.InvariantCulture, $"syncing({PhaseName(sync)}, {Percent(sync):0} %)"),
        _ => Word(state),
    };

    private static string Word(NodeState state) => state switch
    {
        NodeState.NoPeers => "no_peers",
        NodeState.NotRunning => "not_running",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static SyncStatus Describe(SyncReport sync) =>
        new(
            PhaseName(sync),
            sync.Done,
            sync.Total,
            Percent(sync),
            sync.PerSecond,
            sync.TargetHeight,
            sync.TargetWeight,
            sync.TargetHash,
            sync.PeersInUse,
            sync.Reason);

    private static string PhaseName(SyncReport sync) => sync.State switch
    {
        SyncState.NoPeers => "no_peers",
        SyncState.Collecting => "collecting",
        SyncState.Stalled => "stalled",
        SyncState.Synced => "synced",
        _ => sync.Phase switch
        {
            SyncPhase.Headers => "headers",
            SyncPhase.Blocks => "blocks",
            _ => "header_hashes",
        },
    };

    private static double Percent(SyncReport sync) => sync.Total > 0 ? 100.0 * sync.Done / sync.Total : 0;

    private static string Age(ulong timestamp, DateTimeOffset now) =>
        Amounts.Duration(timestamp >= (ulong)now.ToUnixTimeSeconds() ? 0 : (double)now.ToUnixTimeSeconds() - timestamp);
}
