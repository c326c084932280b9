namespace Orleans.Streams;

/// <summary>Something that can be subscribed to.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes; the subscriber gets the items that are published from now on, in order, one at a time.</summary>
    /// <param name="observer">Gets the items. In a grain its calls are turns of the grain.</param>
    /// <returns>The subscription. It lasts until it is ended, longer than a grain's activation.</returns>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);
}
