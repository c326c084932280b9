using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Broadcast;

/// <summary>Numbers one role's broadcasts and puts them on their stream. One publisher, so that gateways can see gaps.</summary>
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class BroadcastGrain : Grain, IBroadcastGrain
{
    private readonly Guid _epoch = Guid.NewGuid();
    private long _sequence;
    private IAsyncStream<BroadcastItem>? _stream;

    /// <inheritdoc/>
    public async Task Publish(OutboundMessage[] messages, ConnectionId? except)
    {
        _stream ??= this.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, this.GetPrimaryKeyString()));
        BroadcastItem[] items = [.. messages.Select(message => Number(message, except))];
        await (items.Length == 1 ? _stream.OnNextAsync(items[0]) : _stream.OnNextBatchAsync(items));
    }

    private BroadcastItem Number(OutboundMessage message, ConnectionId? except) =>
        new(_epoch, ++_sequence, message.To, message.Function, message.Frame, except);
}
