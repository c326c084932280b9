using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Embedded.Engine;

/// <content>Which requests may begin. All of it runs on the activation's turns.</content>
internal sealed partial class Activation
{
    private readonly Queue<Request> _waiting = new();
    private int _waitingReadOnly;
    private int _running;
    private Request? _blocking; // the running request that keeps others from beginning
    private bool _waitingMayStart;

    private void Receive(Request request)
    {
        if (MayBegin(request))
        {
            Start(request);
            return;
        }
        _waiting.Enqueue(request);
        if (request.ReadOnly)
            _waitingReadOnly++;
    }

    private bool MayBegin(Request request)
    {
        if (_state != ActivationState.Valid || _reason is not null)
            return false;
        return _running == 0
            || _blocking is null
            || request.AlwaysInterleave
            || Grain.Class.Reentrant
            || (_blocking.ReadOnly && request.ReadOnly);
    }

    /// <summary>Begins the oldest waiting request that may.</summary>
    /// <returns>Whether there was one.</returns>
    private bool StartNextWaiting()
    {
        if (!_waitingMayStart)
            return false;
        if (_waiting.TryPeek(out var first) && MayBegin(first))
        {
            _waiting.Dequeue();
            if (first.ReadOnly)
                _waitingReadOnly--;
            Start(first);
            return true;
        }
        _waitingMayStart = false;
        return _waitingReadOnly > 0 && _blocking is { ReadOnly: true } && StartWaitingReadOnly();
    }

    // Read-only requests pass the others that wait while a read-only one runs.
    private bool StartWaitingReadOnly()
    {
        var started = false;
        for (var left = _waiting.Count; left > 0; left--)
        {
            var request = _waiting.Dequeue();
            if (request.ReadOnly && MayBegin(request))
            {
                _waitingReadOnly--;
                started = true;
                Start(request);
            }
            else
            {
                _waiting.Enqueue(request);
            }
        }
        return started;
    }

    private void Start(Request request)
    {
        _running++;
        if (_blocking is null && !request.AlwaysInterleave)
            _blocking = request;
        RunAsTurn(static state =>
        {
            var (activation, request) = ((Activation, Request))state!;
            activation.Run(request);
        }, (this, request));
    }

    private void Run(Request request)
    {
        Task work;
        try
        {
            work = request.Abandoned
                ? Task.CompletedTask
                : request.InvokeAsync(this) ?? Task.FromException(new InvalidOperationException("A grain method returned null in place of a task."));
        }
        catch (Exception error)
        {
            work = Task.FromException(error);
        }
        if (work.IsCompleted)
        {
            Finish(request, work);
            return;
        }
        work.ContinueWith(
            static (work, state) =>
            {
                var (activation, request) = ((Activation, Request))state!;
                activation.Finish(request, work);
            },
            (this, request),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            _scheduler);
    }

    private void Finish(Request request, Task work)
    {
        _running--;
        if (_blocking is null || ReferenceEquals(_blocking, request))
            _blocking = null;
        if (request.KeepsAlive)
            Volatile.Write(ref _lastActive, Engine.Time.GetTimestamp());
        _waitingMayStart = true;
        // A grain whose write met a newer record works on an old state: the next activation reads anew.
        if (work.Exception?.InnerException is InconsistentStateException stale)
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, stale, "The state in the store is newer."));
        // Free again before the caller learns of the answer, so that its next call finds the activation idle.
        Interlocked.Decrement(ref _load);
        request.Complete(work);
    }

    private List<Request> TakeAllRequestsLocked()
    {
        var requests = new List<Request>(_waiting);
        _waiting.Clear();
        _waitingReadOnly = 0;
        for (var left = _inbox.Count; left > 0; left--)
        {
            var item = _inbox.Dequeue();
            if (item is Request request)
                requests.Add(request);
            else
                _inbox.Enqueue(item);
        }
        requests.RemoveAll(r => r.BoundToActivation);
        return requests;
    }

    private static bool MayForward(Request request, int limit)
    {
        if (request.Forwards++ < limit)
            return true;
        request.Reject(new OrleansMessageRejectionException("The activation ended each time before the call could begin."));
        return false;
    }
}
