using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain whose calls tell when they begin and end, and wait at gates in between.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>"begin x", the gate x, "end x".</summary>
    Task Work(string name);

    [ReadOnly]
    Task Read(string name);

    [AlwaysInterleave]
    Task Interleave(string name);

    /// <summary>Answers at once, whatever else runs: what was sent before has arrived by then.</summary>
    [AlwaysInterleave]
    Task Arrived();
}
