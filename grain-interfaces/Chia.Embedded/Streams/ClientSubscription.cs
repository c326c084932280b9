using Chia.Embedded.Engine;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>A subscriber outside of grains: called on the thread pool, one item at a time.</summary>
internal sealed class ClientSubscription<T>(StreamTable table, string provider, StreamId stream, IAsyncObserver<T> observer)
    : Subscription(table, provider, stream)
{
    internal IAsyncObserver<T> Observer { get; set; } = observer;

    internal override GrainKey? Owner => null;

    protected override async Task DeliverAsync(object item, SequenceToken token) =>
        await Observer.OnNextAsync((T)item, token).ConfigureAwait(false);

    protected override async Task DeliverErrorAsync(Exception error) =>
        await Observer.OnErrorAsync(error).ConfigureAwait(false);
}
