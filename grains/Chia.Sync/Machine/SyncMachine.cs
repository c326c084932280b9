using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.HashLists;
using Chia.Sync.Peers;
using Chia.Sync.Ranges;
using Chia.Sync.Requests;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

/// <summary>
/// The synchronisation as a state machine: events in, effects out (SYNC.md 5 with the improvements of section 7). No clock, no I/O,
/// no tasks; randomness comes from the injected generator, so a run is repeated exactly by its seed and events. Not thread-safe: a grain's
/// turns are its lock.
/// </summary>
/// <remarks>
/// Who is believed: a header hash commits to a header, through its parent link to all ancestors. A hash list is only its senders'
/// claim until verified headers link it up to the target. So what fails against an unproven list is blamed on those who sent the list or
/// contradict themselves, never on one who merely disagrees with it.
/// </remarks>
public sealed partial class SyncMachine
{
    private readonly SyncOptions _options;
    private readonly Bytes32 _genesis;
    private readonly PeerTable _peers;
    private readonly PendingRequests _requests;
    private readonly TargetSelection _targets;
    private readonly VerifiedRecords _verified = new();
    private readonly RateMeter _rate = new();
    private readonly SupplyMeter _supply;
    private readonly LateLists _lateLists;
    private List<SyncEffect> _effects = [];
    private SyncPhase _phase;
    private SyncTarget? _target;
    private OwnTips _own;
    private long _questions;
    private long? _question;
    private int _inQuestion;
    private int _nextCheckpoint;
    private TimeSpan _now;
    private TimeSpan _collectUntil;
    private TimeSpan _lastProgress;
    private TimeSpan? _scheduled;

    /// <summary>An idle machine.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="genesis">Header hash of the network's first block.</param>
    /// <param name="own">Our chain now.</param>
    /// <param name="random">Seeded generator for ties among peers.</param>
    public SyncMachine(SyncOptions options, Bytes32 genesis, OwnTips own, Random random)
    {
        _options = options;
        _genesis = genesis;
        _own = own;
        _peers = new PeerTable(options, random);
        _requests = new PendingRequests(options);
        _targets = new TargetSelection(options);
        _supply = new SupplyMeter(options.SlowAfter, options.LeastPerSecond);
        _lateLists = new LateLists(options.MaxHashListLength);
    }

    /// <summary>The stage.</summary>
    internal SyncPhase Phase => _phase;

    /// <summary>Takes one event and says what is to be done.</summary>
    public IReadOnlyList<SyncEffect> Handle(SyncEvent e)
    {
        _effects = [];
        if (e.Now > _now)
            _now = e.Now;
        _supply.Pass(_now);
        Dispatch(e);
        Advance();
        _supply.Wait(_question is null && _phase is SyncPhase.Headers or SyncPhase.Blocks && _peers.All.Count > 0, _now);
        ScheduleNext();
        return _effects;
    }

    /// <summary>A phase begins that counts its items, for those who look (<see cref="RateMeter"/>) and to judge the peers (<see
    /// cref="SupplyMeter"/>).</summary>
    private void CountAnew()
    {
        _rate.Reset(_now);
        _supply.Reset();
    }

    private void Count(int items)
    {
        _rate.Add(_now, items);
        _supply.Add(items);
    }

    private void Dispatch(SyncEvent e)
    {
        switch (e)
        {
            case SyncEvent.PeerConnected connected:
                OnPeerConnected(connected);
                break;
            case SyncEvent.PeerGone gone:
                OnPeerGone(gone.Peer);
                break;
            case SyncEvent.TipAnnounced tip:
                OnTipAnnounced(tip);
                break;
            case SyncEvent.OwnTipChanged changed when changed.Tips.Weight >= _own.Weight:
                // Our chain never becomes lighter: news that says so was overtaken by younger news.
                _own = changed.Tips;
                break;
            case SyncEvent.TargetChecked result when TakeAnswer(result.Question):
                OnTargetChecked(result);
                break;
            case SyncEvent.HeaderHashesArrived list:
                OnHeaderHashes(list);
                break;
            case SyncEvent.AnswerProgress progress:
                _requests.Progressed(progress.Peer, _now);
                if (_requests.Of(progress.Peer).Count > 0)
                    _lastProgress = _now;
                break;
            case SyncEvent.ForkPointFound fork when TakeAnswer(fork.Question):
                OnForkPoint(fork);
                break;
            case SyncEvent.HeadersArrived headers:
                OnHeaders(headers);
                break;
            case SyncEvent.HeadersChecked result when TakeAnswer(result.Question):
                OnHeadersChecked(result);
                break;
            case SyncEvent.BlocksArrived blocks:
                OnBlocks(blocks);
                break;
            case SyncEvent.BlocksApplied result when TakeAnswer(result.Question):
                OnBlocksApplied(result);
                break;
            case SyncEvent.Resume resume:
                OnResume(resume);
                break;
            case SyncEvent.Tick:
                _scheduled = null;
                break;
        }
    }

