using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Checkpoints;
using Chia.Sync.Machine;
using Chia.Sync.Questions;
using Chia.Sync.Targets;
using Chia.Testing;

namespace Chia.Sync.Tests.Support;

/// <summary>
/// A machine among virtual peers on a virtual clock: carries out effects, delivers events in order of time, and asserts after every
/// step what must always hold.
/// Everything follows from the seed.
/// </summary>
internal sealed class VirtualNetwork
{
    private readonly PriorityQueue<(int Life, Func<TimeSpan, SyncEvent> Event, ConnectionId? Peer), (TimeSpan At, int Order)> _queue =
        new();
    private readonly Dictionary<ConnectionId, VirtualPeer> _peers = [];
    private readonly Dictionary<(ConnectionId Peer, Bytes32? Tip, RequestKind Kind, uint Height), TimeSpan> _asked = [];
    private readonly HashSet<ConnectionId> _excluded = [];
    private readonly List<FullBlock> _collection = [];
    private readonly Random _random;
    private readonly SyncOptions _options;
    private readonly VectorChain _genesisChain;
    private byte[]? _checkpoint;
    private SyncMachine _machine;
    private TimeSpan _now;
    private int _order;
    private int _life;

    public VirtualNetwork(int seed, SyncOptions options, VectorChain start, IEnumerable<VectorChain> truth)
    {
        _random = new Random(seed);
        _options = options;
        _genesisChain = start;
        Own = new OwnChain(start, truth);
        _machine = NewMachine();
    }

    public OwnChain Own { get; }

    public SyncMachine Machine => _machine;

    public TimeSpan Now => _now;

    public List<SyncEffect.Finished> Outcomes { get; } = [];

    public List<SyncEffect.Blame> Blames { get; } = [];

    public List<SyncEffect.TargetDropped> Dropped { get; } = [];

    public List<SyncEffect> Requests { get; } = [];

    public int HeadersChecked { get; private set; }

    public int BlocksRequested { get; private set; }

    public int Events { get; private set; }

    /// <summary>The last steps, for the message of a failing seed.</summary>
    public Queue<string> Trace { get; } = new();

    public int CheckpointsUsed { get; private set; }

    public void Connect(VirtualPeer peer, TimeSpan after, TipKind kind = TipKind.Disconnected, FullBlock? tip = null)
    {
        _peers[peer.Id] = peer;
        Post(after, now => new SyncEvent.PeerConnected(now, peer.Id), peer.Id);
        Announce(peer, tip ?? peer.Tip(), after + peer.Delay(), kind);
        Chatter(peer);
    }

    public void Announce(VirtualPeer peer, FullBlock tip, TimeSpan after, TipKind kind = TipKind.Disconnected) => Post(
        after,
        now => new SyncEvent.TipAnnounced(now, peer.Id, tip, Own.Accepted(tip.HeaderHash()) ? TipKind.Connected : kind),
        peer.Id);

    public void Disconnect(ConnectionId peer, TimeSpan after) => Post(after, now => new SyncEvent.PeerGone(now, peer), null);

    public void Post(TimeSpan after, Func<TimeSpan, SyncEvent> e, ConnectionId? peer = null) => _queue.Enqueue((_life, e, peer),
        (_now + after, _order++));

    /// <summary>Runs until the condition holds; fails if virtual time or events run out first.</summary>
    public void RunUntil(Func<bool> done, TimeSpan limit)
    {
        while (!done())
        {
            Assert.True(_queue.TryDequeue(out var next, out var when), $"nothing left to happen: {_machine.Status(_now)}");
            Assert.True(when.At < limit, $"not done after {limit}: {_machine.Status(_now)}");
            Assert.True(++Events < 200_000, $"busy without end: {_machine.Status(_now)}");
            _now = when.At;
            if (next.Life != _life || (next.Peer is { } peer && !_peers.ContainsKey(peer)))
                continue;
            Deliver(next.Event(_now));
        }
    }

    /// <summary>The process ends and starts again: what was not written is lost, peers have to connect anew.</summary>
    public void Restart(IEnumerable<VirtualPeer> peers)
    {
        _life++;
        _peers.Clear();
        _asked.Clear();
        _excluded.Clear();
        _machine = NewMachine();
        if (_checkpoint is { } bytes)
        {
            Assert.Equal(SyncCheckpointError.None, SyncCheckpointCodec.TryDecode(bytes, out var checkpoint));
            CheckpointsUsed++;
            Deliver(new SyncEvent.Resume(_now, checkpoint!, [.. _collection]));
        }

        foreach (var peer in peers)
            Connect(peer, TimeSpan.FromMilliseconds(_random.Next(3000)), TipKind.OutOfReach);
    }

    private SyncMachine NewMachine() => new(_options, _genesisChain.Hashes[0], Own.Tips, new Random(_random.Next()));

