using Chia.Consensus.Chain;
using Chia.Protocol.Primitives;
using Chia.Sync.Peers;

namespace Chia.Sync.Targets;

/// <summary>Which announced tip to go for: the heaviest claim that has not failed before (SYNC.md 7, item 3).</summary>
internal sealed class TargetSelection(SyncOptions options)
{
    /// <summary>The pause before a revival stops growing at about an hour.</summary>
    private const int MaxDoublings = 7;

    private readonly Dictionary<Bytes32, FailedTarget> _failed = [];
    private readonly Queue<Bytes32> _order = new();

    /// <summary>
    /// The heaviest tip worth a synchronisation, the earliest among equals; null if there is none. Peers whose last targets led nowhere
    /// come after all others: a claim costs nothing, so one connection gets in the way of honest targets once.
    /// </summary>
    /// <param name="peers">Whose tips.</param>
    /// <param name="own">Our chain.</param>
    /// <param name="now">The time.</param>
    /// <param name="except">A target to leave out.</param>
    public PotentialTip? Best(PeerTable peers, OwnTips own, TimeSpan now, Bytes32? except = null)
    {
        PotentialTip? best = null;
        var disappointments = int.MaxValue;
        foreach (var peer in peers.All)
        {
            if (peer.Tip is { } tip && tip.HeaderHash != except && IsBetter(peer, tip) && IsWanted(tip, own) && MayTry(tip, now))
                (best, disappointments) = (tip, peer.Disappointments);
        }

        return best;

        bool IsBetter(PeerState peer, PotentialTip tip) =>
            best is null || peer.Disappointments < disappointments
            || (peer.Disappointments == disappointments && tip.Weight > best.Weight);
    }

    /// <summary>Worth a synchronisation of its own, rather than near-sync.</summary>
    public bool IsWanted(PotentialTip tip, OwnTips own) =>
        options.NearSync.Decide(own.LowestHeight, own.Weight, tip.Height, tip.Weight, tip.OutOfReach) == DisconnectedAction.Synchronise;

    /// <summary>The target may be tried on this peer's word.</summary>
    public bool MayTry(PotentialTip tip, TimeSpan now) =>
        !_failed.TryGetValue(tip.HeaderHash, out var failed)
        || (!failed.Condemned && now >= failed.RetryAt
            && (failed.Ours || !failed.Peers.Contains(tip.Peer) || now >= failed.AskAgainAt));

    /// <summary>No copy of this block can be valid.</summary>
    public bool IsCondemned(Bytes32 target) => _failed.TryGetValue(target, out var failed) && failed.Condemned;

    /// <summary>When the next failure may be retried.</summary>
    public TimeSpan? NextRetry(TimeSpan now)
    {
        TimeSpan? next = null;
        foreach (var failed in _failed.Values.Where(failed => !failed.Condemned))
        {
            var at = failed.RetryAt > now ? failed.RetryAt : failed.AskAgainAt;
            if (at > now && (next is null || at < next))
                next = at;
        }

        return next;
    }

    /// <summary>What a target was given up for has come: it need not wait any longer.</summary>
    public void Revive(Bytes32 target, TimeSpan now)
    {
        if (_failed.TryGetValue(target, out var failed) && failed is { Ours: true } && failed.RetryAt > now)
            _failed[target] = failed with { RetryAt = now };
    }

    /// <summary>Remembers a failure, with every peer that vouched for the target.</summary>
    public void Remember(Bytes32 target, TargetFailure failure, bool condemned, TimeSpan now, IEnumerable<ConnectionId> announcers)
    {
        if (!_failed.TryGetValue(target, out var failed))
        {
            _order.Enqueue(target);
            if (_order.Count > options.FailedTargets)
                _failed.Remove(_order.Dequeue());
            failed = new FailedTarget(false, [], false, 0, now, null);
        }

        failed.Peers.UnionWith(announcers);
        var ours = failure is TargetFailure.Local or TargetFailure.TooSlow or TargetFailure.Overtaken;
        var doublings = 1 << Math.Min(failed.Failures, MaxDoublings);
        var pause = failure == TargetFailure.Overtaken ? options.SilenceBackoff * doublings
            : ours ? options.LocalRetry
            : options.RevivePause * (doublings - 1);
        _failed[target] = failed with
        {
            Condemned = failed.Condemned || condemned,
            Ours = ours,
            Failures = failed.Failures + 1,
            RetryAt = now + pause,
            AskAgainAt = failure == TargetFailure.Unanswered ? now + (options.AskAgainPause * doublings) : null,
        };
    }
}

/// <summary>A target that led nowhere.</summary>
/// <param name="Condemned">Its hash-covered parts are invalid: no copy of it is ever tried again.</param>
/// <param name="Peers">Who had announced it; an announcement by another peer revives it unless it is condemned.</param>
/// <param name="Ours">The last failure was no fault of its announcers: it may be tried again on their word.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="RetryAt">Not to be tried before.</param>
/// <param name="AskAgainAt">From then on those who had announced it may be asked again; null if they may not.</param>
internal sealed record FailedTarget(
    bool Condemned, HashSet<ConnectionId> Peers, bool Ours, int Failures, TimeSpan RetryAt, TimeSpan? AskAgainAt);

/// <summary>Why a target was dropped.</summary>
public enum TargetFailure
{
    /// <summary>The announced copy failed the context-free check.</summary>
    InvalidTip,

    /// <summary>Every peer that backed it backed a false chain.</summary>
    FalseChain,

    /// <summary>Its chain breaks a rule.</summary>
    InvalidChain,

    /// <summary>Its verified weight is not above ours.</summary>
    NotHeavier,

    /// <summary>Nobody answered for it, or nobody correctly.</summary>
    Unanswered,

    /// <summary>Its announcers let us wait for its hash list while another target waits; taken up again after a pause.</summary>
    Overtaken,

    /// <summary>Its headers or blocks only trickle in while another target waits; set aside for a while.</summary>
    TooSlow,

    /// <summary>A fault of ours (<see cref="FailureScope.Local"/>).</summary>
    Local,
}
