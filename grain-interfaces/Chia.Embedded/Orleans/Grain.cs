using Chia.Embedded.Engine;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain classes. One object serves one key at a time, one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation;

    /// <summary>Called by the engine, on the activation's first turn.</summary>
    protected Grain() => _activation = Activation.Current;

    /// <summary>The activation that this object lives in.</summary>
    /// <exception cref="InvalidOperationException">The object was not made by the engine.</exception>
    public IGrainContext GrainContext => Context;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Context.Engine;

    /// <summary>The services of this activation: a scope that ends with it.</summary>
    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    private Activation Context => _activation
        ?? throw new InvalidOperationException($"{GetType().Name} was not created by the grain engine.");

    /// <summary>Runs before the first call is let in.</summary>
    /// <param name="cancellationToken">Cancelled when the activation is given up.</param>
    /// <returns>A task; when it fails, the calls that waited fail with its exception and the next call tries a new activation.</returns>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call has ended.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="cancellationToken">Cancelled when the host waits no longer.</param>
    /// <returns>A task; its exception is logged and changes nothing.</returns>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation as soon as the running calls have ended; calls that come later get a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Puts off the idle deactivation.</summary>
    /// <param name="timeSpan">How long from now; zero or less takes an earlier request back, <see cref="TimeSpan.MaxValue"/> means for ever.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Context.DelayDeactivation(timeSpan);
}
