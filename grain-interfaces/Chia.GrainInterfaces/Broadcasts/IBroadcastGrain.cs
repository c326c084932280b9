using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Broadcasts;

/// <summary>Numbers and publishes the broadcasts of one role of a node to peers of one role; key
/// <see cref="NodeKey.OfBroadcast"/>.</summary>
[Alias("chia.IBroadcastGrain"), Version(1)]
public interface IBroadcastGrain : IGrainWithStringKey
{
    /// <summary>Publishes messages in order on the stream of this key.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="except">The connection that they came from and that does not get them; null for none.</param>
    [Alias("Publish"), ResponseTimeout(AnswerTime.Memory)]
    Task Publish(OutboundMessage[] messages, ConnectionId? except);
}
