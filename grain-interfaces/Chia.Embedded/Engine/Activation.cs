using System.Diagnostics.CodeAnalysis;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>
/// One object serving one key. Everything it does is a turn: an item of its queue, run on a thread of the pool,
/// one at a time. This part is the queue and the turns; the other parts are which requests may begin, and the life cycle.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The scope and the token source end with the activation, not with a caller.")]
internal sealed partial class Activation : IGrainContext, IRequestTarget, IThreadPoolWorkItem
{
    // A long queue gives its thread back after so many turns or so long, and goes to the end of the pool's queue.
    private const int TurnsPerSlice = 32;
    private const long SliceMilliseconds = 20;

    private static readonly object Nudge = new();

    [ThreadStatic]
    private static Activation? _current;

    private readonly IActivationOwner _owner;
    private readonly ActivationScheduler _scheduler;
    private readonly Lock _gate = new();
    private readonly Queue<object> _inbox = new(); // Task, Request or Nudge; guarded by _gate
    private bool _scheduled; // guarded by _gate
    private bool _closed; // guarded by _gate
    private int _load;

    internal Activation(EmbeddedEngine engine, GrainKey grain, IActivationOwner owner)
    {
        Engine = engine;
        Grain = grain;
        Address = new GrainAddress(engine, grain);
        _owner = owner;
        _scheduler = new ActivationScheduler(this);
        _lastActive = engine.Time.GetTimestamp();
    }

    /// <summary>The activation whose turn runs on this thread, if one does.</summary>
    internal static Activation? Current => _current;

    internal EmbeddedEngine Engine { get; }

    internal GrainKey Grain { get; }

    internal GrainAddress Address { get; }

    /// <summary>Requests that were given to it and have not ended.</summary>
    internal int Load => Volatile.Read(ref _load);

    public bool TryPost(Request request)
    {
        Reserve();
        return TryEnqueue(request);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _current = this;
        try
        {
            RunSlice();
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>Counts a request that <see cref="TryEnqueue"/> will bring.</summary>
    internal void Reserve() => Interlocked.Increment(ref _load);

    /// <summary>Queues a request that was reserved.</summary>
    /// <returns>False when the activation has ended.</returns>
    internal bool TryEnqueue(Request request)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _inbox.Enqueue(request);
            ScheduleLocked();
            return true;
        }
    }

    /// <summary>Queues requests of its predecessor, before anybody else knows of it.</summary>
    internal void Preload(IReadOnlyList<Request> requests)
    {
        foreach (var request in requests)
        {
            Reserve();
            _inbox.Enqueue(request);
        }
    }

    /// <summary>Runs what was queued by <see cref="Preload"/>.</summary>
    internal void Begin() => EnqueueAny(Nudge);

    /// <summary>Queues a task of the activation. Ended activations run them too: something may await them.</summary>
    internal void EnqueueTask(Task task) => EnqueueAny(task);

    private void EnqueueAny(object item)
    {
        lock (_gate)
        {
            _inbox.Enqueue(item);
            ScheduleLocked();
        }
    }

    private void ScheduleLocked()
    {
        if (_scheduled)
            return;
        _scheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private void RunSlice()
    {
        var end = Environment.TickCount64 + SliceMilliseconds;
        for (var turns = 0; turns < TurnsPerSlice && Environment.TickCount64 < end; turns++)
        {
            if (RunLifeCycle() || StartNextWaiting())
                continue;
            object? item;
            lock (_gate)
            {
                if (!_inbox.TryDequeue(out item))
                {
                    _scheduled = false;
                    return;
                }
            }
            if (item is Task task)
                _scheduler.Run(task);
            else if (item is Request request)
                Receive(request);
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Begins <paramref name="work"/> now, as a task of the activation. Only from its turn.</summary>
    private void RunAsTurn(Action<object?> work, object? state) =>
        new Task(work, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach).RunSynchronously(_scheduler);
}
