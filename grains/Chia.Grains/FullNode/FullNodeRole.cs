using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Chain;
using Chia.Grains.Clusters;
using Chia.Grains.Effects;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// The logic of a full node (SYNC.md): events in, effects out. It asks chain, validators, sync and directory, and sends nothing. Handlers
/// may interleave at every wait, as the reference's do (PROTOCOL.md 5.1); between two waits a handler has the state to itself.
/// </summary>
internal sealed class FullNodeRole : IRoleLogic
{
    private readonly FullNodeServices _services;
    private readonly FullNodeState _state;
    private readonly Announcements _announcements;
    private readonly NearSync _nearSync;
    private readonly BlockHandler _blocks;
    private readonly UnfinishedHandler _unfinished;
    private readonly ProofOfTimeHandler _proofsOfTime;
    private readonly CandidateHandler _candidates;
    private readonly ChainQueryHandler _queries;
    private readonly PostponedWork _postponed;
    private readonly List<Delayed> _later = [];
    private long? _deadEndToldAt;

    public FullNodeRole(FullNodeServices services)
    {
        var constants = services.Network.Constants;
        var standstill = new Standstill(DeadEnd.PauseOf(constants), services.Time);
        _services = services;
        _state = new FullNodeState(services.Options, constants.PropagationThreshold, standstill);
        _postponed = new PostponedWork(services.Log);
        _announcements = new Announcements(services, _state);
        _nearSync = new NearSync(services);
        _unfinished = new UnfinishedHandler(
            services, _state, _postponed, (delay, work) => _later.Add(new Delayed(services.Time.GetTimestamp(), delay, work)));
        _blocks = new BlockHandler(services, _state, _nearSync, _announcements, _unfinished);
        _proofsOfTime = new ProofOfTimeHandler(services, _state, _blocks);
        _candidates = new CandidateHandler(services, _state, _unfinished);
        _queries = new ChainQueryHandler(services);
    }

    /// <summary>To be called once, before anything else.</summary>
    public async Task Begin() => _state.Chain = await _services.Chain.GetSnapshot();

    /// <summary>A peer's handshake is done: what we say first (PROTOCOL.md 4.5).</summary>
    public async Task<List<RoleEffect>> Connected(PeerConnection peer)
    {
        if (peer.PeerRole is Role.Farmer or Role.Timelord)
            _state.Workers[peer.ConnectionId] = peer.PeerRole;
        return await _postponed.Greet(peer, async () =>
        {
            if (peer.PeerRole == Role.FullNode)
                await _services.Sync.PeerConnected(peer);
            return await _announcements.Of(peer.PeerRole, peer);
        });
    }

