namespace Chia.GrainInterfaces.Events;

/// <summary>Collects what happens in a node, keeps the newest, and tells those who watch; key: the node's name.</summary>
[Alias("chia.IEventGrain"), Version(1)]
public interface IEventGrain : IGrainWithStringKey
{
    /// <summary>Something happened.</summary>
    /// <returns>The kinds that are worth telling: messages only while somebody watches them.</returns>
    [Alias("Publish"), ResponseTimeout(AnswerTime.Memory)]
    Task<NodeEventKinds> Publish(NodeEvent[] events);

    /// <summary>Tells a watcher of these kinds from now on; to be renewed before <see cref="WatchTime"/> is over.</summary>
    [Alias("Watch"), ResponseTimeout(AnswerTime.Memory)]
    Task Watch(IEventObserver watcher, NodeEventKinds kinds);

    /// <summary>The watcher has gone.</summary>
    [Alias("Unwatch"), ResponseTimeout(AnswerTime.Memory)]
    Task Unwatch(IEventObserver watcher);

    /// <summary>What happened after an event, oldest first, as far as it is kept.</summary>
    /// <param name="sequence">Number of the last event that is known.</param>
    /// <param name="kinds">The kinds wanted.</param>
    [Alias("GetSince"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<NumberedEvent[]> GetSince(long sequence, NodeEventKinds kinds);

    /// <summary>How long a watcher is told without renewing: one that died is forgotten then.</summary>
    static readonly TimeSpan WatchTime = TimeSpan.FromMinutes(2);
}

/// <summary>Somebody who watches.</summary>
[Alias("chia.IEventObserver"), Version(1)]
public interface IEventObserver : IGrainObserver
{
    /// <summary>Something happened, in this order.</summary>
    [Alias("Happened"), ResponseTimeout(AnswerTime.Memory)]
    Task Happened(NumberedEvent[] events);
}