    private void Deliver(SyncEvent e)
    {
        if (e is SyncEvent.PeerGone gone)
            _peers.Remove(gone.Peer);
        ForgetAnswered(e);
        var effects = _machine.Handle(e);
        Note($"> {Short(e)}");
        foreach (var effect in effects)
            Note($"    {Short(effect)}");
        Assert.True(_machine.Held <= Math.Max(_options.HeaderWindow, _options.BlockWindow), "holds more than its window");
        foreach (var peer in _machine.Status(_now).Peers)
            Assert.True(peer.OpenRequests <= _options.RequestsPerPeer, "too many requests at one peer");
        foreach (var effect in effects)
            CarryOut(effect);
    }

    private void Note(string line)
    {
        Trace.Enqueue($"{_now.TotalSeconds:F3} {line}");
        if (Trace.Count > 300)
            Trace.Dequeue();
    }

    private string Short(SyncEffect effect) => effect switch
    {
        SyncEffect.CheckTarget q => $"CheckTarget {q.Block.Height} of weight {q.Block.Weight}",
        SyncEffect.CheckHeaders q => $"CheckHeaders {q.First}+{q.Headers.Count}",
        SyncEffect.ApplyBlocks q => $"ApplyBlocks {q.First}+{q.Blocks.Count}",
        SyncEffect.RequestHeaders r => $"RequestHeaders {Name(r.Peer)} {r.First}+{r.Count}",
        SyncEffect.RequestBlocks r => $"RequestBlocks {Name(r.Peer)} {r.First}+{r.Count}",
        SyncEffect.RequestHeaderHashes r => $"RequestHeaderHashes {Name(r.Peer)}",
        SyncEffect.Blame b => $"Blame {Name(b.Peer)} {b.Reason} {b.Kind} {b.Detail}",
        SyncEffect.TargetDropped d => $"TargetDropped {d.Height} {d.Failure} {d.Detail}",
        SyncEffect.Finished f => $"Finished {f.Outcome}",
        _ => effect.GetType().Name,
    };

    private string Short(SyncEvent e) => e switch
    {
        SyncEvent.HeadersArrived a => $"Headers from {Name(a.Peer)} {(a.Headers is [var one, ..] ? one.Challenge?.Height : null)}+{a.Headers.Count}",
        SyncEvent.BlocksArrived a => $"Blocks from {Name(a.Peer)} {(a.Blocks is [var one, ..] ? one.Height : null)}+{a.Blocks.Count}",
        SyncEvent.HeaderHashesArrived a => $"Hashes from {Name(a.Peer)} {a.Hashes.Count}",
        SyncEvent.HeadersChecked a => $"HeadersChecked {a.Records.Count} {a.Failure}",
        SyncEvent.BlocksApplied a => $"BlocksApplied through {a.Through} {a.Failure}",
        SyncEvent.ForkPointFound a => $"ForkPointFound {a.Height}",
        SyncEvent.TargetChecked a => $"TargetChecked {a.Failure}",
        SyncEvent.TipAnnounced a => $"TipAnnounced {Name(a.Peer)} {a.Block.Height} of weight {a.Block.Weight}",
        SyncEvent.PeerConnected a => $"PeerConnected {Name(a.Peer)}",
        SyncEvent.PeerGone a => $"PeerGone {a.Peer}",
        _ => e.GetType().Name,
    };

    private string Name(ConnectionId peer) => _peers.TryGetValue(peer, out var known) ? $"{peer}:{known.Behaviour}" : peer.ToString();

    private void CarryOut(SyncEffect effect)
    {
        switch (effect)
        {
            case SyncEffect.RequestHeaderHashes r:
                Ask(r, r.Peer, RequestKind.HeaderHashes, 0, 1);
                break;
            case SyncEffect.RequestHeaders r:
                Assert.True(r.Count is >= 1 and <= 25 && r.First >= 1 && r.First + r.Count - 1 <= TargetHeight(), "bad header range");
                Ask(r, r.Peer, RequestKind.Headers, r.First, r.Count);
                break;
            case SyncEffect.RequestBlocks r:
                Assert.True(r.Count is >= 1 and <= 5 && r.First >= 1 && r.First + r.Count - 1 <= TargetHeight(), "bad block range");
                Assert.Equal(TargetHeight(), _machine.VerifiedRecords[^1].Height);
                BlocksRequested += r.Count;
                Ask(r, r.Peer, RequestKind.Blocks, r.First, r.Count);
                break;
            case SyncEffect.ScheduleTick tick:
                Post(tick.At > _now ? tick.At - _now : TimeSpan.Zero, now => new SyncEvent.Tick(now));
                break;
            case SyncEffect.Blame blame:
                Blames.Add(blame);
                if (blame.Kind != BlameKind.Unhelpful)
                    _excluded.Add(blame.Peer);
                break;
            case SyncEffect.SaveCheckpoint save:
                _checkpoint = SyncCheckpointCodec.Encode(save.Checkpoint);
                break;
            case SyncEffect.StoreBlocks store:
                _collection.AddRange(store.Blocks);
                break;
            case SyncEffect.ClearSyncCollection:
                _checkpoint = null;
                _collection.Clear();
                break;
            case SyncEffect.TargetDropped dropped:
                Dropped.Add(dropped);
                // A target that was overtaken, or whose givers lied, is taken up again with a new round of questions.
                if (dropped.Failure is TargetFailure.Overtaken or TargetFailure.Unanswered)
                {
                    foreach (var key in _asked.Keys.Where(k => k.Tip == dropped.Target).ToList())
                        _asked.Remove(key);
                }

                break;
            case SyncEffect.Finished finished:
                Outcomes.Add(finished);
                break;
            default:
                Answer(effect);
                break;
        }
    }

