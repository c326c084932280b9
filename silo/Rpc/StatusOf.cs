using System.Globalization;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Silo.Hosting;
using Chia.Storage;

namespace Chia.Silo.Rpc;

/// <summary>Builds the status of a node that runs, of one without a chain, and of a store whose node does not run.</summary>
internal static class StatusOf
{
    private static readonly SyncStatus NoSync = new("none", 0, 0, 0, 0, 0, 0, "", 0, "");

    public static NodeStatus FullNode(
        NodeSettings settings, double uptime, ChainSnapshot chain, SyncReport sync, List<PeerStatus> peers, double rate, DateTimeOffset now)
    {
        var best = chain.Heaviest;
        return new NodeStatus(
            Summary(sync, best.Timestamp, now),
            settings.Network.NetworkId,
            true,
            uptime,
            best.Height,
            best.TotalWeight,
            best.HeaderHash.ToString(),
            [.. chain.Tips.Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            chain.Blocks,
            best.NextDifficulty,
            best.NextIterationsPerSecond,
            Describe(sync),
            peers,
            new RateStatus(rate));
    }

    public static NodeStatus WithoutChain(NodeSettings settings, double uptime, List<PeerStatus> peers) =>
        new(
            peers.Count == 0 ? "no_peers" : "running",
            settings.Network.NetworkId,
            true,
            uptime,
            0,
            0,
            "",
            [],
            0,
            0,
            0,
            NoSync,
            peers,
            new RateStatus(0));

    public static NodeStatus Stored(NetworkDefinition network, ChainSummary summary)
    {
        var best = summary.Tips.MaxBy(t => t.TotalWeight);
        var target = summary.SyncTarget;
        return new NodeStatus(
            target is null ? "not_running" : "not_running(sync interrupted)",
            network.NetworkId,
            false,
            0,
            best?.Height ?? 0,
            best?.TotalWeight ?? 0,
            best?.HeaderHash.ToString() ?? "",
            [.. summary.Tips.Select(t => new TipStatus(t.Height, t.HeaderHash.ToString(), t.TotalWeight, t.Timestamp))],
            summary.Blocks,
            best?.Difficulty ?? 0,
            best?.IterationsPerSecond ?? 0,
            target is null ? NoSync : NoSync with { TargetHeight = target.Height, TargetWeight = target.Weight, TargetHash = target.HeaderHash.ToString() },
            [],
            new RateStatus(0));
    }

    /// <summary>The one-line status: no_peers, collecting, syncing(phase, %), stalled(why), synced(age of tip).</summary>
    public static string Summary(SyncReport sync, ulong tipTimestamp, DateTimeOffset now) => sync.State switch
    {
        SyncState.NoPeers => "no_peers",
        SyncState.Collecting => "collecting",
        SyncState.Stalled => $"stalled({sync.Reason})",
        SyncState.Synced => $"synced({Age(tipTimestamp, now)})",
        _ => string.Create(CultureInfo.InvariantCulture, $"syncing({PhaseName(sync)}, {Percent(sync):0} %)"),
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

    private static string Age(ulong timestamp, DateTimeOffset now)
    {
        var age = TimeSpan.FromSeconds(Math.Max(0, now.ToUnixTimeSeconds() - (long)timestamp));
        return age.TotalHours >= 48 ? $"tip {age.TotalDays:0} d old" : $"tip {age:hh\\:mm\\:ss} old";
    }
}
