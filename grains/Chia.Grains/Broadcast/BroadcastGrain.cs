using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Events;
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

    private readonly TimeProvider _time;

    /// <summary>Orleans makes it, with what the silo offers.</summary>
    public BroadcastGrain(TimeProvider time) => _time = time;

    /// <inheritdoc/>
    public async Task Publish(OutboundMessage[] messages, ConnectionId? except)
    {
        _stream ??= this.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, this.GetPrimaryKeyString()));
        using var activity = ChiaActivity.Start("chia.broadcast.publish");
        activity?.SetTag("chia.message", messages[0].Function);
        BroadcastItem[] items = [.. messages.Select(message => Number(message, except))];
        await (items.Length == 1 ? _stream.OnNextAsync(items[0]) : _stream.OnNextBatchAsync(items));
    }

    /// <inheritdoc/>
    public Task<BroadcastPosition> GetPosition() => Task.FromResult(new BroadcastPosition(_epoch, _sequence));

    private BroadcastItem Number(OutboundMessage message, ConnectionId? except) =>
        new(_epoch, ++_sequence, message.To, message.Function, message.Frame, except)
        {
            Published = _time.GetUtcNow(),
            TraceParent = System.Diagnostics.Activity.Current?.Id,
        };
}
