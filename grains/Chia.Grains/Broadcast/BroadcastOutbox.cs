using Chia.GrainInterfaces.Broadcasts;

namespace Chia.Grains.Broadcast;

/// <summary>
/// Broadcasts on their way to one consumer, in order: one that is slow, or dead and not yet known to be, makes nobody wait but itself.
/// </summary>
/// <param name="deliver">Hands over what was published at once.</param>
/// <param name="failed">It could not be handed over.</param>
internal sealed class BroadcastOutbox(Func<BroadcastItem[], Task> deliver, Action<Exception> failed)
{
    /// <summary>
    /// What waits for a consumer that does not take it: some seconds' worth of a busy network, and 128 MB of the largest frames, which all
    /// consumers share. The oldest goes first: a gateway notices the gap and asks for the tips.
    /// </summary>
    public const int Capacity = 64;

    private readonly Queue<BroadcastItem[]> _waiting = [];
    private bool _isSending;
    private bool _isClosed;

    /// <summary>Hands over as soon as what was put before is. To be called in the turns of one grain.</summary>
    public void Put(BroadcastItem[] items)
    {
        if (_isClosed)
            return;
        if (_waiting.Count == Capacity)
            _waiting.Dequeue();
        _waiting.Enqueue(items);
        if (!_isSending)
            Idle = Empty();
    }

    /// <summary>Completes when all that was put is handed over, or could not be.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    /// <summary>The consumer is gone: what waits is for nobody.</summary>
    public void Close()
    {
        _isClosed = true;
        _waiting.Clear();
    }

    private async Task Empty()
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
                // Whatever it is, what waits behind it is still to be handed over.
                failed(error);
            }
        }

        _isSending = false;
    }
}
