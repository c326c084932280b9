using Chia.Sync.Ranges;

namespace Chia.Sync.Tests.Ranges;

/// <summary>Which waiting for peers is too long, and which is not theirs.</summary>
public sealed class SupplyMeterTests
{
    private readonly SupplyMeter _meter = new(TimeSpan.FromSeconds(60), least: 2);
    private double _now;

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public void A_span_of_waiting_that_brought_less_than_enough_is_too_slow(int items, bool isTooSlow)
    {
        Wait(59);
        _meter.Add(items);
        Assert.False(_meter.IsTooSlow);
        Wait(1);
        Assert.Equal(isTooSlow, _meter.IsTooSlow);
    }

    [Fact]
    public void Time_in_which_nobody_is_waited_for_does_not_count()
    {
        Wait(59);
        Check(1000);
        Assert.False(_meter.IsTooSlow);
        Wait(1);
        Assert.True(_meter.IsTooSlow);
    }

    [Fact]
    public void Who_was_fast_is_too_slow_after_a_span_and_who_was_slow_is_not_once_it_is_fast()
    {
        _meter.Add(1_000_000);
        Wait(60);
        Assert.False(_meter.IsTooSlow);
        Wait(60);
        Assert.True(_meter.IsTooSlow);
        Wait(1000);
        Wait(10);
        _meter.Add(20);
        Assert.False(_meter.IsTooSlow);
    }

    [Fact]
    public void What_is_asked_for_anew_has_a_span_of_its_own()
    {
        Wait(60);
        _meter.Reset();
        Assert.False(_meter.IsTooSlow);
        Wait(59);
        Assert.False(_meter.IsTooSlow);
    }

    private void Wait(double seconds) => Go(isWaiting: true, seconds);

    private void Check(double seconds) => Go(isWaiting: false, seconds);

    private void Go(bool isWaiting, double seconds)
    {
        _meter.Wait(isWaiting, TimeSpan.FromSeconds(_now));
        _now += seconds;
        _meter.Pass(TimeSpan.FromSeconds(_now));
    }
}
