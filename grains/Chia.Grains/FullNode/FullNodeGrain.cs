using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Broadcast;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Chia.Grains.FullNode;

/// <summary>
/// The full node: dispatches messages to their handlers. Reentrant, as the reference's handlers interleave at every wait (PROTOCOL.md 5.1);
/// between two waits a handler has the state to itself.
/// </summary>
[Reentrant]
[KeepAlive]
public sealed class FullNodeGrain : Grain, IFullNodeGrain
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly NetworkDefinition _network;
    private readonly FullNodeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FullNodeGrain> _log;
    private readonly List<(DateTimeOffset At, Func<Task> Work)> _later = [];
    private FullNodeServices _services = null!;
    private Announcements _announcements = null!;
    private NearSync _nearSync = null!;
    private BlockHandler _blocks = null!;
    private UnfinishedHandler _unfinished = null!;
    private ProofOfTimeHandler _proofsOfTime = null!;
    private CandidateHandler _candidates = null!;
    private ChainQueryHandler _queries = null!;

    /// <summary>Created by the engine.</summary>
    public FullNodeGrain(
        NetworkDefinition network, IOptions<FullNodeOptions> options, TimeProvider time, ILogger<FullNodeGrain> log)
    {
        _network = network;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _services = new FullNodeServices(GrainFactory, this.GetPrimaryKeyString(), _network, _options, _time, _log);
        var state = new FullNodeState(_options, _network.Constants.PropagationThreshold);
        _announcements = new Announcements(_services, state);
        _nearSync = new NearSync(_services);
        _unfinished = new UnfinishedHandler(_services, state, (delay, work) => _later.Add((_time.GetUtcNow() + delay, work)));
        _blocks = new BlockHandler(_services, state, _announcements, _nearSync, _unfinished);
        _proofsOfTime = new ProofOfTimeHandler(_services, state, _blocks);
        _candidates = new CandidateHandler(_services, state, _unfinished);
        _queries = new ChainQueryHandler(_services);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval) { KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<HandlerResult> Connected(PeerConnection peer)
    {
        if (peer.PeerRole == NodeType.FullNode)
            await _services.Sync.PeerConnected(peer);
        return HandlerResult.Send([.. await Announcement(peer.PeerRole, Delivery.Respond)]);
    }

    /// <inheritdoc/>
    public Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message) => message.Message switch
    {
        BlockMessage m => _blocks.Receive(peer, new BlockData(m.Block)),
        UnfinishedBlockMessage m => _unfinished.Receive(peer, m.Block),
        NewProofOfTimeMessage m => _proofsOfTime.New(peer, m.Proof),
        ProofOfTimeFinishedMessage m => _proofsOfTime.Finished(peer, m.Proof),
        RequestBlockMessage m => _queries.Block(m.HeaderHash),
        RequestAllHeaderHashesMessage m => _queries.AllHeaderHashes(m.TipHeaderHash),
        RequestHeaderBlocksMessage m => _queries.HeaderBlocks(m),
        RequestSyncBlocksMessage m => _queries.SyncBlocks(m),
        RequestHeaderHashMessage m => _candidates.RequestHeaderHash(m),
        HeaderSignatureMessage m => _candidates.HeaderSignature(peer, m),
        PeersMessage m => Peers(peer, m),
        _ => Task.FromResult(HandlerResult.Of(Blame.Breach($"sent {message.Message.Function} to a full node"))),
    };

    /// <inheritdoc/>
    public Task Disconnected(PeerConnection peer) =>
        peer.PeerRole == NodeType.FullNode ? _services.Sync.PeerLost(peer.ConnectionId) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<OutboundMessage[]> Announce(NodeType role) => [.. await Announcement(role, Delivery.Broadcast)];

    /// <inheritdoc/>
    public async Task SyncFinished(LeftoverTip[] leftovers)
    {
        await _announcements.NoteSpeed();
        List<OutboundMessage> messages =
        [
            .. await _announcements.Challenges(Delivery.Broadcast),
            .. await _announcements.Farming(Delivery.Broadcast),
            .. await HeaviestTip(),
        ];
        await Effects.Carry(GrainFactory, _services.Node, NodeType.FullNode, messages, origin: null);
        foreach (var leftover in leftovers)
        {
            var peer = GrainFactory.GetGrain<IPeerGrain>(leftover.From.GrainKey());
            var result = await _blocks.Receive(leftover.From, leftover.Block);
            foreach (var message in result.Outbound.Where(m => m.Delivery == Delivery.Respond))
                await peer.Send(message);
            await Effects.Carry(GrainFactory, _services.Node, NodeType.FullNode, result.Outbound, leftover.From.ConnectionId);
            if (result.Blame is { } blame)
                await peer.Penalise(blame);
        }

        await _unfinished.TipsChanged(await _services.Chain.GetSnapshot());
    }

    private Task<List<OutboundMessage>> Announcement(NodeType role, Delivery delivery) => role switch
    {
        NodeType.FullNode => _announcements.Chain(delivery),
        NodeType.Timelord => _announcements.Challenges(delivery),
        NodeType.Farmer => _announcements.Farming(delivery),
        _ => Task.FromResult(new List<OutboundMessage>()),
    };

    /// <summary>The reference keeps its new tips to itself after a sync; an ordinary <c>block</c> tells the others (SYNC.md 7.14).</summary>
    private async Task<List<OutboundMessage>> HeaviestTip()
    {
        var heaviest = (await _services.Chain.GetSnapshot()).Heaviest;
        return await _services.Chain.GetBlock(heaviest.HeaderHash) is { } block
            ? [OutboundMessage.Of(NodeType.FullNode, Delivery.Broadcast, new BlockMessage(block.Block))]
            : [];
    }

    private async Task<HandlerResult> Peers(PeerConnection from, PeersMessage message)
    {
        await _services.Directory.AddKnown([.. message.PeerList.Select(PeerEndpoint.Of)], from.RemoteHost);
        return HandlerResult.Send(OutboundMessage.CloseOrigin);
    }

    private async Task Tick(CancellationToken cancellation)
    {
        try
        {
            var now = _time.GetUtcNow();
            foreach (var due in _later.Where(l => l.At <= now).ToList())
            {
                _later.Remove(due);
                await due.Work();
            }

            await _nearSync.Tick();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            FullNodeLog.BackgroundFailed(_log, error);
        }
    }
}
