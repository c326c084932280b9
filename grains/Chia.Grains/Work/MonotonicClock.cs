namespace Chia.Grains.Work;

/// <summary>Time since it was made, whatever the clock on the wall is set to: every duration is a difference of two such
/// readings.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(_start);
}
