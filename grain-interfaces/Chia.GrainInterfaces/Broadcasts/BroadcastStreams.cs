using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>Names of the streams that carry broadcasts to the gateways.</summary>
public static class BroadcastStreams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "broadcasts";

    /// <summary>The streams' namespace; the key is <see cref="Peers.NodeKey.OfBroadcast"/>.</summary>
    public const string Namespace = "chia.broadcast";
}
