using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Grains.Broadcast;

/// <summary>Numbers one role's broadcasts and puts them on their stream. One publisher, so that gateways can see gaps.</summary>
public sealed class BroadcastGrain : Grain, IBroadcastGrain
{
    private readonly Guid _epoch = Guid.NewGuid();
    private long _sequence;
    private IAsyncStream<BroadcastItem>? _stream;

    /// <inheritdoc/>
    public async Task Publish(OutboundMessage[] messages, string? origin)
    {
        _stream ??= this.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, this.GetPrimaryKeyString()));
        foreach (var message in messages)
        {
            var except = message.Delivery == Delivery.BroadcastToOthers ? origin : null;
            await _stream.OnNextAsync(
                new BroadcastItem(_epoch, ++_sequence, message.To, message.Function, message.Frame, except));
        }
    }
}
