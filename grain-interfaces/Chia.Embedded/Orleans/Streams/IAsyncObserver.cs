namespace Orleans.Streams;

/// <summary>Something that takes items.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>Takes an item. On a stream: publishes it, without waiting for subscribers.</summary>
    /// <param name="item">The item; not to be changed from now on.</param>
    /// <param name="token">Its place in the stream; null when publishing.</param>
    /// <returns>A task; when a subscriber's task fails it is given the same item again for a while.</returns>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>No more items will come. Streams themselves do not support it.</summary>
    /// <returns>A task.</returns>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Items may have been lost. Streams themselves do not support it.</summary>
    /// <param name="ex">Why.</param>
    /// <returns>A task.</returns>
    Task OnErrorAsync(Exception ex);
}
