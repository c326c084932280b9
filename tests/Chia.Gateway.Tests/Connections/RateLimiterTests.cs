using Chia.Gateway.Connections;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections;

public class RateLimiterTests
{
    private static readonly RateLimit Limit = new(PerSecond: 2, Burst: 3);
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_passes_and_then_the_rate_holds()
    {
        var limiter = new RateLimiter(_time);
        for (var i = 0; i < 3; i++)
            Assert.Equal(TimeSpan.Zero, limiter.Take("a", Limit));
        Assert.Equal(TimeSpan.FromSeconds(0.5), limiter.Take("a", Limit));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), limiter.Take("a", Limit));
        _time.Advance(TimeSpan.FromSeconds(100));
        for (var i = 0; i < 3; i++)
            Assert.Equal(TimeSpan.Zero, limiter.Take("a", Limit));
        Assert.True(limiter.Take("a", Limit) > TimeSpan.Zero);
    }

    [Fact]
    public void Functions_have_buckets_of_their_own()
    {
        var limiter = new RateLimiter(_time);
        for (var i = 0; i < 4; i++)
            limiter.Take("a", Limit);
        Assert.Equal(TimeSpan.Zero, limiter.Take("b", Limit));
    }
}
