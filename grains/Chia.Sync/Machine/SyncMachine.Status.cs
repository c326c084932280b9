using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Sync.Status;

namespace Chia.Sync.Machine;

// What to tell whoever asks.
public sealed partial class SyncMachine
{
    /// <summary>The state of affairs at a time on the events' clock.</summary>
    public SyncStatus Status(TimeSpan now)
    {
        var (stall, detail) = FindStall(now);
        var (done, total) = Progress();
        return new SyncStatus
        {
            State = StateNow(stall),
            Phase = _phase,
            Stall = stall,
            StallDetail = detail,
            Done = done,
            Total = total,
            Rate = _phase is SyncPhase.Headers or SyncPhase.Blocks ? _rate.At(now) : 0,
            TargetHash = _target?.Hash,
            TargetHeight = _target?.Height ?? 0,
            TargetWeight = _target?.Weight ?? 0,
            OpenRequests = _requests.Count,
            Peers = [.. _peers.All
                .Where(p => p.Open > 0 || p.Answered)
                .Select(p => new PeerProgress(p.Id, p.Open))],
        };
    }

    /// <summary>Records of the headers verified so far, ascending; what a resumed check of headers builds on.</summary>
    public IReadOnlyList<BlockRecord> VerifiedRecords => _verified.Records;

    /// <summary>Headers and blocks held in memory.</summary>
    internal int Held => (_target?.Headers?.Held ?? 0) + (_target?.Blocks?.Held ?? 0);

    private SyncState StateNow(StatusReason? stall)
    {
        if (_peers.All.Count == 0)
            return SyncState.NoPeers;
        return _phase switch
        {
            SyncPhase.Idle => SyncState.Synced,
            SyncPhase.Collecting => SyncState.Collecting,
            _ when IsOnlyClaimed() => SyncState.Synced,
            _ => stall is null ? SyncState.Syncing : SyncState.Stalled,
        };
    }

    /// <summary>
    /// Somebody claims a better chain and has shown nothing of it, while others have no more than we: that is no reason to be called
    /// behind (DECISIONS 19).
    /// </summary>
    private bool IsOnlyClaimed() =>
        _own.Height > 0
        && _target is { ProvenWeight: null } target
        && (target.Headers is not { } headers || headers.Committed == target.ForkHeight)
        && _peers.All.Any(p => p is { Excluded: false, HasAnnounced: true } && (p.Tip is not { } tip || tip.Weight <= _own.Weight));

    private (uint Done, uint Total) Progress() => _target switch
    {
        { Headers: { } headers } target => (headers.Committed - target.ForkHeight, target.Height - target.ForkHeight),
        { Blocks: { } blocks } target => (blocks.Committed - target.ForkHeight, target.Height - target.ForkHeight),
        _ => (0, 0),
    };

    private (StatusReason? Reason, string Detail) FindStall(TimeSpan now)
    {
        if (_target is not { } target || (now - _lastProgress < _options.StallAfter && target.ForgiveAt is null))
            return (null, "");
        if (_question is not null)
            return (StatusReason.ValidationSlow, $"{_inQuestion} items since {(now - _lastProgress).TotalSeconds:F0} s");
        if (_requests.Count > 0)
        {
            var since = (now - _lastProgress).TotalSeconds;
            return (StatusReason.PeersDoNotAnswer, $"{_requests.Count} requests open, last answer {since:F0} s ago");
        }

        if ((target.Headers?.FirstMissing ?? target.Blocks?.FirstMissing) is not { } missing)
            return (StatusReason.PeersDoNotAnswer, $"no peer answers for {target.Hash}");
        return (StatusReason.PeersDoNotAnswer, $"no peer serves height {missing}");
    }
}
