using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>A grain timer. Between ticks the clock's timer is armed once; during a tick it is not.</summary>
internal sealed class ActivationTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Tick _tick;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _firing;
    private bool _changed;
    private bool _disposed;

    private ActivationTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _tick = new Tick(this, options.Interleave, options.KeepAlive);
        // Ticks must not inherit what the turn that starts the timer has in its async locals.
        var flow = ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow();
        _timer = activation.Engine.Time.CreateTimer(static timer => ((ActivationTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        flow?.Undo();
    }

    /// <summary>Starts a timer of the activation whose turn this is.</summary>
    /// <exception cref="InvalidOperationException">It is not that activation's turn.</exception>
    internal static ActivationTimer Start(IGrainContext context, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (context is not Activation activation || !ReferenceEquals(Activation.Current, activation))
            throw new InvalidOperationException("A grain timer is started from the grain's own turns: not before activation, not from Task.Run.");
        var timer = new ActivationTimer(activation, callback, options);
        activation.AddTimer(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        lock (_gate)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            if (!_firing && !_disposed)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer.Dispose();
        }
        try
        {
            _cancellation.Cancel();
        }
        catch (AggregateException error)
        {
            EngineLog.TimerFailed(_activation.Engine.Logger, _activation.Grain, error);
        }
        if (ReferenceEquals(Activation.Current, _activation))
            _activation.RemoveTimer(this);
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "Neither a time nor infinite.");
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _firing = true;
        }
        _activation.TryPost(_tick);
    }

    private Task TickAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return Task.CompletedTask;
            _changed = false;
        }
        return _callback(_cancellation.Token);
    }

    private void TickEnded(Task work)
    {
        if (work.Exception is { } error)
            EngineLog.TimerFailed(_activation.Engine.Logger, _activation.Grain, error);
        lock (_gate)
        {
            _firing = false;
            if (!_disposed)
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The request that a tick is. One object serves all ticks: the next is armed only when the last has ended.</summary>
    private sealed class Tick(ActivationTimer timer, bool interleave, bool keepAlive) : Request
    {
        internal override bool AlwaysInterleave => interleave;

        internal override bool KeepsAlive => keepAlive;

        internal override bool BoundToActivation => true;

        internal override Task InvokeAsync(Activation activation) => timer.TickAsync();

        internal override void Complete(Task work) => timer.TickEnded(work);

        internal override void Reject(Exception error)
        {
        }
    }
}
