using System.Threading.Channels;

namespace Chia.Grains.Validation;

/// <summary>
/// Threads for proofs, apart from the thread pool that grains run on: one a core, below normal priority, so that validation never keeps
/// messages waiting. The queue needs no bound of its own: every connection and the sync wait for their results before they hand in more.
/// </summary>
public sealed class ValidationThreads : IDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>();
    private int _queued;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; 0 for one a core.</param>
    public ValidationThreads(int count = 0)
    {
        Count = count > 0 ? count : Environment.ProcessorCount;
        for (var i = 0; i < Count; i++)
            new Thread(Work) { IsBackground = true, Name = $"validation {i}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>Number of threads.</summary>
    public int Count { get; }

    /// <summary>Pieces of work waiting or running.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Runs a piece of work on one of the threads.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _queued);
        var accepted = _work.Writer.TryWrite(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
            finally
            {
                Interlocked.Decrement(ref _queued);
            }
        });
        if (!accepted)
            done.SetException(new ObjectDisposedException(nameof(ValidationThreads)));
        return done.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _work.Writer.TryComplete();

    private void Work()
    {
        while (_work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_work.Reader.TryRead(out var work))
                work();
        }
    }
}