    /// <summary>Whatever the state allows now: deadlines, transitions, new requests.</summary>
    private void Advance()
    {
        ExpireRequests();
        while (Step())
        {
        }
    }

    /// <summary>One step; true if the stage changed, so that another may follow at once.</summary>
    private bool Step()
    {
        // While we are applying, the result judges; otherwise our chain grew by itself.
        if (_target is { } target && _question is null && _own.Weight >= target.Weight)
        {
            Finish(SyncOutcome.CaughtUp);
            return true;
        }

        if (_target is { HadLiars: true } left && _question is null && IsForsaken(left))
        {
            Drop(TargetFailure.Unanswered, "who vouched for it lied, and another target waits");
            return true;
        }

        return _phase switch
        {
            SyncPhase.Idle => StepIdle(),
            SyncPhase.Collecting => StepCollecting(),
            SyncPhase.HeaderHashes => StepLists(),
            SyncPhase.Headers => StepHeaders(),
            SyncPhase.Blocks => StepBlocks(),
            _ => false,
        };
    }

    private void OnPeerConnected(SyncEvent.PeerConnected e)
    {
        var isNew = _peers.Find(e.Peer) is null;
        var peer = _peers.Add(e.Peer);
        if (isNew && e.IsToldAgain)
            peer.AskedBefore.ExpectStrangers(_now);
    }

    private void OnPeerGone(ConnectionId id)
    {
        AbandonRequestsOf(id);
        _target?.HashList?.Backers.Remove(id);
        _lateLists.Forget(id);
        _peers.Remove(id);
    }

    private void Enter(SyncPhase phase)
    {
        _phase = phase;
        _lastProgress = _now;
    }

    private long NewQuestion(int items = 1)
    {
        _question = ++_questions;
        _inQuestion = items;
        return _questions;
    }

    private bool TakeAnswer(long question)
    {
        if (_question != question)
            return false;
        _question = null;
        _lastProgress = _now;
        return true;
    }

    private void Emit(SyncEffect effect) => _effects.Add(effect);

    /// <summary>Reports a peer; for more than a trifle it is not used again.</summary>
    private void Blame(ConnectionId? who, BlameReason reason, BlameKind kind, string? detail)
    {
        if (who is not { } id)
            return;
        var peer = _peers.Find(id);
        if (peer is { Excluded: true })
            return;
        Emit(new SyncEffect.Blame(id, reason, kind, detail));
        if (kind == BlameKind.Unhelpful)
            return;

        // Who lied once is believed nothing: or every bad copy would cost the validation of a batch, one after the other.
        var inHand = _question is null ? 0 : _inQuestion;
        _target?.Headers?.RejectAll(id, inHand);
        _target?.Blocks?.RejectAll(id, inHand);
        if (peer is null)
            return;
        if (_target is { } target)
            target.HadLiars |= peer.Has(target.Hash);
        peer.Excluded = true;
        peer.Tip = null;
        AbandonRequestsOf(id);
        _target?.HashList?.Backers.Remove(id);
        _lateLists.Forget(id);
    }

    private void ScheduleNext()
    {
        var at = Earliest(_requests.NextDeadline, _target?.ForgiveAt);
        if (_phase == SyncPhase.Collecting)
            at = Earliest(at, _collectUntil);
        if (_phase == SyncPhase.Idle)
            at = Earliest(at, _targets.NextRetry(_now));
        if (at is null || at == _scheduled)
            return;
        _scheduled = at;
        Emit(new SyncEffect.ScheduleTick(at.Value));
    }

    private static TimeSpan? Earliest(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b ?? a : a;
}
