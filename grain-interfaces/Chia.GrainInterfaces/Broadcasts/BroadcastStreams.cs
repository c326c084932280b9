using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>Names of the streams that carry broadcasts to the gateways.</summary>
public static class BroadcastStreams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "broadcasts";

    /// <summary>The streams' namespace; the key is <see cref="Peers.NodeKey.OfBroadcast"/>.</summary>
    public const string Namespace = "chia.broadcast";

    /// <summary>Roles of peers that broadcasts are for: a stream each.</summary>
    public static IReadOnlyList<Role> Audiences { get; } =
        [Role.FullNode, Role.Harvester, Role.Farmer, Role.Timelord, Role.Introducer];
}
