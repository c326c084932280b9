using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Grains.Effects;

/// <summary>
/// The logic of a role: it takes events and returns effects. It may ask the chain, the directory and threads of its own, and it keeps its
/// state; it sends nothing, which is left to <see cref="EffectRunner"/>. Calls may interleave at every await; between two awaits a call has
/// the state to itself.
/// </summary>
internal interface IRoleLogic
{
    /// <summary>A peer has finished its handshake. Returns what it is sent first (PROTOCOL.md 4.5).</summary>
    Task<List<RoleEffect>> Connected(PeerConnection peer);

    /// <summary>A peer sent a message.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Cancelled when the peer is gone: an answer that only it would get need not be worked out.</param>
    Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default);

    /// <summary>A peer's connection has ended.</summary>
    Task<List<RoleEffect>> Disconnected(PeerConnection peer);

    /// <summary>Called at regular intervals (<see cref="RoleGrain"/>).</summary>
    Task<List<RoleEffect>> Tick();
}
