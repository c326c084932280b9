using Chia.GrainInterfaces.Broadcasts;

namespace Chia.Grains.Broadcast;

/// <summary>
/// Broadcasts on their way to one consumer, in order. A consumer that is slow, or dead and not yet known to be, delays nobody but itself.
/// To be used in the turns of one grain.
/// </summary>
/// <param name="deliver">Delivers the items of one call of <see cref="Put"/>.</param>
/// <param name="failed">Is told when a delivery failed; the items are dropped.</param>
internal sealed class BroadcastOutbox(Func<BroadcastItem[], Task> deliver, Action<Exception> failed)
{
    /// <summary>
    /// Most calls that wait for a consumer: some seconds' worth of a busy network; of the largest frames 128 MB, which all consumers
    /// share. The oldest is dropped first: a gateway notices the gap and asks for the tips.
    /// </summary>
    public const int Capacity = 64;

    private readonly Queue<BroadcastItem[]> _waiting = [];
    private bool _isSending;
    private bool _isClosed;

    /// <summary>Has items delivered when those put before have been. Ignored after <see cref="Close"/>.</summary>
    public void Put(BroadcastItem[] items)
    {
        if (_isClosed)
            return;
        if (_waiting.Count == Capacity)
            _waiting.Dequeue();
        _waiting.Enqueue(items);
        if (!_isSending)
            Idle = Drain();
    }

    /// <summary>Completes when everything put so far has been delivered, or could not be.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    /// <summary>Drops what waits: the consumer is gone.</summary>
    public void Close()
    {
        _isClosed = true;
        _waiting.Clear();
    }

    private async Task Drain()
    {
        _isSending = true;
        while (_waiting.TryDequeue(out var items))
        {
            try
            {
                await deliver(items);
            }
            catch (Exception error)
            {
                // Whatever the error is, what waits behind it is still to be delivered.
                failed(error);
            }
        }

        _isSending = false;
    }
}
