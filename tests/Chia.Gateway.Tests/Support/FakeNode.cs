using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Support;

/// <summary>A full node that is asked where we are, and the publisher of its broadcasts to full nodes.</summary>
internal sealed class FakeNode : IFullNodeGrain
{
    /// <summary>How far its broadcasts to full nodes are.</summary>
    public BroadcastPosition Sent { get; set; }

    /// <summary>Audiences whose publishers never answer.</summary>
    public HashSet<Role> Silent { get; init; } = [];

    /// <summary>Audiences whose publishers were asked how far they are.</summary>
    public List<Role> Positions { get; } = [];

    /// <summary>What it sends to a role when it is asked where we are.</summary>
    public static Message State { get; } = new PingMessage();

    /// <summary>The node's activation.</summary>
    public Guid Activation { get; set; } = Guid.NewGuid();

    public Task<Guid> Beat() =>
        IsDead ? Task.FromException<Guid>(new TimeoutException("no answer")) : Task.FromResult(Activation);

    public List<Role> Asked { get; } = [];

    /// <summary>It answers only when this completes.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public bool IsDead { get; set; }

    public async Task<OutboundMessage[]> Announce(Role role)
    {
        Asked.Add(role);
        await Answering;
        return IsDead ? throw new TimeoutException("no answer") : [OutboundMessage.Of(role, State)];
    }

    public Task SyncFinished(GrainInterfaces.Sync.LeftoverTip[] leftovers) => throw new NotSupportedException();

    public Task<FullNodeStatus> GetStatus() => throw new NotSupportedException();

    public Task<HandlerResult> Connected(PeerConnection peer) => throw new NotSupportedException();

    public Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task Disconnected(PeerConnection peer) => throw new NotSupportedException();
}

/// <summary>The publisher of broadcasts to one audience.</summary>
internal sealed class FakePublisher(FakeNode node, Role audience) : IBroadcastGrain
{
    public Task Publish(OutboundMessage[] messages, ConnectionId? except) => throw new NotSupportedException();

    public Task<BroadcastPosition> GetPosition()
    {
        node.Positions.Add(audience);
        return node.Silent.Contains(audience)
            ? new TaskCompletionSource<BroadcastPosition>().Task
            : Task.FromResult(audience == Role.FullNode ? node.Sent : default);
    }
}
