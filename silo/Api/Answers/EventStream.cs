using System.Threading.Channels;
using Chia.GrainInterfaces.Events;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Api.Answers;

/// <summary>Delivers a node's events to one watcher: those that are kept, then those that come, each once and in order.</summary>
internal sealed class EventStream : IEventObserver, IAsyncDisposable
{
    /// <summary>Most events that wait for a slow reader. The oldest go first, and the numbers show the gap.</summary>
    private const int Capacity = 1000;

    private readonly IGrainFactory _grains;
    private readonly IEventGrain _events;
    private readonly NodeEventKinds _kinds;
    private readonly IEventObserver _reference;
    private readonly Channel<NumberedEvent> _coming =
        Channel.CreateBounded<NumberedEvent>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Lock _lock = new();

    /// <summary>What comes while the kept ones are asked for: it goes behind them. Null once they are here.</summary>
    private List<NumberedEvent>? _early;
    private long _last;

    private EventStream(ApiNode node, NodeEventKinds kinds, long? last)
    {
        _grains = node.Grains;
        _events = node.Grains.GetGrain<IEventGrain>(node.Key);
        _kinds = kinds;
        _last = last ?? 0;
        _early = last is null ? null : [];
        _reference = _grains.CreateObjectReference<IEventObserver>(this);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kinds">Kinds wanted.</param>
    /// <param name="last">Number of the last event that is known; null: only what comes.</param>
    public static async Task<EventStream> Open(ApiNode node, NodeEventKinds kinds, long? last)
    {
        var stream = new EventStream(node, kinds, last);
        try
        {
            await stream.Renew();
            if (last is { } known)
                stream.Begin(await stream._events.GetSince(known, kinds));
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Renews the watch. To be called more often than <see cref="IEventGrain.WatchTime"/>.</summary>
    public Task Renew() => _events.Watch(_reference, _kinds);

    public Task Happened(NumberedEvent[] events)
    {
        lock (_lock)
        {
            if (_early is not null)
                _early.AddRange(events);
            else
                Write(events);
        }

        return Task.CompletedTask;
    }

    private void Begin(NumberedEvent[] kept)
    {
        lock (_lock)
        {
            Write([.. kept, .. _early!]);
            _early = null;
        }
    }

    private void Write(NumberedEvent[] events)
    {
        foreach (var happened in events)
            _coming.Writer.TryWrite(happened);
    }

    /// <summary>The next event; null if none came within the time.</summary>
    public async Task<NumberedEvent?> Next(TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            while (true)
            {
                var happened = await _coming.Reader.ReadAsync(either.Token);
                // An event that came while the kept ones were asked for is in both.
                if (happened.Sequence <= _last)
                    continue;
                _last = happened.Sequence;
                return happened;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _events.Unwatch(_reference);
        }
        catch (Exception)
        {
            // The node has stopped, or stops: it forgets its watchers by itself.
        }

        _grains.DeleteObjectReference<IEventObserver>(_reference);
    }
}
