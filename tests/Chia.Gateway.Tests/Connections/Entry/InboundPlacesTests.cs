using Chia.Gateway.Configuration;
using Chia.Gateway.Connections.Entry;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Entry;

/// <summary>Places are short, and whoever takes all he can get keeps nobody out who is worth more (PROTOCOL.md 11.13).</summary>
public sealed class InboundPlacesTests
{
    private static readonly GatewayLimits Limits = new() { MaxInbound = 40, MaxHandshaking = 10 };
    private readonly ManualTime _time = new();
    private readonly InboundPlaces _places;
    private readonly HashSet<Place> _evicted = [];

    public InboundPlacesTests() =>
        _places = new InboundPlaces(Limits, Role.FullNode, new HashSet<PeerHost> { PeerHost.Parse("192.168.1.9") }, _time);

    [Theory]
    [InlineData("203.0.113.1", "::ffff:203.0.113.1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    public void A_subscriber_gets_so_many_connections_and_no_more(string host, string same)
    {
        for (var i = 0; i < Limits.MaxInboundPerSubscriber; i++)
            Assert.NotNull(Settle(i % 2 == 0 ? host : same));
        Assert.Null(_places.TryEnter(PeerHost.Parse(same), () => { }, out var refusal));
        Assert.Equal(EntryRefusal.TooManyOfOne, refusal);
        Assert.NotNull(Settle("198.51.100.2"));
        Assert.Empty(_evicted);
    }

    [Fact]
    public void A_crowd_of_one_network_makes_room_for_a_stranger_again_and_again()
    {
        Fill("10.1");
        for (var i = 0; i < 30; i++)
        {
            var stranger = Settle($"{20 + i}.5.5.5");
            Assert.NotNull(stranger);
            Assert.DoesNotContain(stranger, _evicted);
            Pass(1);
        }

        Assert.All(_evicted, place => Assert.Equal(PeerHost.Parse("10.1.0.0").Group, place.Group));
    }

    [Fact]
    public void The_long_lived_the_fast_and_the_helpful_stay()
    {
        var old = Settle("10.1.200.1")!;
        Pass(60);
        var helpful = Settle("10.1.200.2")!;
        var fast = Settle("10.1.200.3")!;
        var answering = Settle("10.1.200.4")!;
        for (var i = 0; i < 31; i++)
        {
            Pass(1);
            Settle($"10.1.{i}.1");
        }

        helpful.LastNews = answering.LastAnswer = _places.Now;
        (fast.FastestAnswer, fast.LastAnswer) = (TimeSpan.FromMilliseconds(5), TimeSpan.Zero);
        for (var i = 0; i < 500; i++)
        {
            Pass(1);
            Settle($"10.1.{100 + (i / 250)}.{i % 250}");
        }

        Assert.NotEmpty(_evicted);
        foreach (var place in new[] { old, helpful, fast, answering })
            Assert.DoesNotContain(place, _evicted);
    }

    [Fact]
    public void Other_roles_have_places_of_their_own_and_so_has_the_machine_itself()
    {
        Fill("10.1");
        var farmer = Settle("198.51.100.7", Role.Farmer);
        var local = Settle("127.0.0.1");
        var timelord = Settle("::1", Role.Timelord);
        Assert.Empty(_evicted);

        // Nor can those roles be claimed to take the nodes' places, or the machine's be taken from outside.
        for (var i = 0; i < 100; i++)
        {
            Pass(1);
            Settle($"10.2.{i}.1", Role.Farmer);
            Settle($"10.3.{i}.1");
        }

        foreach (var place in new[] { farmer, local, timelord })
            Assert.DoesNotContain(place!, _evicted);
        Assert.True(_places.Count.Established <= 42);
    }

    [Fact]
    public void A_peer_that_the_operator_named_always_finds_a_place_and_keeps_it()
    {
        Fill("10.1");
        var named = Settle("192.168.1.9");
        Assert.NotNull(named);
        for (var i = 0; i < 100; i++)
        {
            Pass(1);
            Settle($"{20 + i}.5.5.5");
        }

        Assert.DoesNotContain(named, _evicted);
    }

    /// <summary>Places are promised to two kinds of connections, descriptors are not: the kind that has the most gives way.</summary>
    [Fact]
    public void Where_descriptors_run_out_the_largest_room_makes_room()
    {
        var evicted = new List<string>();
        var places = new InboundPlaces(Limits with { MostInbound = 12 }, Role.FullNode, new HashSet<PeerHost>(), _time);
        for (var i = 0; i < 12; i++)
            Assert.True(Come("127.0.0.1"));
        Assert.True(Come("198.51.100.1"));
        Assert.Equal(["127.0.0.1"], evicted);
        Assert.Equal(12, places.Count.Established);

        bool Come(string host)
        {
            Pass(1);
            return places.TryEstablish(places.TryEnter(PeerHost.Parse(host), () => evicted.Add(host), out _)!, Role.FullNode);
        }
    }

    [Fact]
    public void Handshakes_have_a_small_room_where_the_oldest_silent_one_goes()
    {
        var spoken = Enter("127.0.0.1")!;
        spoken.HasSpoken = true;
        var silent = Enumerable.Range(0, 9).Select(_ => Enter("127.0.0.1")!).ToList();
        var remote = Enter("198.51.100.1")!;
        Assert.Empty(_evicted);
        Enter("127.0.0.1");
        Enter("127.0.0.1");
        Assert.Equal(silent[..2].ToHashSet(), _evicted);
        Assert.True(_places.TryEstablish(spoken, Role.FullNode));
        Assert.True(_places.TryEstablish(remote, Role.FullNode));
        Assert.False(_places.TryEstablish(silent[0], Role.FullNode));
    }

    [Fact]
    public void A_storm_from_one_network_is_turned_away_and_strangers_are_not()
    {
        var entered = 0;
        for (var i = 0; i < 1000; i++)
        {
            if (_places.TryEnter(PeerHost.Parse($"10.1.{i / 250}.{i % 250}"), () => { }, out var refusal) is not null)
                entered++;
            else
                Assert.Equal(EntryRefusal.TooFast, refusal);
        }

        Assert.Equal(100, entered);
        Assert.NotNull(Enter("198.51.100.1"));
        Pass(1);
        Assert.NotNull(Enter("10.1.9.9"));
    }

    [Fact]
    public void Whoever_leaves_makes_room()
    {
        for (var i = 0; i < 1000; i++)
        {
            var place = Settle("203.0.113.1");
            Assert.NotNull(place);
            _places.Leave(place);
            _places.Leave(place);
            Pass(1);
        }

        Assert.Empty(_evicted);
        Assert.Equal((0, 0), _places.Count);
    }

    [Fact]
    public void A_node_with_a_single_place_gives_it_away_too()
    {
        var places = new InboundPlaces(Limits with { MaxInbound = 3 }, Role.FullNode, new HashSet<PeerHost>(), _time);
        for (var i = 0; i < 5; i++)
        {
            Pass(1);
            var place = places.TryEnter(PeerHost.Parse("127.0.0.1"), () => { }, out _);
            Assert.True(places.TryEstablish(place!, Role.FullNode));
        }

        Assert.Equal(1, places.Count.Established);
    }

    /// <summary>All gateways of a node together have the places of one (CLUSTER 5).</summary>
    [Fact]
    public void What_other_gateways_hold_is_not_to_be_had_here_but_for_a_fair_share()
    {
        var usual = new InboundRoom(IsLoopback: false, IsUsual: true);
        Fill("10.1");
        _places.Share(new PlacesElsewhere(2, [new RoomCount(usual, 5), new RoomCount(usual with { IsUsual = false }, 2)]));
        Assert.Equal((30, 5), (_places.Count.Established, _evicted.Count));

        // The other one may take half of them, and no more.
        _places.Share(new PlacesElsewhere(2, [new RoomCount(usual, 35)]));
        Assert.Equal(17, _places.Count.Established);
        for (var i = 0; i < 10; i++)
            Settle($"{20 + i}.5.5.5");
        Assert.Equal(17, _places.Count.Established);

        // And when it is gone all are here.
        _places.Share(PlacesElsewhere.None);
        for (var i = 0; i < 30; i++)
            Settle($"{60 + i}.5.5.5");
        Assert.Equal(35, _places.Count.Established);
    }

    private void Fill(string network)
    {
        for (var i = 0; i < Limits.MaxInbound - Limits.ReservedForOtherRoles; i++)
        {
            Assert.NotNull(Settle($"{network}.{i}.1"));
            Pass(1);
        }
    }

    private Place? Enter(string host)
    {
        Place? entered = null;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        entered = _places.TryEnter(PeerHost.Parse(host), () => _evicted.Add(entered!), out _);
        return entered;
    }

    private Place? Settle(string host, Role role = Role.FullNode) =>
        Enter(host) is { } place && _places.TryEstablish(place, role) ? place : null;

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
