namespace Chia.Testing;

/// <summary>A clock that moves only when a test moves it. Timers fire on the thread that does.</summary>
/// <param name="start">The time of day that it begins with; null for the first of January 2020, in the days of the network.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>The time of day that a clock begins with, unless a test says otherwise.</summary>
    public static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan DueTime, TaskCompletionSource Set)> _awaited = [];
    private DateTimeOffset _wall = start ?? Start;
    private TimeSpan _now;
    private int _timersSet;
    private int _timersFired;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _wall + _now;
    }

    /// <summary>How often a timer was set so far: who waits for the next step has set another.</summary>
    public int TimersSet => Volatile.Read(ref _timersSet);

    /// <summary>How often a timer fired so far.</summary>
    public int TimersFired => Volatile.Read(ref _timersFired);

    /// <summary>Somebody sets the clock on the wall, which moves no duration.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_gate)
            _wall += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer with this due time is pending: whoever is to be timed out has begun to wait.</summary>
    public Task WhenPending(TimeSpan dueTime)
    {
        lock (_gate)
        {
            if (_timers.Exists(t => t.DueTime == dueTime))
                return Task.CompletedTask;
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((dueTime, set));
            return set.Task;
        }
    }

    /// <summary>Moves the clock, firing what falls due on the way, in order.</summary>
    public void Advance(TimeSpan span)
    {
        TimeSpan end;
        lock (_gate)
            end = _now + span;
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                if (next is null)
                {
                    _now = end;
                    return;
                }
                if (next.Due > _now)
                    _now = next.Due;
                if (next.Period > TimeSpan.Zero)
                    next.Due += next.Period;
                else
                    _timers.Remove(next);
            }
            Interlocked.Increment(ref _timersFired);
            next.Fire();
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan DueTime { get; private set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Interlocked.Increment(ref time._timersSet);
                DueTime = dueTime;
                Due = time._now + dueTime;
                Period = period;
                time._timers.Add(this);
                foreach (var (_, set) in time._awaited.Where(a => a.DueTime == dueTime))
                    set.TrySetResult();
                time._awaited.RemoveAll(a => a.DueTime == dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
