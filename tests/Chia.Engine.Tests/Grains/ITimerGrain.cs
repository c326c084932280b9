using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain with a timer.</summary>
public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks note "tick on grain", or "tick elsewhere" if they are no turns of the grain.</summary>
    Task Start(TimeSpan dueTime, TimeSpan period, bool interleave);

    /// <summary>Ticks note "tick begins", wait at the gate "tick" and note "tick ends" or "tick cancelled".</summary>
    Task StartHolding(TimeSpan dueTime, TimeSpan period);

    /// <summary>Ticks note "throwing" and throw.</summary>
    Task StartThrowing(TimeSpan dueTime, TimeSpan period);

    Task Change(TimeSpan dueTime, TimeSpan period);

    [AlwaysInterleave]
    Task Stop();

    /// <summary>"begin", the gate "work", "end".</summary>
    Task Work();

    Task Note(string note);

    [AlwaysInterleave]
    Task Arrived();
}
