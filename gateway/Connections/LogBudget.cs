namespace Chia.Gateway.Connections;

/// <summary>How many lines connections may write to the log by coming and going: a storm of them must not fill a disk. The rest is counted
/// and kept for debugging.</summary>
internal sealed class LogBudget(TimeProvider time)
{
    /// <summary>150 bytes a line: 130 MB a day at worst, where a busy node writes a few hundred lines.</summary>
    private const double PerSecond = 10, Burst = 200;

    private readonly Lock _lock = new();
    private double _lines = Burst;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _lines = Math.Min(Burst, _lines + (time.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
            _at = now;
            if (_lines < 1)
                return false;
            _lines--;
            return true;
        }
    }
}
