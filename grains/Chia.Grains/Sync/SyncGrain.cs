using Chia.Consensus.Chain;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Chain;
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

    /// <summary>
    /// How long a new activation asks the directory for peers: that may be as new, and hears of its connections from the gateways, which
    /// tell it every second and are forgotten after a quarter of this.
    /// </summary>
    private static readonly TimeSpan RelearnTime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RelearnPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a request to a peer that cannot be reached is tried again: after that the machine has asked another
    /// (<see cref="SyncOptions.FirstAnswerLimit"/>).</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(20);

    private readonly NetworkDefinition _network;
    private readonly NearSyncWindow _nearSync;
    private readonly IBlockStoreProvider _stores;
    private readonly IValidators _validators;
    private readonly TimeProvider _time;
    private readonly ISiloStatusOracle _silos;
    private readonly ILogger<SyncGrain> _log;
    private readonly EventTap? _events;
    private readonly SyncPeers _peers = new();

    /// <summary>Grains of connected peers that were sent something: to look one up by its kind costs more than to call it.</summary>
    private readonly Dictionary<ConnectionId, IPeerGrain> _peerGrains = [];
    private readonly ClockDoubt _clock = new();
    private readonly MonotonicClock _uptime;
    private readonly BackgroundWork _background;
    private IBlockchainGrain _chain = null!;
    private SyncMachine _machine = null!;
    private SyncJournal _journal = null!;
    private SyncWork _work = null!;
    private SyncWatch _watch = null!;
    private Task _relearning = Task.CompletedTask;
    private TimeSpan _relearnAgain;
    private bool _stopped;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
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
        _background = new BackgroundWork(time, log, (question, why) => Feed(SyncWork.LocalFailure(question, Now, why)));
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
        _ = _background.Start(MigrateToChain);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval) { KeepAlive = true, Interleave = true });
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Answers of work under way would go to a machine that nobody asks any more.
        _stopped = true;
        _background.Stop();
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
        Connect(peer, peer.IsToldAgain);
        return Task.CompletedTask;
    }

    private void Connect(PeerConnection peer, bool isToldAgain)
    {
        _peers.Add(peer);
        _clock.Connected(peer.ConnectionId);
        Feed(new SyncEvent.PeerConnected(Now, peer.ConnectionId, isToldAgain));
    }

    /// <inheritdoc/>
    public Task PeerLost(ConnectionId connectionId)
    {
        _peers.Remove(connectionId);
        _peerGrains.Remove(connectionId);
        _clock.Gone(connectionId);
        Feed(new SyncEvent.PeerGone(Now, connectionId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Announced(ConnectionId connectionId, BlockData block, TipKind kind)
    {
        if (_peers.Contains(connectionId))
            Feed(new SyncEvent.TipAnnounced(Now, connectionId, block.Block, kind));
        else if (Now >= _relearnAgain && _relearning.IsCompleted)
            _relearning = _background.Start(() => LearnAnnouncer(connectionId, block, kind));
        return Task.CompletedTask;
    }

    /// <summary>A peer that is not known announces a tip: the call that told of its connection found this grain away; or it is just
    /// gone.</summary>
    private async Task LearnAnnouncer(ConnectionId connectionId, BlockData block, TipKind kind)
    {
        await Relearn();
        if (_peers.Contains(connectionId))
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
        if (!_peers.Contains(peer.ConnectionId))
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
    /// Migrates this activation to the silo of the chain grain, which it calls all the time: grains of a node that are activated while
    /// silos are still joining may have been placed on different ones. Done before anything is begun; in a cluster of one silo there is
    /// nothing to do.
    /// </summary>
    private async Task MigrateToChain()
    {
        if (_silos.GetApproximateSiloStatuses(onlyActive: true).Count <= 1)
            return;
        var chain = await GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(_chain);
        if (chain is null || chain.Equals(GrainContext.Address.SiloAddress))
            return;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, chain);
        this.MigrateOnIdle();
    }

    /// <summary>Learns from the directory which peers are connected: an earlier activation was told of them, this one was not
    /// (CLUSTER 2).</summary>
    private async Task Relearn()
    {
        _relearnAgain = Now + RelearnPause;
        var directory = GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(this.Node(), Role.FullNode));
        foreach (var peer in await _peers.FindUnknown(() => directory.GetConnections(Role.FullNode)))
            Connect(peer, isToldAgain: true);
    }

    private Task Tick(CancellationToken cancellation)
    {
        if (Now < RelearnTime && Now >= _relearnAgain && _relearning.IsCompleted)
            _relearning = _background.Start(Relearn);
        Feed(new SyncEvent.Tick(Now));
        _journal.Tick();
        _watch.Observe(Report());
        return Task.CompletedTask;
    }

    private void Feed(SyncEvent e)
    {
        if (_stopped)
            return;
        foreach (var effect in _machine.Handle(e))
            CarryOut(effect);
    }

    /// <summary>Begins what an effect asks for; what takes time goes on in later turns.</summary>
    private void CarryOut(SyncEffect effect)
    {
        if (SyncRequests.Of(effect) is var (peer, message))
        {
            Send(peer, message);
            return;
        }

        switch (effect)
        {
            case SyncEffect.CheckTarget or SyncEffect.FindForkPoint or SyncEffect.CheckHeaders or SyncEffect.ApplyBlocks:
                if (effect is SyncEffect.CheckTarget begun)
                    SyncLog.Begun(_log, begun.Block.Height, begun.Target);
                _ = _background.Start(() => AnswerQuestion(effect), effect);
                break;
            case SyncEffect.StoreBlocks s:
                _work.CheckAhead(s.Blocks);
                _journal.Store(s.First, s.Blocks);
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
                NoteDropped(d);
                break;
            case SyncEffect.Finished f:
                SyncLog.Finished(_log, f.Outcome);
                _ = _background.Start(() => Finish(f));
                break;
            case SyncEffect.ScheduleTick:
                break; // The grain ticks more often than the machine asks for.
        }
    }

    /// <summary>Answers a question of the machine.</summary>
    private async Task AnswerQuestion(SyncEffect question)
    {
        switch (question)
        {
            case SyncEffect.CheckTarget c:
                Feed(await _work.CheckTarget(c, () => Now));
                break;
            case SyncEffect.FindForkPoint f:
                Feed(await _work.FindForkPoint(f, () => Now));
                break;
            case SyncEffect.CheckHeaders c:
                Feed(await _work.CheckHeaders(c, _machine.VerifiedRecords, () => Now));
                break;
            case SyncEffect.ApplyBlocks a:
                await Apply(a);
                break;
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

    private void NoteDropped(SyncEffect.TargetDropped dropped)
    {
        SyncLog.TargetDropped(
            _log, dropped.Height, dropped.Target, dropped.Failure, dropped.Detail ?? "", _peers.Describe(dropped.Announcers));
        if (dropped.Failure != TargetFailure.Local || _work.TooLate is not { } ahead)
            return;
        foreach (var peer in dropped.Announcers)
            _clock.Refused(peer, ahead);
    }

    private async Task Finish(SyncEffect.Finished finished)
    {
        var leftovers = new List<LeftoverTip>();
        foreach (var tip in finished.Leftovers)
        {
            if (_peers.Find(tip.Peer) is { } connection)
                leftovers.Add(new LeftoverTip(connection, new BlockData(tip.Block)));
        }

        await GrainFactory.GetGrain<IFullNodeGrain>(NodeKey.Of(this.Node())).SyncFinished([.. leftovers]);
    }

    private void Send(ConnectionId peer, Message message)
    {
        var sent = OutboundMessage.Of(Role.FullNode, message);
        var until = Now + SendPatience;
        _ = _background.Start(async () =>
        {
            // Where the way to the peer is gone with a silo, it is found again within seconds; the peer is not to blame for them.
            if (Now <= until && _peers.Find(peer) is { } connection
                && !await GrainOf(connection).Send(sent))
                throw new TimeoutException($"{connection.Describe()} cannot be reached just now");
        });
    }

    private void Penalise(SyncEffect.Blame blame)
    {
        if (_peers.Find(blame.Peer) is not { } connection)
            return;
        var penalty = new Blame(blame.Kind, $"{blame.Reason}: {blame.Detail}");
        var grain = GrainOf(connection);
        _ = _background.Start(() => grain.Penalise(penalty), mayRepeat: false);
    }

    private IPeerGrain GrainOf(PeerConnection peer)
    {
        if (!_peerGrains.TryGetValue(peer.ConnectionId, out var grain))
            _peerGrains[peer.ConnectionId] = grain = GrainFactory.GetGrain<IPeerGrain>(peer.GrainKey());
        return grain;
    }

    private static OwnTips OwnTipsOf(ChainSnapshot snapshot) =>
        new(snapshot.Heaviest.TotalWeight, snapshot.Heaviest.Height, snapshot.LowestTipHeight());
}
