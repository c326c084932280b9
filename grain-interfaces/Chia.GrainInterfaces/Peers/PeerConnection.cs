using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>One established connection, as every grain sees it (PROTOCOL.md 7.1).</summary>
/// <param name="ConnectionId">Unique in the cluster; names the peer grain.</param>
/// <param name="Node">Our node.</param>
/// <param name="LocalRole">Our role on it.</param>
/// <param name="PeerRole">The peer's role.</param>
/// <param name="LocalNodeId">The node id we announced.</param>
/// <param name="PeerNodeId">The node id the peer announced.</param>
/// <param name="RemoteHost">The peer's address as the socket shows it.</param>
/// <param name="RemotePort">The peer's port as the socket shows it.</param>
/// <param name="AnnouncedPort">The port the peer says it listens on; 0 if none.</param>
/// <param name="IsOutbound">We dialled it.</param>
/// <param name="IsConfigured">It is one of the peers the configuration names: redialled for ever, never banned.</param>
/// <param name="GatewayId">The gateway that holds the socket.</param>
/// <param name="Age">How long it was connected when this was told, zero for one that begins: a duration, as clocks on walls jump and
/// differ.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerConnection")]
public sealed record PeerConnection(
    ConnectionId ConnectionId,
    NodeName Node,
    Role LocalRole,
    Role PeerRole,
    Bytes32 LocalNodeId,
    Bytes32 PeerNodeId,
    string RemoteHost,
    int RemotePort,
    ushort AnnouncedPort,
    bool IsOutbound,
    bool IsConfigured,
    string GatewayId,
    TimeSpan Age)
{
    /// <summary>It was told of before. A role that does not know it has begun anew since, and has missed what the peer said first and does
    /// not say again.</summary>
    public bool IsToldAgain => Age > TimeSpan.Zero;

    /// <summary>Where others can dial the peer: full nodes with an announced port only (PROTOCOL.md 7.1); null otherwise.</summary>
    public PeerAddress? ListensAt() =>
        PeerRole == Role.FullNode && PeerAddress.TryOf(RemoteHost, AnnouncedPort, out var address) ? address : null;

    /// <summary>Key of the connection's peer grain.</summary>
    public string GrainKey() => NodeKey.OfPeer(Node, LocalRole, ConnectionId);

    /// <summary>A short text for logs and tables: role, address, first digits of the node id.</summary>
    public string Describe() => $"{PeerRole} {RemoteHost}:{RemotePort} ({PeerNodeId.ToString()[..10]})";
}
