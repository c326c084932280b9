namespace Orleans.Runtime;

/// <summary>An activation: one object that serves one key until it is deactivated.</summary>
public interface IGrainContext
{
    /// <summary>The grain object; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation: a scope that ends with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation as soon as the running calls have ended. Returns at once.</summary>
    /// <param name="deactivationReason">Why; handed to <c>OnDeactivateAsync</c>.</param>
    /// <param name="cancellationToken">Cancels the token that <c>OnDeactivateAsync</c> is given.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
