using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Targets;
using Chia.Testing;

namespace Chia.Sync.Tests.Support;

/// <summary>A machine fed by hand, for tests that say what happens event by event.</summary>
internal sealed class ScriptedMachine
{
    public ScriptedMachine(VectorChain chain, int own = 1, SyncOptions? options = null)
    {
        Chain = chain;
        Tips = TipsAt(own - 1);
        Machine = new SyncMachine(options ?? new SyncOptions(), chain.Hashes[0], Tips, new Random(1));
    }

    public VectorChain Chain { get; }

    public SyncMachine Machine { get; }

    public OwnTips Tips { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>Effects of the last event.</summary>
    public IReadOnlyList<SyncEffect> Last { get; private set; } = [];

    /// <summary>All effects so far.</summary>
    public List<SyncEffect> All { get; } = [];

    public IEnumerable<SyncEffect.Blame> Blames => All.OfType<SyncEffect.Blame>();

    public OwnTips TipsAt(int height) => new(Chain.Blocks[height].Weight, (uint)height, (uint)Math.Max(0, height - 2));

    public T The<T>() => Assert.Single(Last.OfType<T>());

    public T Latest<T>() => All.OfType<T>().Last();

    public void Do(Func<TimeSpan, SyncEvent> e)
    {
        Last = Machine.Handle(e(Now));
        All.AddRange(Last);
    }

    public void Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        Do(now => new SyncEvent.Tick(now));
    }

    public void Connect(PeerName peer) => Do(now => new SyncEvent.PeerConnected(now, peer));

    public void Announce(PeerName peer, FullBlock? block = null, TipKind kind = TipKind.OutOfReach) =>
        Do(now => new SyncEvent.TipAnnounced(now, peer, block ?? Chain.Tip, kind));

    public void Passes() => Do(now => new SyncEvent.TargetChecked(now, Latest<SyncEffect.CheckTarget>().Question, null, null));

    public void Fails(FailureScope scope) =>
        Do(now => new SyncEvent.TargetChecked(now, Latest<SyncEffect.CheckTarget>().Question, scope, "rule"));

    public void Hashes(PeerName peer, IReadOnlyList<Bytes32>? hashes = null) => Do(now => new SyncEvent.HeaderHashesArrived(now, peer,
        hashes ?? Chain.Hashes));

    public void Fork(uint? height) => Do(now => new SyncEvent.ForkPointFound(now, Latest<SyncEffect.FindForkPoint>().Question, height));

    public void Headers(PeerName peer, uint first, int count, VectorChain? from = null) =>
        Do(now => new SyncEvent.HeadersArrived(now, peer, Chain.TipHash,
            [.. (from ?? Chain).Blocks.Skip((int)first).Take(count).Select(b => b.HeaderBlock)]));

    public void Blocks(PeerName peer, uint first, int count) =>
        Do(now => new SyncEvent.BlocksArrived(now, peer, Chain.TipHash, [.. Chain.Blocks.Skip((int)first).Take(count)]));

    public void SetOwn(int height)
    {
        Tips = TipsAt(height);
        Do(now => new SyncEvent.OwnTipChanged(now, Tips));
    }

    /// <summary>Answers the open header check: all pass, or those before <paramref name="failAt"/>.</summary>
    public void HeadersPass(uint? failAt = null, FailureScope scope = FailureScope.Copy)
    {
        var check = Latest<SyncEffect.CheckHeaders>();
        var count = failAt is { } height ? (int)(height - check.First) : check.Headers.Count;
        var records = Enumerable.Range((int)check.First, count).Select(h => VectorChain.Record(Chain.Blocks[h], Chain.Hashes[h])).ToList();
        Do(now => new SyncEvent.HeadersChecked(now, check.Question, records, failAt is null ? null : scope, "rule"));
    }

    /// <summary>Answers the open application of blocks: all accepted, or those before <paramref name="failAt"/>.</summary>
    public void BlocksPass(uint? failAt = null, FailureScope scope = FailureScope.Copy)
    {
        var apply = Latest<SyncEffect.ApplyBlocks>();
        var through = failAt - 1 ?? apply.First + (uint)apply.Blocks.Count - 1;
        if (through >= apply.First)
            SetOwn((int)through);
        Do(now => new SyncEvent.BlocksApplied(now, apply.Question, through, failAt is null ? null : scope, "rule"));
    }

    /// <summary>Up to the header phase with one peer that announced the chain's tip.</summary>
    public void StartHeaders(params PeerName[] peers)
    {
        foreach (var peer in peers)
            Connect(peer);
        foreach (var peer in peers)
            Announce(peer);
        Passes();
        // A second of latency, as is assumed of those never measured: so the ranges are spread.
        Wait(1);
        Hashes(Latest<SyncEffect.RequestHeaderHashes>().Peer);
        Fork((uint)Tips.Height);
    }

    /// <summary>Answers every open header request well until blocks are asked for.</summary>
    public void FinishHeaders()
    {
        var answered = 0;
        while (Machine.Phase == SyncPhase.Headers)
        {
            var before = All.Count;
            foreach (var request in All.OfType<SyncEffect.RequestHeaders>().Skip(answered).ToList())
            {
                answered++;
                Headers(request.Peer, request.First, request.Count);
            }

            HeadersPass();
            Assert.True(All.Count > before || Machine.Phase != SyncPhase.Headers, "no header is asked for");
        }
    }
}
