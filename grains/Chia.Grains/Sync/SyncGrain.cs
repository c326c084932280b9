using Chia.Consensus.Chain;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Chain;
using Chia.Grains.Clusters;
using Chia.Grains.Events;
using Chia.Grains.FullNode;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Grains.Work;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync;
using Chia.Sync.Machine;
using Chia.Sync.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Chia.Grains.Sync;

/// <summary>
/// The shell around <see cref="SyncMachine"/>: feeds it what happens and carries out what it wants. Its turns are short; checks and
/// commits run elsewhere and come back as events.
/// </summary>
[Reentrant] // Its turns end without waiting; what they started comes back as events.
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class SyncGrain : Grain, ISyncGrain
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Between attempts at work that the cluster could not do just now.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a new activation asks the directory for peers: that may be as new, and hears of its connections from the gateways, which
    /// tell it every second and are forgotten after a quarter of this.
    /// </summary>
    private static readonly TimeSpan RelearnTime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RelearnPause = TimeSpan.FromSeconds(1);

    /// <summary>Announcers named in one log line.</summary>
    private const int MostNamed = 5;

    private readonly NetworkDefinition _network;
    private readonly NearSyncWindow _nearSync;
    private readonly IBlockStoreProvider _stores;
    private readonly IValidators _validators;
    private readonly TimeProvider _time;
    private readonly ISiloStatusOracle _silos;
    private readonly ILogger<SyncGrain> _log;
    private readonly EventTap? _events;
    private readonly Dictionary<ConnectionId, KnownPeer> _peers = [];
    private readonly ClockDoubt _clock = new();
    private readonly MonotonicClock _uptime;
    private IBlockchainGrain _chain = null!;
    private SyncMachine _machine = null!;
    private SyncJournal _journal = null!;
    private SyncWork _work = null!;
    private SyncWatch _watch = null!;
    private TimeSpan _relearnAgain;
    private bool _stopped;

    /// <summary>Orleans makes it, with what the silo offers.</summary>
    public SyncGrain(
        NetworkDefinition network,
        IOptions<FullNodeOptions> fullNode,
        IBlockStoreProvider stores,
        IValidators validators,
        TimeProvider time,
        ISiloStatusOracle silos,
        ILogger<SyncGrain> log,
        EventTap? events = null)
    {
        _events = events;
        _network = network;
        _nearSync = fullNode.Value.NearSync;
        _stores = stores;
        _validators = validators;
        _time = time;
        _silos = silos;
        _log = log;
        _uptime = new MonotonicClock(time);
    }

    private TimeSpan Now => _uptime.Now;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _chain = GrainFactory.GetGrain<IBlockchainGrain>(NodeKey.Of(this.Node()));
        var snapshot = await _chain.GetSnapshot();
        var store = await _stores.Get(this.Node(), cancellationToken);
        _journal = new SyncJournal(store, await store.GetWriter(cancellationToken), DeactivateOnIdle, _time, _log);
        _work = new SyncWork(_chain, _validators, _network.Constants, _time, _log);
        var options = new SyncOptions { NearSync = _nearSync, Validators = () => _validators.Count };
        _machine = new SyncMachine(options, _network.Genesis().HeaderHash(), OwnTipsOf(snapshot), new Random());
        if (await _journal.Load() is var (checkpoint, stored))
            Feed(new SyncEvent.Resume(Now, checkpoint, stored));
        _watch = new SyncWatch(_events, this.Node(), _time);
        await Relearn();
        Background(LiveWithTheChain);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval) { KeepAlive = true, Interleave = true });
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Work under way ends where it waits next; its answers would go to a machine that nobody asks any more.
        _stopped = true;
        _work.Forget();
        try
        {
            await _journal.Flush().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It costs a download.
        }
    }

    /// <inheritdoc/>
    public Task PeerConnected(PeerConnection peer)
    {
        _peers[peer.ConnectionId] = new KnownPeer(peer, GrainFactory.GetGrain<IPeerGrain>(peer.GrainKey()));
        _clock.Connected(peer.ConnectionId);
        Feed(new SyncEvent.PeerConnected(Now, peer.ConnectionId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PeerLost(ConnectionId connectionId)
    {
        _peers.Remove(connectionId);
        _clock.Gone(connectionId);
        Feed(new SyncEvent.PeerGone(Now, connectionId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Announced(ConnectionId connectionId, BlockData block, TipKind kind)
    {
        if (_peers.ContainsKey(connectionId))
            Feed(new SyncEvent.TipAnnounced(Now, connectionId, block.Block, kind));
        else if (Now >= _relearnAgain)
            Background(() => AnnouncedByUnknown(connectionId, block, kind));
        return Task.CompletedTask;
    }

    /// <summary>That it is connected was told to us while we could not be reached; or it is just gone.</summary>
    private async Task AnnouncedByUnknown(ConnectionId connectionId, BlockData block, TipKind kind)
    {
        await Relearn();
        if (_peers.ContainsKey(connectionId))
            Feed(new SyncEvent.TipAnnounced(Now, connectionId, block.Block, kind));
    }

    /// <inheritdoc/>
    public Task TooFarAhead(ConnectionId connectionId, ulong timestamp)
    {
        _clock.Refused(connectionId, _work.Ahead(timestamp));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Answer(PeerConnection peer, PeerMessage message)
    {
        if (!_peers.ContainsKey(peer.ConnectionId))
            return Task.CompletedTask;
        switch (message.Message)
        {
            case AllHeaderHashesMessage m:
                Feed(new SyncEvent.HeaderHashesArrived(Now, peer.ConnectionId, m.HeaderHashes));
                break;
            case HeaderBlocksMessage m:
                Feed(new SyncEvent.HeadersArrived(Now, peer.ConnectionId, m.TipHeaderHash, m.HeaderBlocks));
                break;
            case SyncBlocksMessage m:
                Feed(new SyncEvent.BlocksArrived(Now, peer.ConnectionId, m.TipHeaderHash, m.Blocks));
                break;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AnswerProgress(ConnectionId connectionId)
    {
        Feed(new SyncEvent.AnswerProgress(Now, connectionId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OwnTipChanged(ChainSnapshot chain)
    {
        _clock.Moved();
        Feed(new SyncEvent.OwnTipChanged(Now, OwnTipsOf(chain)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SyncReport> GetReport() => Task.FromResult(Report());

    private SyncReport Report() => SyncReports.Of(_machine.Status(Now), _clock.Behind);

    /// <summary>
    /// All that it does it asks of the chain, which may live elsewhere: while silos come, a grain is placed among those that are known. It
    /// moves before it has begun anything. Where there is one silo there is nothing to ask.
    /// </summary>
    private async Task LiveWithTheChain()
    {
        if (_silos.GetApproximateSiloStatuses(onlyActive: true).Count <= 1)
            return;
        var chain = await GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(_chain);
        if (chain is null || chain.Equals(GrainContext.Address.SiloAddress))
            return;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, chain);
        this.MigrateOnIdle();
    }

    /// <summary>Whoever is connected was told to an earlier activation: without them this one would know nobody (CLUSTER 2).</summary>
    private async Task Relearn()
    {
        _relearnAgain = Now + RelearnPause;
        var directory = GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(this.Node(), Role.FullNode));
        foreach (var peer in await directory.GetConnections(Role.FullNode))
        {
            if (!_peers.ContainsKey(peer.ConnectionId))
                await PeerConnected(peer);
        }
    }

    private Task Tick(CancellationToken cancellation)
    {
        if (Now < RelearnTime && Now >= _relearnAgain)
            Background(Relearn);
        Feed(new SyncEvent.Tick(Now));
        _journal.Tick();
        _watch.Look(Report());
        return Task.CompletedTask;
    }

    private void Feed(SyncEvent e)
    {
        if (_stopped)
            return;
        foreach (var effect in _machine.Handle(e))
            CarryOut(effect);
    }

    /// <summary>Starts what an effect wants; what takes time goes on in later turns.</summary>
    private void CarryOut(SyncEffect effect)
    {
        switch (effect)
        {
            case SyncEffect.RequestHeaderHashes r:
                Send(r.Peer, new RequestAllHeaderHashesMessage(r.Tip));
                break;
            case SyncEffect.RequestHeaders r:
                Send(r.Peer, new RequestHeaderBlocksMessage(r.Tip, Heights(r.First, r.Count)));
                break;
            case SyncEffect.RequestBlocks r:
                Send(r.Peer, new RequestSyncBlocksMessage(r.Tip, Heights(r.First, r.Count)));
                break;
            case SyncEffect.CheckTarget c:
                Background(async () => Feed(await _work.CheckTarget(c, () => Now)), c);
                break;
            case SyncEffect.FindForkPoint f:
                Background(async () => Feed(await _work.FindForkPoint(f, () => Now)), f);
                break;
            case SyncEffect.CheckHeaders c:
                var verified = _machine.VerifiedRecords;
                Background(async () => Feed(await _work.CheckHeaders(c, verified, () => Now)), c);
                break;
            case SyncEffect.StoreBlocks s:
                _work.CheckAhead(s.Blocks);
                _journal.Store(s.First, s.Blocks);
                break;
            case SyncEffect.ApplyBlocks a:
                Background(() => Apply(a), a);
                break;
            case SyncEffect.Blame b:
                Penalise(b);
                break;
            case SyncEffect.SaveCheckpoint s:
                _journal.Save(s.Checkpoint);
                break;
            case SyncEffect.ClearSyncCollection:
                _work.Forget();
                _journal.Clear();
                break;
            case SyncEffect.TargetDropped d:
                SyncLog.TargetDropped(_log, d.Height, d.Target, d.Failure, d.Detail ?? "", NamesOf(d.Announcers));
                if (d.Failure == TargetFailure.Local && _work.TooLate is { } ahead)
                    d.Announcers.ToList().ForEach(peer => _clock.Refused(peer, ahead));
                break;
            case SyncEffect.Finished f:
                SyncLog.Finished(_log, f.Outcome);
                Background(() => Finish(f));
                break;
        }
    }

    /// <summary>Runs work in turns of its own. A fault of ours is an answer too: nobody is blamed and the target is set aside.</summary>
    private void Background(Func<Task> work, SyncEffect? question = null) => _ = Guarded(work, question);

    private async Task Guarded(Func<Task> work, SyncEffect? question)
    {
        try
        {
            await work();
        }
        catch (ChecksForgottenException)
        {
            // The machine wants no answer any more.
        }
        catch (Exception error) when (error is StoreRefusesException || ClusterMoves.Explains(error))
        {
            // The cluster is moving, or stopping, or the store is full: the question stays open and is asked again. Nothing that was
            // stored for a restart is given up. That the store refuses was said by the chain, once.
            if (error is not StoreRefusesException)
                SyncLog.WorkPostponed(_log, error.Message);
            if (_stopped)
                return;
            await Task.Delay(RetryPause, _time);
            Background(work, question);
        }
        catch (Exception error)
        {
            // Where this activation has ended meanwhile, the next one does its work.
            if (_stopped)
                return;
            SyncLog.WorkFailed(_log, error);
            if (question is not null)
                Feed(SyncWork.LocalFailure(question, Now, error.Message));
        }
    }

    private async Task Apply(SyncEffect.ApplyBlocks effect)
    {
        var (applied, chain) = await _work.Apply(effect, () => Now);
        if (_work.TooLate is null)
            _clock.Moved();
        _journal.Applied(applied.Through);
        Feed(new SyncEvent.OwnTipChanged(Now, OwnTipsOf(chain)));
        Feed(applied);
    }

    private async Task Finish(SyncEffect.Finished finished)
    {
        var leftovers = finished.Leftovers
            .Where(tip => _peers.ContainsKey(tip.Peer))
            .Select(tip => new LeftoverTip(_peers[tip.Peer].Connection, new BlockData(tip.Block)))
            .ToArray();
        await GrainFactory.GetGrain<IFullNodeGrain>(NodeKey.Of(this.Node())).SyncFinished(leftovers);
    }

    private void Send(ConnectionId peer, Message message)
    {
        var sent = OutboundMessage.Of(Role.FullNode, message);
        Background(async () =>
        {
            // Where the way to the peer is gone with a silo, it is found again within seconds; the peer is not to blame for them.
            if (_peers.TryGetValue(peer, out var known) && !await known.Grain.Send(sent))
                throw new TimeoutException($"{known.Connection.Describe()} cannot be reached just now");
        });
    }

    private void Penalise(SyncEffect.Blame blame)
    {
        if (!_peers.TryGetValue(blame.Peer, out var known))
            return;
        var weighed = new Blame(blame.Kind, $"{blame.Reason}: {blame.Detail}");
        Background(() => known.Grain.Penalise(weighed));
    }

    /// <summary>A few of them: whoever wants to be named a thousand times is not.</summary>
    private string NamesOf(IReadOnlyList<ConnectionId> peers)
    {
        var known = peers.Where(_peers.ContainsKey).Select(p => _peers[p].Connection.Describe()).ToList();
        return known.Count switch
        {
            0 => "nobody who is still connected",
            <= MostNamed => string.Join(", ", known),
            _ => $"{string.Join(", ", known.Take(MostNamed))} and {known.Count - MostNamed} more",
        };
    }

    private static System.Collections.Immutable.ImmutableArray<uint> Heights(uint first, int count)
    {
        var heights = System.Collections.Immutable.ImmutableArray.CreateBuilder<uint>(count);
        for (var i = 0; i < count; i++)
            heights.Add(first + (uint)i);
        return heights.MoveToImmutable();
    }

    private static OwnTips OwnTipsOf(ChainSnapshot snapshot) =>
        new(snapshot.Heaviest.TotalWeight, snapshot.Heaviest.Height, snapshot.LowestTipHeight());

    /// <summary>A connected full node, and its grain: to look a grain up by its kind costs more than to call it.</summary>
    private sealed record KnownPeer(PeerConnection Connection, IPeerGrain Grain);
}