    private uint TargetHeight() => _machine.Status(_now).TargetHeight;

    private void Ask(SyncEffect request, ConnectionId peerId, RequestKind kind, uint first, int count)
    {
        Requests.Add(request);
        Assert.False(_excluded.Contains(peerId), $"asked {peerId}, whom it had blamed");
        Assert.True(_peers.TryGetValue(peerId, out var peer), $"asked {peerId}, who is gone");
        // The last header of a range only pins its predecessor; it may be asked for again as the first of the next.
        for (var height = first; height < first + Math.Max(1, count - (kind == RequestKind.Headers ? 1 : 0)); height++)
        {
            var key = (peerId, _machine.TargetHash, kind, height);
            if (_asked.TryGetValue(key, out var before))
                Assert.True(_now - before >= _options.FirstAnswerLimit, $"asked {peerId} again for {kind} {height}");
            _asked[key] = _now;
        }

        if (peer!.Answer(request) is { } answer)
        {
            Post(peer.Delay(), answer, peerId);
            if (peer.Behaviour == PeerBehaviour.EverythingTwice)
                Post(peer.Delay(), answer, peerId);
        }
        else if (peer.Drops)
            Disconnect(peerId, peer.Delay());
    }

    /// <summary>
    /// A list may be asked for again after another was refuted, and so may what an answer left open, if it gave anything.
    /// </summary>
    private void ForgetAnswered(SyncEvent e)
    {
        switch (e)
        {
            case SyncEvent.HeaderHashesArrived list:
                _asked.Remove((list.Peer, _machine.TargetHash, RequestKind.HeaderHashes, 0));
                break;
            case SyncEvent.HeadersArrived { Headers.Count: > 1 } headers:
                ForgetRest(headers.Peer, RequestKind.Headers, headers.Headers[^1].Challenge!.Height);
                break;
            case SyncEvent.BlocksArrived { Blocks.Count: > 0 } blocks:
                ForgetRest(blocks.Peer, RequestKind.Blocks, blocks.Blocks[^1].Height + 1);
                break;
        }
    }

    private void ForgetRest(ConnectionId peer, RequestKind kind, uint from)
    {
        foreach (var key in _asked.Keys.Where(k => k.Peer == peer && k.Kind == kind && k.Height >= from).ToList())
            _asked.Remove(key);
    }

    private void Answer(SyncEffect effect)
    {
        var delay = TimeSpan.FromMilliseconds(_random.Next(1, 150));
        switch (effect)
        {
            case SyncEffect.CheckTarget q:
                Post(delay, now => new SyncEvent.TargetChecked(now, q.Question, Own.CheckTarget(q.Block), "test"));
                break;
            case SyncEffect.FindForkPoint q:
                // Another list is another claim: what peers answered about the last one does not bind them.
                foreach (var key in _asked.Keys.Where(k => k.Kind == RequestKind.Headers).ToList())
                    _asked.Remove(key);
                Post(delay, now => new SyncEvent.ForkPointFound(now, q.Question, Own.ForkPoint(q.First, q.Hashes)));
                break;
            case SyncEffect.CheckHeaders q:
                HeadersChecked += q.Headers.Count;
                var height = TargetHeight();
                Post(delay, now =>
                {
                    var (records, failure) = Own.CheckHeaders(q.First, q.Headers, height);
                    return new SyncEvent.HeadersChecked(now, q.Question, records, failure, "test");
                });
                break;
            case SyncEffect.ApplyBlocks q:
                Post(delay, now =>
                {
                    var (through, failure) = Own.Apply(q.First, q.Blocks);
                    Post(TimeSpan.Zero, at => new SyncEvent.BlocksApplied(at, q.Question, through, failure, "test"));
                    return new SyncEvent.OwnTipChanged(now, Own.Tips);
                });
                break;
            default:
                throw new InvalidOperationException(effect.ToString());
        }
    }

    private void Chatter(VirtualPeer peer)
    {
        for (var i = 0; i < 20 && peer.Unsolicited() is { } noise; i++)
            Post(TimeSpan.FromMilliseconds(_random.Next(20_000)), noise, peer.Id);
    }
}
