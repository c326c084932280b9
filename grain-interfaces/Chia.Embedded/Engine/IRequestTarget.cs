namespace Chia.Embedded.Engine;

/// <summary>Something that works requests off: an activation, or the pool of a stateless worker.</summary>
internal interface IRequestTarget
{
    /// <summary>Queues a request.</summary>
    /// <returns>False when the target has ended; the directory knows its successor, if it has one, by then.</returns>
    bool TryPost(Request request);

    /// <summary>Ends all activations of the target.</summary>
    /// <returns>A task that ends with the last of them.</returns>
    Task DeactivateAsync(Orleans.DeactivationReason reason);

    /// <summary>Ends the activations that have been idle for long enough.</summary>
    void CollectIdle(long timestamp);
}
