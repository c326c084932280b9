using System.Globalization;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Views;
using Chia.Storage;

namespace Chia.Silo.Status;

/// <summary>Builds the status of a node that runs and of a store whose node does not.</summary>
internal static class StatusOf
{
    /// <summary>The status of a node that runs.</summary>
    public static NodeStatus Running(StatusFacts facts)
    {
        PeerStatus[] peers = [.. facts.Peers.Select(Describe)];
        var (state, reason) = Judge(facts);
        var status = new NodeStatus(
            facts.Chain is { } c ? Line(state, reason, facts.Sync!, c.Heaviest.Timestamp, facts.Now) : Word(state),
            state,
            StatusSentence.Of(state, reason, facts.Sync?.Detail ?? ""),
            facts.Network.NetworkId,
            true,
            [.. (facts.Chain?.Tips ?? []).OrderByDescending(t => t.TotalWeight)
                .Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            peers)
        {
            Reason = reason,
            UptimeSeconds = facts.Uptime.TotalSeconds,
            Farmer = facts.Farmer,
            Harvester = facts.Harvester,
            Timelord = facts.Timelord,
        };
        return facts.Chain is not { } chain ? status : status with
        {
            Height = chain.Heaviest.Height,
            Weight = chain.Heaviest.TotalWeight,
            Tip = chain.Heaviest.HeaderHash.ToString(),
            Blocks = chain.Blocks,
            Difficulty = chain.Heaviest.NextDifficulty,
            IterationsPerSecond = chain.Heaviest.NextIterationsPerSecond,
            Sync = Describe(facts.Sync!),
            Rates = new RateStatus(facts.BlockRate),
        };
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
            [.. summary.Tips.OrderByDescending(t => t.TotalWeight)
                .Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            [])
        {
            Reason = reason,
            Height = best?.Height,
            Weight = best?.TotalWeight,
            Tip = best?.HeaderHash.ToString(),
            Blocks = summary.Blocks,
            Difficulty = best?.Difficulty,
            IterationsPerSecond = best?.IterationsPerSecond,
            Sync = target is null
                ? null
                : new SyncStatus("none", 0, 0, 0, 0, target.Height, target.Weight, target.HeaderHash.ToString(), 0, ""),
        };
    }

    /// <summary>
    /// State and reason. A private network has no peers and lacks none: farmers and timelords of this node make it one, or a target of
    /// no peers at all. An introducer waits for others: having none is its ordinary state.
    /// </summary>
    public static (NodeState State, StatusReason? Reason) Judge(StatusFacts facts)
    {
        if (facts.IsStopping)
            return (NodeState.Stopping, null);
        if (facts.Sync is not { } sync)
            return (facts.Peers.Count > 0 || facts.Has(Role.Introducer) ? NodeState.Idle : NodeState.NoPeers, null);
        var isOfItsOwn = !facts.WantsPeers
            || facts.Peers.Any(p => p.LocalRole == Role.FullNode && p.PeerRole is Role.Farmer or Role.Timelord);
        return sync.State switch
        {
            SyncState.NoPeers when isOfItsOwn => (NodeState.Synced, null),
            SyncState.NoPeers => (NodeState.NoPeers, null),
            SyncState.Collecting => (NodeState.Collecting, null),
            SyncState.Synced => (NodeState.Synced, null),
            SyncState.Stalled => (NodeState.Stalled, sync.Reason),
            _ => (NodeState.Syncing, null),
        };
    }

    /// <summary>no_peers, collecting, syncing (phase, %), stalled (why), synced (age of tip).</summary>
    private static string Line(NodeState state, StatusReason? reason, SyncReport sync, ulong tipTimestamp, DateTimeOffset now) =>
        state switch
        {
            NodeState.Stalled => $"stalled ({StatusSentence.Brief(reason, sync.Detail)})",
            NodeState.Synced => $"synced (tip {Age(tipTimestamp, now)} old)",
            NodeState.Syncing => string.Create(CultureInfo.InvariantCulture, $"syncing ({PhaseName(sync)}, {Percent(sync):0} %)"),
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
            StatusSentence.Brief(sync.Reason, sync.Detail));

    /// <summary>The phase of a sync in one word.</summary>
    public static string PhaseName(SyncReport sync) => sync.State switch
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

    private static PeerStatus Describe(PeerConnection peer) =>
        new(
            RoleNames.Of(peer.PeerRole),
            RoleNames.Of(peer.LocalRole),
            peer.RemoteHost,
            peer.RemotePort,
            peer.AnnouncedPort,
            peer.PeerNodeId.ToString(),
            peer.IsOutbound ? "outbound" : "inbound",
            peer.Age.TotalSeconds);

    private static string Age(ulong timestamp, DateTimeOffset now) =>
        Amounts.Duration(timestamp >= (ulong)now.ToUnixTimeSeconds() ? 0 : (double)now.ToUnixTimeSeconds() - timestamp);
}
