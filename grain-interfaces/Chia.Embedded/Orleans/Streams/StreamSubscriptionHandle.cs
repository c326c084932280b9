using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription to a stream.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
{
    /// <summary>The name of the stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The name of the provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>Tells subscriptions apart.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription: nothing is delivered once the task has ended.</summary>
    /// <returns>A task.</returns>
    public abstract Task UnsubscribeAsync();

    /// <summary>Takes the subscription up again with another observer, as an activation must do for those that its predecessor made.</summary>
    /// <param name="observer">Gets the items from now on.</param>
    /// <param name="token">Null: memory streams cannot go back.</param>
    /// <returns>The handle to use from now on.</returns>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);
}
