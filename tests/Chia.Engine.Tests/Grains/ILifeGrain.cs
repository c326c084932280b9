using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>
/// A grain that notes its activations: "activating", the gate "activate", "activated"; "deactivated" and the reason.
/// With a key "fails-once…" its first activation fails, with "fails-at-end…" each deactivation does.
/// </summary>
public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Tells activations apart.</summary>
    Task<Guid> Activation();

    Task<Guid> DeactivateAfterThis();

    /// <summary>Asks for the end, notes "at gate" and waits at the gate "end".</summary>
    Task DeactivateAtGate();

    Task<Guid> Note(string note);

    /// <summary>"holding", the gate "hold", "held".</summary>
    [OneWay]
    Task Hold();

    Task Delay(TimeSpan time);
}
