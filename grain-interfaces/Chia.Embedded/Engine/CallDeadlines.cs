namespace Chia.Embedded.Engine;

/// <summary>
/// Ends calls that are not answered in time. All calls wait equally long, so that each list is in order of its deadlines:
/// adding and removing take constant time, and the sweep looks only at what has expired and at one call more.
/// </summary>
internal sealed class CallDeadlines : IDisposable
{
    private const int ShardCount = 8;
    private static readonly TimeSpan LongestSweep = TimeSpan.FromSeconds(1);

    private readonly Shard[] _shards = new Shard[ShardCount];
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly long _timeoutTicks;
    private readonly ITimer _sweep;

    internal CallDeadlines(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        _timeoutTicks = (long)(timeout.TotalSeconds * time.TimestampFrequency);
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new Shard();
        // An eighth late at most, but not busier than needed.
        var period = timeout / 8 < LongestSweep ? timeout / 8 : LongestSweep;
        _sweep = time.CreateTimer(static self => ((CallDeadlines)self!).Sweep(), this, period, period);
    }

    public void Dispose() => _sweep.Dispose();

    internal void Add(CallRequest call)
    {
        call.Deadline = _time.GetTimestamp() + _timeoutTicks;
        _shards[Environment.CurrentManagedThreadId % ShardCount].Add(call);
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var shard in _shards)
        {
            while (shard.TakeExpired(now) is { } call)
                call.TimeOut(_timeout);
        }
    }

    /// <summary>A list of waiting calls, earliest deadline first.</summary>
    internal sealed class Shard
    {
        private readonly Lock _gate = new();
        private CallRequest? _first;
        private CallRequest? _last;

        internal void Add(CallRequest call)
        {
            lock (_gate)
            {
                call.Waiting = this;
                call.Earlier = _last;
                if (_last is null)
                    _first = call;
                else
                    _last.Later = call;
                _last = call;
            }
        }

        internal void Remove(CallRequest call)
        {
            lock (_gate)
            {
                if (call.Waiting is null)
                    return;
                Unlink(call);
            }
        }

        internal CallRequest? TakeExpired(long now)
        {
            lock (_gate)
            {
                if (_first is not { } call || call.Deadline > now)
                    return null;
                Unlink(call);
                return call;
            }
        }

        private void Unlink(CallRequest call)
        {
            if (call.Earlier is null)
                _first = call.Later;
            else
                call.Earlier.Later = call.Later;
            if (call.Later is null)
                _last = call.Earlier;
            else
                call.Later.Earlier = call.Earlier;
            call.Earlier = null;
            call.Later = null;
            call.Waiting = null;
        }
    }
}
