using Chia.GrainInterfaces.Events;

namespace Chia.Grains.Events;

/// <summary>The newest events of a node, numbered. Pure.</summary>
internal sealed class EventLog
{
    /// <summary>Events kept for those who come back (OPERATIONS 3).</summary>
    public const int Capacity = 1000;

    /// <summary>Numbers of a millisecond: a log that starts anew goes on above everything that the one before it gave out.</summary>
    private const long NumbersPerMillisecond = 1000;

    private readonly Queue<NumberedEvent> _events = new(Capacity);
    private long _last;

    /// <param name="now">The time of day.</param>
    public EventLog(DateTimeOffset now) => _last = now.ToUnixTimeMilliseconds() * NumbersPerMillisecond;

    /// <summary>Numbers and keeps an event.</summary>
    public NumberedEvent Add(NodeEvent happened)
    {
        if (_events.Count == Capacity)
            _events.Dequeue();
        var numbered = new NumberedEvent(++_last, happened);
        _events.Enqueue(numbered);
        return numbered;
    }

    /// <summary>Events after a number, oldest first.</summary>
    public IEnumerable<NumberedEvent> Since(long sequence, NodeEventKinds kinds) =>
        _events.Where(e => e.Sequence > sequence && kinds.HasFlag(e.Event.Kind));
}
