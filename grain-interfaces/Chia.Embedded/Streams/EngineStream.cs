using Chia.Embedded.Engine;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>A handle to a stream in this process.</summary>
internal sealed class EngineStream<T>(StreamTable table, string provider, StreamId stream) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => provider;

    public StreamId StreamId => stream;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        return OnNextBatchAsync([item], token);
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        if (token is not null)
            throw new ArgumentException("Memory streams number their items themselves.", nameof(token));
        table.Publish(provider, stream, batch);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => throw new NotSupportedException("Memory streams do not end.");

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("Memory streams carry no errors.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Subscription subscription;
        if (Activation.Current is { } activation)
        {
            if (activation.Grain.Class.MaxWorkers > 0)
                throw new InvalidOperationException("A stateless worker cannot subscribe: it is not one object.");
            subscription = new GrainSubscription<T>(table, provider, stream, activation.Address);
            activation.Consumers.Add(subscription.Id, observer);
        }
        else
        {
            subscription = new ClientSubscription<T>(table, provider, stream, observer);
        }
        table.Subscribe(subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new SubscriptionHandle<T>(table, subscription));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. table.SubscriptionsOf(provider, stream, Activation.Current?.Grain).Select(s => new SubscriptionHandle<T>(table, s))]);
}
