using Chia.Embedded.Engine;
using Orleans.Runtime;

namespace Chia.Embedded.Streams;

/// <summary>
/// One subscriber of a stream, with a queue and a pump of its own: a slow or broken subscriber delays nobody else.
/// A failed delivery is tried again with growing pauses, for a minute; then the subscriber is told and the item is passed over.
/// </summary>
internal abstract class Subscription(StreamTable table, string provider, StreamId stream)
{
    // Orleans' figures: a pause of one second that doubles to thirty, and one minute for one item.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(1);

    private readonly Queue<(object Item, SequenceToken Token)> _backlog = new(); // guarded by itself
    private bool _pumping; // guarded by _backlog
    private bool _overflowed; // guarded by _backlog
    private volatile bool _ended;

    internal Guid Id { get; } = Guid.NewGuid();

    internal string Provider => provider;

    internal StreamId Stream => stream;

    /// <summary>The grain that subscribed; null for code outside of grains.</summary>
    internal abstract GrainKey? Owner { get; }

    protected StreamTable Table => table;

    protected bool Ended => _ended;

    internal void End() => _ended = true;

    internal void Enqueue(object item, SequenceToken token)
    {
        lock (_backlog)
        {
            if (_backlog.Count >= table.Options.StreamBacklog)
            {
                _backlog.Dequeue();
                _overflowed = true;
            }
            _backlog.Enqueue((item, token));
            if (_pumping)
                return;
            _pumping = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.PumpAsync(), this, preferLocal: false);
    }

    protected abstract Task DeliverAsync(object item, SequenceToken token);

    protected abstract Task DeliverErrorAsync(Exception error);

    private async Task PumpAsync()
    {
        while (true)
        {
            bool overflowed;
            (object Item, SequenceToken Token) next;
            lock (_backlog)
            {
                if (_ended || !_backlog.TryDequeue(out next))
                {
                    _backlog.Clear();
                    _pumping = false;
                    return;
                }
                (overflowed, _overflowed) = (_overflowed, false);
            }
            if (overflowed)
                await TellAsync($"more than {table.Options.StreamBacklog} items waited").ConfigureAwait(false);
            await DeliverWithRetriesAsync(next.Item, next.Token).ConfigureAwait(false);
        }
    }

    private async Task DeliverWithRetriesAsync(object item, SequenceToken token)
    {
        var time = table.Engine.Time;
        var start = time.GetTimestamp();
        for (var pause = FirstPause; !_ended; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await DeliverAsync(item, token).ConfigureAwait(false);
                return;
            }
            catch (Exception error)
            {
                if (time.GetElapsedTime(start) >= LongestDelivery)
                {
                    await TellAsync("it failed for too long").ConfigureAwait(false);
                    return;
                }
                EngineLog.DeliveryFailed(table.Engine.Logger, provider, stream, pause, error);
            }
            await Task.Delay(pause, time, table.Engine.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (table.Engine.Stopped.IsCancellationRequested)
                End();
        }
    }

    private async Task TellAsync(string reason)
    {
        EngineLog.ItemsLost(table.Engine.Logger, provider, stream, reason);
        await DeliverErrorAsync(new OrleansException($"Items of stream {provider}/{stream} were lost: {reason}."))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
