using Chia.GrainInterfaces.Events;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Events;

/// <summary>One node's events: numbers them, keeps the newest, tells the watchers.</summary>
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
[KeepAlive]
internal sealed class EventGrain : Grain, IEventGrain
{
    private readonly EventLog _log;
    private readonly TimeProvider _time;
    private readonly ILogger<EventGrain> _logger;
    private readonly Dictionary<IEventObserver, Watcher> _watchers = [];

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public EventGrain(TimeProvider time, ILogger<EventGrain> logger)
    {
        _time = time;
        _logger = logger;
        _log = new EventLog(time.GetUtcNow());
    }

    /// <inheritdoc/>
    public Task<NodeEventKinds> Publish(NodeEvent[] events)
    {
        foreach (var (watcher, _) in _watchers.Where(w => _time.GetElapsedTime(w.Value.Renewed) > IEventGrain.WatchTime).ToList())
            _watchers.Remove(watcher);
        var wanted = _watchers.Values.Aggregate(NodeEventKinds.All & ~NodeEventKinds.Message, (all, watcher) => all | watcher.Kinds);
        NumberedEvent[] numbered = [.. events.Where(e => wanted.HasFlag(e.Kind)).Select(_log.Add)];
        foreach (var (observer, watcher) in _watchers)
        {
            NumberedEvent[] told = [.. numbered.Where(e => watcher.Kinds.HasFlag(e.Event.Kind))];
            if (told.Length > 0)
                _ = Tell(observer, told);
        }

        return Task.FromResult(wanted);
    }

    /// <inheritdoc/>
    public Task Watch(IEventObserver watcher, NodeEventKinds kinds)
    {
        _watchers[watcher] = new Watcher(kinds, _time.GetTimestamp());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Unwatch(IEventObserver watcher)
    {
        _watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<NumberedEvent[]> GetSince(long sequence, NodeEventKinds kinds) =>
        Task.FromResult<NumberedEvent[]>([.. _log.Since(sequence, kinds)]);

    /// <summary>Tells a watcher; not awaited by those to whom things happen. One that cannot be reached is forgotten.</summary>
    private async Task Tell(IEventObserver watcher, NumberedEvent[] events)
    {
        try
        {
            await watcher.Happened(events);
        }
        catch (Exception error)
        {
            EventsLog.WatcherLost(_logger, this.Node(), error.Message);
            _watchers.Remove(watcher);
        }
    }

    private readonly record struct Watcher(NodeEventKinds Kinds, long Renewed);
}

/// <summary>Log lines about events.</summary>
internal static partial class EventsLog
{
    [LoggerMessage(1040, LogLevel.Debug, "A watcher of the events of {Node} cannot be reached: {Reason}")]
    public static partial void WatcherLost(ILogger log, NodeName node, string reason);

    [LoggerMessage(1041, LogLevel.Debug, "Events of {Node} were not taken: {Reason}")]
    public static partial void NotTaken(ILogger log, NodeName node, string reason);
}
