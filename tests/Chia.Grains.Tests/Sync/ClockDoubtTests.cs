using Chia.Grains.Sync;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Sync;

/// <summary>Our clock is called wrong when most full nodes have what it alone refuses, and not before.</summary>
public sealed class ClockDoubtTests
{
    private readonly ClockDoubt _clock = new();
    private readonly ConnectionId[] _peers = [.. Enumerable.Range(0, 4).Select(_ => ConnectionId.New())];

    public ClockDoubtTests()
    {
        foreach (var peer in _peers)
            _clock.Connected(peer);
    }

    [Fact]
    public void It_takes_more_than_half_of_the_peers()
    {
        Assert.Null(_clock.Behind);
        _clock.Refused(_peers[0], TimeSpan.FromHours(3));
        _clock.Refused(_peers[0], TimeSpan.FromHours(3));
        _clock.Refused(_peers[1], TimeSpan.FromHours(5));
        Assert.Null(_clock.Behind);
        _clock.Refused(_peers[2], TimeSpan.FromHours(4));
        Assert.Equal(TimeSpan.FromHours(4), _clock.Behind);
        _clock.Connected(ConnectionId.New());
        _clock.Connected(ConnectionId.New());
        Assert.Null(_clock.Behind);
    }

    [Fact]
    public void Who_leaves_and_who_was_never_there_have_no_word()
    {
        foreach (var peer in _peers[..3])
            _clock.Refused(peer, TimeSpan.FromHours(3));
        _clock.Gone(_peers[0]);
        _clock.Gone(_peers[1]);
        Assert.Null(_clock.Behind);
        _clock.Refused(ConnectionId.New(), TimeSpan.FromHours(3));
        Assert.Null(_clock.Behind);
        _clock.Gone(_peers[2]);
        _clock.Gone(_peers[3]);
        Assert.Null(_clock.Behind);
    }

    [Fact]
    public void A_chain_that_moves_shows_that_the_clock_is_good_enough()
    {
        foreach (var peer in _peers)
            _clock.Refused(peer, TimeSpan.FromHours(3));
        Assert.NotNull(_clock.Behind);
        _clock.Moved();
        Assert.Null(_clock.Behind);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000_000_000, 0)]
    [InlineData(1_000_007_201, 7201)]
    [InlineData(ulong.MaxValue, 100L * 365 * 86400)]
    public void Any_timestamp_has_a_distance(ulong timestamp, long seconds) =>
        Assert.Equal(seconds, ClockDoubt.Ahead(timestamp, DateTimeOffset.FromUnixTimeSeconds(1_000_000_000)).TotalSeconds);
}
