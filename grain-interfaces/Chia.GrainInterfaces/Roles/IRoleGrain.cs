using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Roles;

/// <summary>What every role does with peers.</summary>
[Alias("chia.IRoleGrain")]
public interface IRoleGrain : IGrainWithStringKey
{
    /// <summary>A peer's handshake is done: what we say first (PROTOCOL.md 4.5).</summary>
    [Alias("Connected")]
    Task<HandlerResult> Connected(PeerConnection peer);

    /// <summary>Handles one message.</summary>
    [Alias("Handle")]
    Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message);

    /// <summary>A peer is gone.</summary>
    [Alias("Disconnected")]
    Task Disconnected(PeerConnection peer);
}
