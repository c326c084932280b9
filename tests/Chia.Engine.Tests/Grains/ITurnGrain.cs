using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain whose calls tell when they begin and end, and wait at a gate in between.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>"begin x", the gate x, "end x".</summary>
    Task Work(string name);

    /// <summary>The same, changing nothing.</summary>
    [ReadOnly]
    Task Read(string name);

    /// <summary>The same, whatever else runs.</summary>
    [AlwaysInterleave]
    Task Interleave(string name);

    /// <summary>The same, without an answer.</summary>
    [OneWay]
    Task Tell(string name);

    /// <summary>Awaits again and again until the gate is open.</summary>
    Task Spin(string name);

    /// <summary>"begin x", the gate x or the token, "end x" or "cancelled x".</summary>
    Task Wait(string name, CancellationToken cancellationToken);

    /// <summary>Works beside itself in many steps; the largest number of steps that ever ran at one time.</summary>
    Task<int> CountOverlap(int steps);

    /// <summary>Answers at once, whatever else runs: what was sent before has arrived by then.</summary>
    [AlwaysInterleave]
    Task Arrived();
}
