using System.Collections.Concurrent;

namespace Chia.Grains.Work;

/// <summary>
/// Threads of a role's own for work that blocks or computes, apart from the pool that grains run on. Two queues: urgent work, of which
/// there is little and which others wait for, goes before bulk work that is already queued.
/// </summary>
public abstract class WorkThreads : IDisposable
{
    private readonly ConcurrentQueue<Action> _urgent = new();
    private readonly ConcurrentQueue<Action> _bulk = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Thread[] _threads;
    private readonly Lock _lock = new();
    private volatile bool _stopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Name of the threads, for debuggers.</param>
    /// <param name="count">How many, at least one.</param>
    /// <param name="priority">Below normal for work that keeps all cores busy: messages must not wait for it.</param>
    protected WorkThreads(string name, int count, ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"{name} {i}", Priority = priority };
            _threads[i].Start();
        }
    }

    /// <summary>Number of threads.</summary>
    internal int Count => _threads.Length;

    /// <summary>Runs a piece of work on one of the threads; its exceptions come out of the task.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isUrgent">True: before all bulk work that waits.</param>
    /// <param name="cancellation">Whoever wanted it does not any more: it is dropped, unless it has begun.</param>
    internal Task<T> Run<T>(Func<T> work, bool isUrgent = false, CancellationToken cancellation = default)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // What is queued before the threads are told to end is seen to by them; what came behind would wait for ever.
            if (_stopping)
                return Task.FromCanceled<T>(new CancellationToken(canceled: true));
            (isUrgent ? _urgent : _bulk).Enqueue(RunOrCancel);
        }

        _waiting.Release();
        return done.Task;

        void RunOrCancel()
        {
            if (_stopping || cancellation.IsCancellationRequested)
            {
                done.SetCanceled(cancellation);
                return;
            }

            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
    }

    /// <summary>Work under way ends, work that waits is cancelled.</summary>
    public virtual void Dispose()
    {
        lock (_lock)
        {
            if (_stopping)
                return;
            _stopping = true;
        }

        _waiting.Release(Count);
        GC.SuppressFinalize(this);
    }

    private void Work()
    {
        while (true)
        {
            _waiting.Wait();
            if (_urgent.TryDequeue(out var work) || _bulk.TryDequeue(out work))
                work();
            else if (_stopping)
                return;
        }
    }
}
