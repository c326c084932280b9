using Chia.Embedded.State;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <content>From the first turn to the last: construction, state, activation, deactivation.</content>
internal sealed partial class Activation
{
    // As in Orleans: a request is handed on twice before it is given up.
    private const int MaxForwards = 2;

    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IStateFacet> _states = [];
    private readonly List<ActivationTimer> _timers = [];
    private Dictionary<Guid, object>? _consumers;
    private AsyncServiceScope? _scope;
    private IGrainBase? _instance;
    private ActivationState _state;
    private volatile DeactivationRequest? _reason;
    private long _lastActive;
    private long _keepAliveUntil = long.MinValue;

    public object? GrainInstance => _instance;

    public IServiceProvider ActivationServices =>
        _scope?.ServiceProvider ?? throw new InvalidOperationException($"{Grain} has no services yet.");

    public Task Deactivated => _deactivated.Task;

    /// <summary>The stream observers of this activation, by subscription.</summary>
    internal Dictionary<Guid, object> Consumers => _consumers ??= [];

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _reason, new DeactivationRequest(deactivationReason, cancellationToken), null) is null)
            EnqueueAny(Nudge);
    }

    public Task DeactivateAsync(DeactivationReason reason)
    {
        Deactivate(reason);
        return Deactivated;
    }

    public void CollectIdle(long timestamp)
    {
        var age = Grain.Class.CollectionAge;
        if (age == Timeout.InfiniteTimeSpan)
            return;
        lock (_gate)
        {
            // Under the lock nothing can slip in between the look and the decision.
            if (_closed || Load != 0 || _inbox.Count != 0
                || timestamp < Volatile.Read(ref _keepAliveUntil)
                || Engine.Time.GetElapsedTime(Volatile.Read(ref _lastActive), timestamp) < age)
                return;
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Idle for {age}."));
        }
    }

    internal void DelayDeactivation(TimeSpan span)
    {
        var until = span == TimeSpan.MaxValue || span == Timeout.InfiniteTimeSpan ? long.MaxValue
            : span <= TimeSpan.Zero ? long.MinValue
            : Engine.Time.GetTimestamp() + (long)(span.TotalSeconds * Engine.Time.TimestampFrequency);
        Volatile.Write(ref _keepAliveUntil, until);
    }

    internal object AddState(Type type, PersistentStateAttribute attribute)
    {
        var state = Engine.CreateState(type, this, attribute);
        _states.Add(state);
        return state;
    }

    internal void AddTimer(ActivationTimer timer) => _timers.Add(timer);

    internal void RemoveTimer(ActivationTimer timer) => _timers.Remove(timer);

    /// <summary>Begins activating or deactivating when it is time to.</summary>
    /// <returns>Whether it was.</returns>
    private bool RunLifeCycle()
    {
        switch (_state)
        {
            case ActivationState.Created:
                _state = ActivationState.Activating;
                RunAsTurn(static self => _ = ((Activation)self!).ActivateAsync(), this);
                return true;
            case ActivationState.Valid when _reason is not null && _running == 0:
                _state = ActivationState.Deactivating;
                RunAsTurn(static self => _ = ((Activation)self!).EndAsync(), this);
                return true;
            default:
                return false;
        }
    }

    private async Task ActivateAsync()
    {
        try
        {
            _scope = Engine.ServiceProvider.CreateAsyncScope();
            _instance = Grain.Class.Construct(this);
            foreach (var state in _states)
                await state.ReadStateAsync();
            using (var patience = Engine.CreatePatience(Engine.Options.ActivationTimeout))
                await _instance.OnActivateAsync(patience.Token).WaitAsync(patience.Token);
            _state = ActivationState.Valid;
            _waitingMayStart = true;
        }
        catch (Exception error)
        {
            EngineLog.ActivationFailed(Engine.Logger, Grain, error);
            _reason ??= new DeactivationRequest(new DeactivationReason(DeactivationReasonCode.ActivationFailed, error, "Failed to activate."), default);
            _state = ActivationState.Deactivating;
            await ReleaseAsync();
            Close(error);
        }
    }

    private async Task EndAsync()
    {
        try
        {
            using var patience = Engine.CreatePatience(Engine.Options.DeactivationTimeout, _reason!.CancellationToken);
            await _instance!.OnDeactivateAsync(_reason.Reason, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception error)
        {
            EngineLog.DeactivationFailed(Engine.Logger, Grain, error);
        }
        await ReleaseAsync();
        Close(null);
    }

    private async Task ReleaseAsync()
    {
        foreach (var timer in _timers.ToArray())
            timer.Dispose();
        try
        {
            if (_instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else if (_instance is IDisposable disposable)
                disposable.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception error)
        {
            EngineLog.DeactivationFailed(Engine.Logger, Grain, error);
        }
    }

    private void Close(Exception? error)
    {
        _state = ActivationState.Closed;
        List<Request> pending;
        lock (_gate)
        {
            _closed = true;
            pending = TakeAllRequestsLocked();
            if (error is null)
                pending.RemoveAll(r => !MayForward(r, MaxForwards));
            _owner.OnClosed(this, error is null ? pending : []);
        }
        if (error is not null)
        {
            foreach (var request in pending)
                request.Reject(error);
        }
        _deactivated.TrySetResult();
    }

    private sealed record DeactivationRequest(DeactivationReason Reason, CancellationToken CancellationToken);
}
