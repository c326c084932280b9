using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Support;

/// <summary>A full node that is asked where we are.</summary>
internal sealed class FakeNode : IFullNodeGrain
{
    /// <summary>What it sends to a role when it is asked where we are.</summary>
    public static Message State { get; } = new PingMessage();

    /// <summary>The node's activation.</summary>
    public Guid Activation { get; set; } = Guid.NewGuid();

    public Task<Guid> Beat() =>
        IsDead ? Task.FromException<Guid>(new TimeoutException("no answer")) : Task.FromResult(Activation);

    public List<Role> Asked { get; } = [];

    public bool IsDead { get; set; }

    public Task<OutboundMessage[]> Announce(Role role)
    {
        Asked.Add(role);
        return IsDead
            ? throw new TimeoutException("no answer")
            : Task.FromResult<OutboundMessage[]>([OutboundMessage.Of(role, State)]);
    }

    public Task SyncFinished(GrainInterfaces.Sync.LeftoverTip[] leftovers) => throw new NotSupportedException();

    public Task<FullNodeStatus> GetStatus() => throw new NotSupportedException();

    public Task<HandlerResult> Connected(PeerConnection peer) => throw new NotSupportedException();

    public Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task Disconnected(PeerConnection peer) => throw new NotSupportedException();
}
