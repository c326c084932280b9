namespace Orleans.Runtime;

/// <summary>A timer of a grain. It stops when it is disposed and when the activation ends.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when it ticks. During a tick, takes effect when the tick ends.</summary>
    /// <param name="dueTime">Time to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for only one tick.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
