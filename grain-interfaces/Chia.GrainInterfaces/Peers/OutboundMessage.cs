using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>A message on its way out: encoded once, by the grain that made it.</summary>
/// <param name="To">Role it is meant for; peers of other roles do not get it.</param>
/// <param name="Function">Name of the message, for logs and limits.</param>
/// <param name="Frame">Length prefix and payload, ready to be written.</param>
[GenerateSerializer, Immutable, Alias("chia.OutboundMessage")]
public sealed record OutboundMessage(Role To, string Function, byte[] Frame)
{
    /// <summary>Encodes <paramref name="message"/> for peers of role <paramref name="to"/>.</summary>
    public static OutboundMessage Of(Role to, Message message) => new(to, message.Function, MessageRegistry.Encode(message));
}
