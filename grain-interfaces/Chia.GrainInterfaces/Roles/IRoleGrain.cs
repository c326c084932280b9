using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Roles;

/// <summary>What every role does with peers.</summary>
[Alias("chia.IRoleGrain"), Version(1)]
public interface IRoleGrain : IGrainWithStringKey
{
    /// <summary>A peer's handshake is done: what we say first (PROTOCOL.md 4.5).</summary>
    [Alias("Connected"), ResponseTimeout(AnswerTime.Disk)]
    Task<HandlerResult> Connected(PeerConnection peer);

    /// <summary>Handles one message.</summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="message">What it says.</param>
    /// <param name="cancellation">The connection has ended: an answer that only it would get is not wanted any more. What others gain by
    /// goes on.</param>
    [Alias("Handle"), ResponseTimeout(AnswerTime.Proofs)]
    Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation = default);

    /// <summary>A peer is gone.</summary>
    [Alias("Disconnected"), ResponseTimeout(AnswerTime.Memory)]
    Task Disconnected(PeerConnection peer);

    /// <summary>
    /// Names this activation: another name than before means that the role lives elsewhere since, and knows none of its peers. Asked every
    /// second by every gateway, so that a role whose silo died comes back to life at once (CLUSTER 2).
    /// </summary>
    [Alias("Beat"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<Guid> Beat();
}

/// <summary>The introducer (ROLES.md 7); key: the node's name.</summary>
[Alias("chia.IIntroducerGrain"), Version(1)]
public interface IIntroducerGrain : IRoleGrain
{
}
