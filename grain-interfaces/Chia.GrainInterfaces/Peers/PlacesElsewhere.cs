using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>Accepted connections are counted in rooms, so that no kind takes another's places.</summary>
/// <param name="IsLoopback">They come from this machine.</param>
/// <param name="IsUsual">They are of a role that usually calls ours.</param>
[GenerateSerializer, Immutable, Alias("chia.InboundRoom")]
public readonly record struct InboundRoom(bool IsLoopback, bool IsUsual)
{
    /// <summary>The room of a peer.</summary>
    public static InboundRoom Of(Role localRole, Role peerRole, bool isLoopback) => new(isLoopback, IsUsualAt(localRole, peerRole));

    /// <summary>The room of a connection.</summary>
    public static InboundRoom Of(PeerConnection connection) =>
        Of(connection.LocalRole, connection.PeerRole, PeerHost.TryParse(connection.RemoteHost, out var host) && host.IsLoopback);

    /// <summary>Full nodes call full nodes, introducers and timelords; harvesters call farmers, and farmers harvesters
    /// (ROLES.md 1).</summary>
    private static bool IsUsualAt(Role localRole, Role peerRole) =>
        localRole is Role.Farmer or Role.Harvester ? peerRole != Role.FullNode : peerRole == Role.FullNode;
}

/// <summary>Connections that stand in a room.</summary>
/// <param name="Room">Which.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("chia.RoomCount")]
public readonly record struct RoomCount(InboundRoom Room, int Count);

/// <summary>What the other gateways of a role hold: all of them together may accept <c>max_inbound</c> (CLUSTER 5).</summary>
/// <param name="Gateways">Gateways of the role, the one that asks included.</param>
/// <param name="Held">Connections that the others accepted, by room.</param>
[GenerateSerializer, Immutable, Alias("chia.PlacesElsewhere")]
public sealed record PlacesElsewhere(int Gateways, RoomCount[] Held)
{
    /// <summary>There is no other gateway.</summary>
    public static PlacesElsewhere None { get; } = new(1, []);

    /// <summary>
    /// What one gateway may hold of the places in a room: what the others leave, and at least its share, which they make room for when
    /// they hear of it.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="places">Its places, over all gateways.</param>
    public int LeftOf(InboundRoom room, int places) =>
        Math.Max(places - Held.Where(held => held.Room == room).Sum(held => held.Count), places / Math.Max(1, Gateways));
}
