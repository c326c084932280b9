namespace Chia.Gateway.Connections;

/// <summary>
/// Memory for large frames, shared by all connections: whoever announces a large frame waits until there is room for it,
/// so that many peers announcing 64 MiB each cannot exhaust the process.
/// </summary>
internal sealed class LargeFrameBudget
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    private long _free;

    public LargeFrameBudget(long bytes) => _free = bytes;

    /// <summary>Waits for room. Dispose the lease when the frame has been handled.</summary>
    public async Task<Lease> Take(long bytes, CancellationToken cancellation)
    {
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((bytes, granted));
            Grant();
        }

        try
        {
            await granted.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Not granted yet: the entry stays in the queue until its turn and then frees itself.
            _ = granted.Task.ContinueWith(_ => Free(bytes), TaskScheduler.Default);
            throw;
        }

        return new Lease(this, bytes);
    }

    private void Free(long bytes)
    {
        lock (_lock)
        {
            _free += bytes;
            Grant();
        }
    }

    private void Grant()
    {
        while (_waiting.TryPeek(out var first) && first.Bytes <= _free)
        {
            _waiting.Dequeue();
            _free -= first.Bytes;
            first.Granted.SetResult();
        }
    }

    /// <summary>Room taken; given back once.</summary>
    internal sealed class Lease(LargeFrameBudget budget, long bytes) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                budget.Free(bytes);
        }
    }
}
