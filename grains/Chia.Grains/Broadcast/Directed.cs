using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Grains.Broadcast;

/// <summary>A message for one connection, whether or not it is the one whose message is being handled.</summary>
/// <param name="To">The connection.</param>
/// <param name="Message">What to say.</param>
internal readonly record struct Directed(PeerConnection To, Message Message)
{
    /// <summary>Encoded; the delivery counts only if <see cref="To"/> is the origin.</summary>
    public OutboundMessage Encode() => OutboundMessage.Of(To.PeerRole, Delivery.Respond, Message);
}
