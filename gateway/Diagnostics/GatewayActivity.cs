using System.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Diagnostics;

/// <summary>
/// Begins and ends the traces of a block's way through a gateway (OPERATIONS 4). Nothing is made while nobody listens.
/// </summary>
internal static class GatewayActivity
{
    private static readonly ActivitySource Source = new("Chia");

    /// <summary>
    /// Begins the activity of a frame that may lead to a block of the chain; null for other frames, or if nobody listens.
    /// </summary>
    public static Activity? Frame(PeerConnection peer, PeerMessage message)
    {
        if (!Source.HasListeners() || message.Message is not (BlockMessage or UnfinishedBlockMessage or ProofOfTimeFinishedMessage))
            return null;
        return Source.StartActivity("chia.frame", ActivityKind.Consumer)?
            .SetTag("chia.message", message.Message.Function)
            .SetTag("chia.bytes", message.Size)
            .SetTag("chia.role", peer.LocalRole.ToString())
            .SetTag("chia.peer", peer.ConnectionId.ToString());
    }

    /// <summary>Begins the activity of a broadcast that goes onto the connections of this gateway.</summary>
    /// <param name="function">Name of the message.</param>
    /// <param name="parent">What published it, in W3C's words; null if that is not traced.</param>
    public static Activity? Broadcast(string function, string? parent)
    {
        if (parent is null || !ActivityContext.TryParse(parent, null, isRemote: true, out var context))
            return null;
        return Source.StartActivity("chia.broadcast", ActivityKind.Producer, context)?.SetTag("chia.message", function);
    }
}
