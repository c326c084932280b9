using Chia.Embedded.Engine;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>
/// A subscribing grain: an item is a request to it, activates it if need be, and is lost if that activation has not
/// resumed the subscription.
/// </summary>
internal sealed class GrainSubscription<T>(StreamTable table, string provider, StreamId stream, GrainAddress grain)
    : Subscription(table, provider, stream)
{
    internal override GrainKey? Owner => grain.Grain;

    protected override Task DeliverAsync(object item, SequenceToken token) =>
        Send(observer => observer.OnNextAsync((T)item, token));

    protected override Task DeliverErrorAsync(Exception error) => Send(observer => observer.OnErrorAsync(error));

    private Task Send(Func<IAsyncObserver<T>, Task> deliver)
    {
        var delivery = new Delivery(this, deliver);
        grain.Post(delivery);
        return delivery.Done.Task;
    }

    private sealed class Delivery(GrainSubscription<T> subscription, Func<IAsyncObserver<T>, Task> deliver) : Request
    {
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override bool Abandoned => subscription.Ended;

        internal override Task InvokeAsync(Activation activation) =>
            activation.Consumers.GetValueOrDefault(subscription.Id) is IAsyncObserver<T> observer
                ? deliver(observer)
                : Task.CompletedTask;

        internal override void Complete(Task work)
        {
            if (work.IsCompletedSuccessfully)
                Done.TrySetResult();
            else
                Done.TrySetException(work.Exception?.InnerException ?? new TaskCanceledException(work));
        }

        internal override void Reject(Exception error) => Done.TrySetException(error);
    }
}
