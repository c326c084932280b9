namespace Chia.Grains.Tests.Support;

/// <summary>A clock that stands still until it is moved; the clock on the wall may also be set, which moves no duration.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _elapsed.Ticks;

    public void Advance(TimeSpan span)
    {
        _now += span;
        _elapsed += span;
    }

    /// <summary>Somebody sets the clock on the wall.</summary>
    public void SetWallClock(TimeSpan by) => _now += by;
}
