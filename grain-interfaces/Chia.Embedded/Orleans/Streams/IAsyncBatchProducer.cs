namespace Orleans.Streams;

/// <summary>Something that takes several items at once.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>Publishes items in their order.</summary>
    /// <param name="batch">The items; not to be changed from now on.</param>
    /// <param name="token">Null.</param>
    /// <returns>A task that ends when they are queued.</returns>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}
