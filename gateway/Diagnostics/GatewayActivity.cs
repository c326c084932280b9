using System.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Messages;

namespace Chia.Gateway.Diagnostics;

/// <summary>Where the way of a block through us begins and ends, for traces (OPERATIONS 4): nothing is made while nobody
/// listens.</summary>
internal static class GatewayActivity
{
    private static readonly ActivitySource Source = new("Chia");

    /// <summary>A frame that may lead to a block of the chain is handed to the cluster; null if nobody listens, or it is
    /// another.</summary>
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

    /// <summary>A broadcast goes onto the connections of this gateway.</summary>
    /// <param name="function">Name of the message.</param>
    /// <param name="parent">What published it, in W3C's words; null if that is not traced.</param>
    public static Activity? Broadcast(string function, string? parent)
    {
        if (parent is null || !ActivityContext.TryParse(parent, null, isRemote: true, out var context))
            return null;
        return Source.StartActivity("chia.broadcast", ActivityKind.Producer, context)?.SetTag("chia.message", function);
    }
}