    /// <summary>A peer said something.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellation">It is gone: what only it would be answered is not looked up. Its blocks are seen to all the
    /// same.</param>
    public async Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default) =>
        message switch
        {
            BlockMessage m => await _blocks.Receive(peer, new BlockData(m.Block)),
            UnfinishedBlockMessage m => await _unfinished.Receive(peer, m.Block),
            NewProofOfTimeMessage m => await _postponed.Do(peer, m.Function, () => _proofsOfTime.New(peer, m.Proof)),
            ProofOfTimeFinishedMessage m => await _proofsOfTime.Finished(peer, m.Proof),
            RequestBlockMessage m => await _queries.Block(peer, m.HeaderHash),
            RequestAllHeaderHashesMessage m => await _queries.AllHeaderHashes(peer, m.TipHeaderHash),
            RequestHeaderBlocksMessage m => await _queries.HeaderBlocks(peer, m, cancellation),
            RequestSyncBlocksMessage m => await _queries.SyncBlocks(peer, m, cancellation),
            RequestHeaderHashMessage m => await _postponed.Do(peer, m.Function, () => _candidates.RequestHeaderHash(peer, m)),
            HeaderSignatureMessage m => await _candidates.HeaderSignature(peer, m),
            PeersMessage m => await Peers(peer, m),
            _ => [new RoleEffect.Penalise(peer, Blame.Breach($"sent {message.Function} to a full node"))],
        };

    /// <summary>A peer is gone.</summary>
    public async Task<List<RoleEffect>> Disconnected(PeerConnection peer)
    {
        _state.Workers.Remove(peer.ConnectionId);
        _nearSync.Forget(peer);
        _proofsOfTime.Forget(peer);
        _postponed.Forget(peer);
        if (peer.PeerRole == Role.FullNode)
            await _services.Sync.PeerLost(peer.ConnectionId);
        return [];
    }

    /// <summary>What every peer of a role is told about where we are.</summary>
    public Task<List<RoleEffect>> Announce(Role role) => _announcements.Of(role, to: null);

    /// <summary>
    /// A sync ended, well or not (SYNC.md 6). The reference keeps its new tips to itself then; an ordinary <c>block</c> tells the others
    /// (SYNC.md 7.14).
    /// </summary>
    /// <param name="leftovers">Announced tips that are still better than ours and near: handled as if they had just arrived.</param>
    public async Task<List<RoleEffect>> SyncFinished(LeftoverTip[] leftovers)
    {
        _state.Chain = await _services.Chain.GetSnapshot();
        _state.Standstill.Moved();
        _announcements.NoteSpeed();
        List<RoleEffect> effects = [.. await _announcements.Of(Role.Timelord, null), .. await _announcements.Of(Role.Farmer, null)];
        if (await _services.Chain.GetBlock(_state.Chain.Heaviest.HeaderHash) is { } heaviest)
            effects.Add(new RoleEffect.Broadcast(Role.FullNode, new BlockMessage(heaviest.Block)));
        foreach (var leftover in leftovers)
            effects.AddRange(await _blocks.Receive(leftover.From, leftover.Block));
        effects.AddRange(_unfinished.TipsChanged());
        return effects;
    }

    /// <summary>Time has passed; to be called every second or so.</summary>
    public async Task<List<RoleEffect>> Tick()
    {
        List<RoleEffect> effects = [.. AdmitDelayed()];
        foreach (var part in new[] { _blocks.RetryPostponed, _postponed.Retry, _nearSync.Tick, TellDeadEnd })
            effects.AddRange(await Upkeep(part));
        return effects;
    }

    private List<RoleEffect> AdmitDelayed()
    {
        var due = _later.Where(l => _services.Time.GetElapsedTime(l.Since) >= l.Delay).ToList();
        _later.RemoveAll(due.Contains);
        return [.. due.SelectMany(l => l.Work())];
    }

    private async Task<List<RoleEffect>> TellDeadEnd()
    {
        if (!_state.IsDeadEnd)
        {
            _deadEndToldAt = null;
            return [];
        }

        if (_deadEndToldAt is { } told && _services.Time.GetElapsedTime(told) < _state.Standstill.Pause)
            return [];
        var effects = await _announcements.DeadEnd();
        if (effects.Count == 0)
            return [];
        FullNodeLog.DeadEnd(_services.Log, _state.Chain.Heaviest.Height, _state.Standstill.Quiet);
        _deadEndToldAt = _services.Time.GetTimestamp();
        return effects;
    }

    public FullNodeStatus Status()
    {
        var farmers = _state.Workers.Values.Count(role => role == Role.Farmer);
        return new FullNodeStatus(
            _state.Standstill.Reason(_state.Unfinished.InOrder, _state.Chain, farmers),
            farmers,
            _state.Workers.Count - farmers,
            _state.Unfinished.InOrder.Count(u => !u.IsCompleted));
    }

    /// <summary>What a part of the upkeep wants done; nothing if it fails: the next tick asks again, and the other parts are
    /// done.</summary>
    private async Task<List<RoleEffect>> Upkeep(Func<Task<List<RoleEffect>>> part)
    {
        try
        {
            return await part();
        }
        catch (Exception error)
        {
            if (!ClusterMoves.Explains(error))
                FullNodeLog.UpkeepFailed(_services.Log, error);
            return [];
        }
    }

    private async Task<List<RoleEffect>> Peers(PeerConnection from, PeersMessage message)
    {
        await _services.Directory.AddKnown([.. PeerAddress.Dialable(message.PeerList)], from.RemoteHost);
        return [new RoleEffect.Close(from)];
    }

    private sealed record Delayed(long Since, TimeSpan Delay, Func<List<RoleEffect>> Work);
}
