using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and how.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>With the two times; the rest as by default.</summary>
    /// <param name="dueTime">Time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for only one tick.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for only one tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ticks may begin while a call of the activation awaits. Otherwise they wait like calls.</summary>
    public bool Interleave { get; init; }

    /// <summary>Ticks count as calls for the idle deactivation.</summary>
    public bool KeepAlive { get; init; }
}
