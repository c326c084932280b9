using System.Diagnostics.CodeAnalysis;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>A callback object: held weakly, called one call at a time, on the thread pool.</summary>
internal sealed class ObserverTarget(EmbeddedEngine engine, IGrainObserver target) : ICallAddress
{
    private readonly WeakReference<IGrainObserver> _target = new(target);
    private readonly Queue<CallRequest> _calls = new();
    private bool _pumping; // guarded by _calls
    private volatile bool _deleted;

    public EmbeddedEngine Engine => engine;

    public string Key { get; } = $"observer/{Guid.NewGuid():N}";

    public void Post(Request request)
    {
        var call = (CallRequest)request;
        if (!TryGetTarget(out _))
        {
            call.Reject(Gone());
            return;
        }
        if (call.AlwaysInterleave)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static call => _ = call.Self.RunAsync(call.Call), (Self: this, Call: call), preferLocal: false);
            return;
        }
        lock (_calls)
        {
            _calls.Enqueue(call);
            if (_pumping)
                return;
            _pumping = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.PumpAsync(), this, preferLocal: false);
    }

    internal void Delete() => _deleted = true;

    private async Task PumpAsync()
    {
        while (true)
        {
            CallRequest? call;
            lock (_calls)
            {
                if (!_calls.TryDequeue(out call))
                {
                    _pumping = false;
                    return;
                }
            }
            await RunAsync(call).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(CallRequest call)
    {
        if (call.Abandoned)
            return;
        if (!TryGetTarget(out var observer))
        {
            call.Reject(Gone());
            return;
        }
        Task work;
        try
        {
            work = call.InvokeOn(observer);
        }
        catch (Exception error)
        {
            work = Task.FromException(error);
        }
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Complete(work);
    }

    private bool TryGetTarget([NotNullWhen(true)] out IGrainObserver? observer)
    {
        observer = null;
        return !_deleted && _target.TryGetTarget(out observer);
    }

    private ClientNotAvailableException Gone() => new($"{Key} is gone: its reference was deleted, or the object was collected.");
}
