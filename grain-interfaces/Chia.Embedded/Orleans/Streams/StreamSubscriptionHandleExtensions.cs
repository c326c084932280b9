using Chia.Embedded.Streams;

namespace Orleans.Streams;

/// <summary>Resuming with functions in place of an observer.</summary>
public static class StreamSubscriptionHandleExtensions
{
    /// <summary>Takes a subscription up again with a function for the items.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes an item and its place.</param>
    /// <param name="token">Null: memory streams cannot go back.</param>
    /// <returns>The subscription.</returns>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, DelegateObserver<T>.IgnoreError, DelegateObserver<T>.IgnoreCompleted), token);
    }

    /// <summary>Takes a subscription up again with functions for the items and for errors.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes an item and its place.</param>
    /// <param name="onErrorAsync">Items may have been lost.</param>
    /// <param name="token">Null: memory streams cannot go back.</param>
    /// <returns>The subscription.</returns>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, DelegateObserver<T>.IgnoreCompleted), token);
    }
}
