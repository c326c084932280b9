using System.Collections.Concurrent;

namespace Chia.Silo.Node;

/// <summary>
/// How many lines of a kind are written: what strangers do is told in lines (who came, who was blamed, which block was refused), and a
/// storm of them must neither fill a disk nor push out what matters. What is left out is counted, and said with the next line of its
/// kind. Lines for debugging are never left out. Safe from any thread.
/// </summary>
internal sealed class LineBudget(TimeProvider time)
{
    /// <summary>Of one kind: 150 bytes a line make 130 MB a day at worst.</summary>
    public const double PerSecond = 10;

    /// <summary>Of one kind, at once: a start, a sync or a reorganisation has so much to say.</summary>
    public const double Burst = 1000;

    private readonly ConcurrentDictionary<(string Category, int Id), Kind> _kinds = new();

    /// <summary>Is a line written?</summary>
    /// <param name="category">Who says it.</param>
    /// <param name="id">Which of its messages.</param>
    /// <param name="level">How bad it is.</param>
    /// <param name="leftOut">Lines of its kind that were not, since the last that was.</param>
    public bool TryTake(string category, EventId id, LogLevel level, out long leftOut)
    {
        leftOut = 0;
        return level < LogLevel.Information
            || _kinds.GetOrAdd((category, id.Id), static (_, now) => new Kind(now), time.GetTimestamp()).TryTake(time, out leftOut);
    }

    /// <summary>A message, and what was left out before it.</summary>
    public static string Message(string message, long leftOut) =>
        leftOut == 0 ? message : $"{message} ({leftOut} more of this kind were left out)";

    private sealed class Kind(long began)
    {
        private readonly Lock _lock = new();
        private double _lines = Burst;
        private long _at = began;
        private long _leftOut;

        public bool TryTake(TimeProvider time, out long leftOut)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _lines = Math.Min(Burst, _lines + (time.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
                _at = now;
                leftOut = 0;
                if (_lines < 1)
                {
                    _leftOut++;
                    return false;
                }

                _lines--;
                (leftOut, _leftOut) = (_leftOut, 0);
                return true;
            }
        }
    }
}
