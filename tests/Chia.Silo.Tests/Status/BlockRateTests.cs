using Chia.Silo.Status;
using Chia.Testing;

namespace Chia.Silo.Tests.Status;

/// <summary>A rate is measured, or is none.</summary>
public sealed class BlockRateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void What_was_not_measured_is_null()
    {
        var rate = new BlockRate(_time);
        Assert.Null(rate.Sample(100));
        Assert.Null(rate.Sample(100));
    }

    [Fact]
    public void The_first_look_at_a_node_that_ran_for_minutes_tells_the_rate_since_its_start()
    {
        var rate = new BlockRate(_time);
        rate.Sample(100);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0.5, rate.Sample(400));
    }

    [Fact]
    public void Later_looks_tell_of_the_last_minute()
    {
        var rate = new BlockRate(_time);
        for (var second = 0; second <= 100; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            rate.Sample(second);
        for (var second = 0; second < 60; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            rate.Sample(101);
        Assert.InRange(rate.Sample(101)!.Value, 0, 0.02);
    }
}
