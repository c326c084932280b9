using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Grains.Effects;

/// <summary>
/// What a role makes of what happens: events in, effects out. It asks (the chain, the directory, its own threads) and keeps what it knows;
/// it sends nothing and knows nobody that could. Calls may interleave at every wait; between two waits it has its state to itself.
/// </summary>
internal interface IRoleLogic
{
    /// <summary>A peer's handshake is done: what we say first (PROTOCOL.md 4.5).</summary>
    Task<List<RoleEffect>> Connected(PeerConnection peer);

    /// <summary>A peer said something.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellation">Nobody waits for an answer any more.</param>
    Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default);

    /// <summary>A peer is gone.</summary>
    Task<List<RoleEffect>> Disconnected(PeerConnection peer);

    /// <summary>Time has passed.</summary>
    Task<List<RoleEffect>> Tick();
}
