using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Effects;

/// <summary>
/// What a role wants done after an event, in order: the one language of all five. A role returns these and sends nothing;
/// <see cref="EffectRunner"/> carries them out.
/// </summary>
internal abstract record RoleEffect
{
    private RoleEffect()
    {
    }

    /// <summary>A message for one connection.</summary>
    internal sealed record Send(PeerConnection To, Message Message) : RoleEffect;

    /// <summary>The same, encoded before: for large answers that many ask for.</summary>
    internal sealed record SendEncoded(PeerConnection To, OutboundMessage Message) : RoleEffect;

    /// <summary>A message for every connection of a role, but one of them perhaps: the one that it came from.</summary>
    internal sealed record Broadcast(Role To, Message Message, PeerConnection? Except = null) : RoleEffect;

    /// <summary>A peer did wrong.</summary>
    internal sealed record Penalise(PeerConnection Who, Blame Blame) : RoleEffect;

    /// <summary>A connection is of no use any more; its peer did nothing wrong.</summary>
    internal sealed record Close(PeerConnection Who) : RoleEffect;

    /// <summary>Work that nobody waits for; what it wants done is done when it is ready.</summary>
    internal sealed record Start(Func<Task<IReadOnlyList<RoleEffect>>> Work) : RoleEffect;
}
