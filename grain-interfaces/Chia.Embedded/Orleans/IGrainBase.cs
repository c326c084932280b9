using Orleans.Runtime;

namespace Orleans;

/// <summary>What the engine needs of a grain class. <see cref="Grain"/> implements it.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object lives in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call is let in.</summary>
    /// <param name="token">Cancelled when the activation is given up.</param>
    /// <returns>A task; when it fails, the calls that waited fail with its exception and the next call tries a new activation.</returns>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call has ended.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="token">Cancelled when the host waits no longer.</param>
    /// <returns>A task; its exception is logged and changes nothing.</returns>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
