using Chia.Gateway.Connections.Entry;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Entry;

/// <summary>Who is turned away at the door.</summary>
public sealed class BanListTests
{
    private readonly ManualTime _time = new();
    private readonly BanList _bans;

    public BanListTests() => _bans = new BanList(_time);

    [Fact]
    public void What_the_directory_tells_takes_the_place_of_what_it_told_before()
    {
        _bans.Replace([new BannedSource("203.0.113.5/32", TimeSpan.FromSeconds(30))]);
        Assert.True(Contains("203.0.113.5"));
        Assert.False(Contains("203.0.113.6"));
        _bans.Replace([new BannedSource("203.0.113.6/32", TimeSpan.FromSeconds(30))]);
        Assert.False(Contains("203.0.113.5"));
        Assert.True(Contains("203.0.113.6"));
    }

    [Fact]
    public void A_ban_ends_by_itself()
    {
        _bans.Replace([new BannedSource("203.0.113.5/32", TimeSpan.FromSeconds(30))]);
        _bans.Add(Host("203.0.113.7"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(Contains("203.0.113.5"));
        Assert.True(Contains("203.0.113.7"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(Contains("203.0.113.7"));
    }

    /// <summary>Whoever has one address of an IPv6 subnet has all of them.</summary>
    [Fact]
    public void A_ban_holds_for_all_addresses_of_a_subscriber()
    {
        _bans.Add(Host("2001:db8:0:1::1"));
        Assert.True(Contains("2001:db8:0:1:ffff::2"));
        Assert.False(Contains("2001:db8:0:2::1"));
    }

    /// <summary>There a ban is for a port, which only the handshake tells.</summary>
    [Fact]
    public void On_loopback_nobody_is_turned_away()
    {
        _bans.Replace([new BannedSource("127.0.0.1/32", TimeSpan.FromSeconds(30))]);
        _bans.Add(Host("127.0.0.1"));
        Assert.False(Contains("127.0.0.1"));
    }

    [Fact]
    public void A_flood_of_bans_does_not_grow_the_list_for_ever()
    {
        for (var i = 0; i < 5_000; i++)
            _bans.Add(Host($"20.{i / 256}.{i % 256}.1"));
        Assert.Equal(2_000, Enumerable.Range(0, 5_000).Count(i => Contains($"20.{i / 256}.{i % 256}.1")));
    }

    private bool Contains(string address) => _bans.Contains(Host(address));

    private static PeerHost Host(string address) => PeerHost.Parse(address);
}
