using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Effects;

/// <summary>
/// What a role wants done after an event; the same for all five roles. A role returns effects, in order, and
/// <see cref="EffectRunner"/> carries them out.
/// </summary>
internal abstract record RoleEffect
{
    private RoleEffect()
    {
    }

    /// <summary>A message for one connection.</summary>
    internal sealed record Send(PeerConnection To, Message Message) : RoleEffect;

    /// <summary>A message for one connection that is encoded already: for large answers that many peers ask for.</summary>
    internal sealed record SendEncoded(PeerConnection To, OutboundMessage Message) : RoleEffect;

    /// <summary>A message for every connection of a role, except the one that it came from.</summary>
    internal sealed record Broadcast(Role To, Message Message, PeerConnection? Except = null) : RoleEffect;

    /// <summary>A penalty for a peer; its connection is closed when its penalties weigh enough.</summary>
    internal sealed record Penalise(PeerConnection Who, Blame Blame) : RoleEffect;

    /// <summary>Closes a connection that is of no use any more; its peer did nothing wrong.</summary>
    internal sealed record Close(PeerConnection Who) : RoleEffect;

    /// <summary>Work in the background; the effects that it returns are carried out when it has ended.</summary>
    internal sealed record Start(Func<Task<IReadOnlyList<RoleEffect>>> Work) : RoleEffect;
}
