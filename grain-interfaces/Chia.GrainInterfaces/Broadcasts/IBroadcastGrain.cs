using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Orleans.Concurrency;

namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>Numbers and publishes the broadcasts of one role of a node to peers of one role; key
/// <see cref="NodeKey.OfBroadcast"/>.</summary>
[Alias("chia.IBroadcastGrain"), Version(2)]
public interface IBroadcastGrain : IGrainWithStringKey
{
    /// <summary>Publishes messages in order on the stream of this key.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="except">The connection that they came from and that does not get them; null for none.</param>
    [Alias("Publish"), ResponseTimeout(AnswerTime.Memory)]
    Task Publish(OutboundMessage[] messages, ConnectionId? except);

    /// <summary>
    /// The last number that was given away, also while its item is still on its way to the stream: who hears of it and does not get the
    /// item has missed it.
    /// </summary>
    [Alias("GetPosition"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BroadcastPosition> GetPosition();
}

/// <summary>How far the broadcasts of one role to peers of one role are.</summary>
/// <param name="Epoch">As in <see cref="BroadcastItem"/>.</param>
/// <param name="Sequence">Of the last item; 0 if the epoch has none yet.</param>
[GenerateSerializer, Immutable, Alias("chia.BroadcastPosition")]
public readonly record struct BroadcastPosition([property: Id(0)] Guid Epoch, [property: Id(1)] long Sequence);

/// <summary>One broadcast on its way to every gateway.</summary>
/// <param name="Epoch">Changes when numbering starts anew: another activation of the publisher.</param>
/// <param name="Sequence">Counts from 1 within the epoch; a gap means that something was lost and the tips must be asked for.</param>
/// <param name="To">Role of the peers that get it.</param>
/// <param name="Function">Name of the message.</param>
/// <param name="Frame">Length prefix and payload.</param>
/// <param name="ExceptConnection">The connection that it came from and that does not get it; null for none.</param>
[GenerateSerializer, Immutable, Alias("chia.BroadcastItem")]
public sealed record BroadcastItem(
    Guid Epoch,
    long Sequence,
    Role To,
    string Function,
    byte[] Frame,
    ConnectionId? ExceptConnection)
{
    /// <summary>When it was published, by the publisher's time of day: gateways elsewhere share no other clock.</summary>
    [Id(0)]
    public DateTimeOffset Published { get; init; }

    /// <summary>The activity that published it, in W3C's words, for traces; null if nobody listens.</summary>
    [Id(1)]
    public string? TraceParent { get; init; }
}

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
