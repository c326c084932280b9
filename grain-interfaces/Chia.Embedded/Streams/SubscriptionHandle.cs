using Chia.Embedded.Engine;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>What a subscriber holds of its subscription.</summary>
internal sealed class SubscriptionHandle<T>(StreamTable table, Subscription subscription) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.Stream;

    public override string ProviderName => subscription.Provider;

    public override Guid HandleId => subscription.Id;

    public override Task UnsubscribeAsync()
    {
        table.Unsubscribe(subscription);
        if (Activation.Current is { } activation && subscription.Owner == activation.Grain)
            activation.Consumers.Remove(subscription.Id);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (token is not null)
            throw new NotSupportedException("Memory streams cannot go back.");
        if (subscription is ClientSubscription<T> client)
            client.Observer = observer;
        else if (Activation.Current is { } activation && subscription.Owner == activation.Grain)
            activation.Consumers[subscription.Id] = observer;
        else
            throw new InvalidOperationException("A grain's subscription is resumed from the grain's own turns.");
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => HandleId.GetHashCode();
}
