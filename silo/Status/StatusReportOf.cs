using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Status;

/// <summary>Makes the API's status of the facts. State, reason and sentence are those of every other view.</summary>
internal static class StatusReportOf
{
    public static StatusReport Node(StatusFacts facts)
    {
        var (state, reason) = StatusOf.Judge(facts);
        var report = new StatusReport(
            facts.Node,
            state,
            StatusSentence.Of(state, reason, facts.Sync?.Detail ?? ""),
            facts.Network.NetworkId,
            ProgramVersion.Text,
            facts.Uptime.TotalSeconds,
            [.. (facts.Chain?.Tips ?? []).OrderByDescending(tip => tip.TotalWeight).Select(tip => Tip(tip, facts.Now))],
            Roles(facts))
        {
            Reason = reason,
            Peers = facts.Peers.Count,
        };
        return facts.Chain is { } chain ? WithChain(report, facts, chain) : report;
    }

    private static StatusReport WithChain(StatusReport report, StatusFacts facts, ChainSnapshot chain) => report with
    {
        Tip = Tip(chain.Heaviest, facts.Now),
        Lca = Tip(chain.Lca, facts.Now),
        Blocks = chain.Blocks,
        Difficulty = chain.Heaviest.NextDifficulty,
        Ips = chain.Heaviest.NextIterationsPerSecond,
        NetspaceBytes = facts.Figures?.Newest?.Netspace,
        BlockTimeSeconds = facts.Figures?.Newest is { } newest ? newest.Seconds / newest.Blocks : null,
        BlockTimeTargetSeconds = facts.Network.Constants.BlockTimeTarget,
        BlocksToAdjustment = BlocksToAdjustment(facts.Network.Constants, chain.Heaviest.Height),
        Orphans = facts.Figures is { } figures ? new OrphanStatus(figures.Blocks, figures.Orphans, figures.OrphanRate) : null,
        Sync = facts.Sync is { } sync ? Sync(sync) : null,
        Rates = new RateStatus(facts.BlockRate),
    };

    /// <summary>The difficulty takes effect some blocks into each epoch but the first (CONSENSUS.md 9).</summary>
    public static uint BlocksToAdjustment(ConsensusConstants constants, uint height)
    {
        long epoch = constants.DifficultyEpoch, delay = constants.DifficultyDelay;
        var epochs = Math.Max(1, (long)Math.Ceiling((height + 1.0 - delay) / epoch));
        return (uint)((epochs * epoch) + delay - height);
    }

    private static StatusTip Tip(TipInfo tip, DateTimeOffset now) =>
        new(
            tip.Height,
            tip.HeaderHash.ToString(),
            tip.TotalWeight,
            tip.Timestamp,
            Math.Max(0, (now.ToUnixTimeMilliseconds() / 1000.0) - tip.Timestamp));

    private static SyncProgressStatus Sync(SyncReport sync)
    {
        var isUnderWay = sync.State == SyncState.Syncing;
        var left = Math.Max(0, sync.Total - sync.Done);
        return new SyncProgressStatus(StatusOf.PhaseName(sync), sync.Done, sync.Total, sync.PeersInUse)
        {
            Rate = isUnderWay && sync.PerSecond > 0 ? sync.PerSecond : null,
            SecondsLeft = isUnderWay && sync.PerSecond > 0 && sync.Total > 0 ? left / sync.PerSecond : null,
            Target = sync.TargetHash.Length > 0 ? new SyncTargetStatus(sync.TargetHeight, sync.TargetHash, sync.TargetWeight) : null,
        };
    }

    private static StatusRoles Roles(StatusFacts facts) => new()
    {
        FullNode = facts.FullNode is { } node
            ? new(
                facts.PeersOf(Role.FullNode),
                facts.Peers.Count(p => p.LocalRole == Role.FullNode && p.PeerRole == Role.FullNode),
                node.Farmers,
                node.Timelords,
                node.Unfinished)
            : null,
        Farmer = facts.Farmer is { } farmer
            ? new(facts.PeersOf(Role.Farmer), farmer.FullNodes, farmer.Harvesters, farmer.ProofsFound, farmer.HeadersSigned,
                farmer.ProofsPerChallenge)
            : null,
        Harvester = facts.Harvester is { } h
            ? new(facts.PeersOf(Role.Harvester), h.Farmers, h.Plots, h.Faults.Length, h.Duplicates.Length, h.Challenges, h.Proofs)
            : null,
        Timelord = facts.Timelord is { } t
            ? new(
                facts.PeersOf(Role.Timelord),
                t.FullNodes,
                t.Slots,
                t.BusySlots,
                t.IterationsPerSecond > 0 ? t.IterationsPerSecond : null,
                t.ProofsMade,
                t.Failures)
            : null,
        Introducer = facts.Has(Role.Introducer) ? new(facts.PeersOf(Role.Introducer)) : null,
    };
}
