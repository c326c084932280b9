using Chia.Gateway.Connections;
using Chia.Gateway.Connections.Entry;
using Chia.Gateway.Connections.Frames;
using Chia.Protocol.Addresses;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections;

/// <summary>What may come in a burst, and what in the long run.</summary>
public sealed class BudgetTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_log_takes_a_burst_and_then_a_few_lines_a_second()
    {
        var budget = new LogBudget(_time);
        Assert.Equal(200, Taken(budget.TryTake, 1000));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(30, Taken(budget.TryTake, 1000));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, Taken(budget.TryTake, 1000));
    }

    [Fact]
    public void A_network_opens_a_burst_of_connections_and_then_some_a_second_whatever_the_others_do()
    {
        var rate = new AcceptRate(_time);
        var (one, other) = (PeerHost.Parse("203.0.113.7"), PeerHost.Parse("198.51.100.7"));
        Assert.Equal(100, Taken(() => rate.TryTake(one), 1000));
        Assert.Equal(0, Taken(() => rate.TryTake(PeerHost.Parse("203.0.200.1")), 10));
        Assert.Equal(100, Taken(() => rate.TryTake(other), 1000));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(20, Taken(() => rate.TryTake(one), 1000));
    }

    [Fact]
    public void Whole_networks_may_start_on_this_machine() =>
        Assert.Equal(1000, Taken(() => _local.TryTake(PeerHost.Parse("127.0.0.1")), 2000));

    /// <summary>Any number of groups costs bounded memory, and the busy ones are the last to be forgotten.</summary>
    [Fact]
    public void A_storm_of_strangers_does_not_refill_the_bucket_of_a_busy_network()
    {
        var rate = new AcceptRate(_time);
        var busy = PeerHost.Parse("203.0.113.7");
        for (var i = 0; i < 10_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            rate.TryTake(PeerHost.Parse($"{1 + (i % 200)}.{i / 200}.0.1"));
            if (i % 500 == 0)
                Taken(() => rate.TryTake(busy), 200);
        }

        Assert.InRange(Taken(() => rate.TryTake(busy), 200), 0, 10);
    }

    [Fact]
    public void A_frame_that_comes_along_is_news_every_two_seconds_and_one_that_trickles_is_none()
    {
        var progress = new FrameProgress(_time);
        progress.Begin();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(progress.IsNews(1_000_000));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(progress.IsNews(1_000_000));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(progress.IsNews(1_000_000 + (2 * FrameProgress.LeastPerSecond) - 1));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(progress.IsNews(1_000_000 + (5 * FrameProgress.LeastPerSecond)));

        progress.Begin();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(progress.IsNews(2 * FrameProgress.LeastPerSecond));
    }

    private readonly AcceptRate _local = new(new ManualTime());

    private static int Taken(Func<bool> take, int tries) => Enumerable.Range(0, tries).Count(_ => take());
}
