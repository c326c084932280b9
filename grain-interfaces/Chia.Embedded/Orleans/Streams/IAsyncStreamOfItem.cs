namespace Orleans.Streams;

/// <summary>A handle to a stream: publish through <see cref="IAsyncObserver{T}"/>, subscribe through <see cref="IAsyncObservable{T}"/>.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public interface IAsyncStream<T> : IAsyncStream, IAsyncObservable<T>, IAsyncBatchProducer<T>
{
    /// <summary>The subscriptions of the caller to this stream: of this grain, over all its activations, or of this client.</summary>
    /// <returns>The handles; to be resumed by a grain that has come back, or to be ended.</returns>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
