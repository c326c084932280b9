using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>Who is connected; what a node id is worth (PROTOCOL.md 4.4, DECISIONS 20).</summary>
public sealed class ConnectionTableTests
{
    private static readonly Bytes32 Small = Bytes32.FromHex(new string('1', 64));
    private static readonly Bytes32 Large = Bytes32.FromHex(new string('2', 64));
    private readonly ConnectionTable _table = new(TimeSpan.FromSeconds(90));
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void Only_established_connections_take_part()
    {
        Assert.True(Register(Peer("a")));
        Assert.Empty(_table.Established());
        Assert.Equal(["a"], _table.All(Role.FullNode).Select(c => c.ConnectionId.ToString()));
        Assert.True(Establish("a"));
        Assert.Single(_table.Established(Role.FullNode));
        Assert.Empty(_table.Established(Role.Farmer));
        _table.Remove(ConnectionId.Parse("a"));
        Assert.Empty(_table.Established());
        Assert.False(Establish("a"));
    }

    [Fact]
    public void A_full_node_is_needed_while_too_few_others_are_established()
    {
        Establish(Peer("a"));
        Establish(Peer("b"));
        Assert.True(Register(Peer("half-open")));
        Assert.True(_table.IsNeeded(Peer("a"), minimum: 2));
        Assert.False(_table.IsNeeded(Peer("a"), minimum: 1));
        Assert.False(_table.IsNeeded(Peer("a") with { PeerRole = Role.Farmer }, minimum: 2));
    }

    [Fact]
    public void The_older_connection_of_a_node_stays()
    {
        Establish(Peer("a"));
        var twin = Peer("b") with { PeerNodeId = Peer("a").PeerNodeId };
        Assert.False(Register(twin));
        _table.Remove(ConnectionId.Parse("a"));
        Assert.True(Register(twin));
    }

    /// <summary>What both ends do, in every order, is in <see cref="MutualDialTests"/>.</summary>
    [Fact]
    public void Of_two_that_dialled_each_other_at_once_the_one_stays_that_the_smaller_id_dialled()
    {
        var accepted = Peer("accepted") with { LocalNodeId = Small, PeerNodeId = Large };
        var dialled = Peer("dialled") with { LocalNodeId = Small, PeerNodeId = Large, IsOutbound = true };
        Establish(dialled);
        Assert.True(Register(accepted));
        Assert.False(Establish("accepted"));
        Assert.Equal(["dialled"], Ids());

        var (larger, smaller) =
            (accepted with { LocalNodeId = Large, PeerNodeId = Small }, dialled with { LocalNodeId = Large, PeerNodeId = Small });
        _table.Remove(ConnectionId.Parse("dialled"));
        Establish(smaller);
        Assert.True(Register(larger));
        Assert.True(_table.Establish(larger.ConnectionId, out var replaced));
        Assert.Equal([smaller], replaced);
        Assert.Equal(["accepted"], Ids());
    }

    [Fact]
    public void To_a_peer_two_gateways_of_ours_are_two_nodes_and_the_older_connection_stays()
    {
        Establish(Peer("a") with { LocalNodeId = Small, PeerNodeId = Large, IsOutbound = true });
        Assert.False(Register(Peer("b") with { LocalNodeId = Bytes32.FromHex(new string('3', 64)), PeerNodeId = Large }));
    }

    [Theory]
    [InlineData("198.51.100.1", 8444)]
    [InlineData("203.0.113.1", 9999)]
    public void A_squatter_keeps_nobody_out_and_drives_nobody_out(string host, int port)
    {
        var squatter = Peer("squatter") with { PeerNodeId = Large, RemoteHost = host, AnnouncedPort = (ushort)port };
        var owner = Peer("owner") with { PeerNodeId = Large, RemoteHost = "203.0.113.1", AnnouncedPort = 8444 };
        Establish(squatter);
        Establish(owner);
        Assert.Equal(["squatter", "owner"], Ids());

        _table.Remove(ConnectionId.Parse("squatter"));
        Establish(squatter);
        Assert.Equal(["owner", "squatter"], Ids());
    }

    [Fact]
    public void The_peer_that_the_operator_named_wins()
    {
        var squatter = Peer("squatter") with { PeerNodeId = Large, RemoteHost = "198.51.100.1" };
        var configured =
            Peer("configured") with { PeerNodeId = Large, RemoteHost = "203.0.113.1", IsOutbound = true, IsConfigured = true };
        Establish(squatter);
        Assert.True(Register(configured));
        Assert.Equal(["squatter"], Ids());
        Assert.True(_table.Establish(configured.ConnectionId, out var replaced));
        Assert.Equal([squatter], replaced);
        Assert.Equal(["configured"], Ids());
        Assert.False(Register(squatter));
    }

    [Fact]
    public void Connections_of_a_gateway_that_died_are_forgotten()
    {
        Establish(Peer("held"));
        Establish(Peer("lost"));
        Pass(61);
        Establish(Peer("just begun"));
        Assert.Equal([Peer("lost")], _table.Renew("gateway", [Peer("held")], _now));
        Assert.Equal(["held", "just begun"], Ids());
        Pass(91);
        Assert.Empty(Ids());
    }

    [Fact]
    public void A_peer_comes_back_through_another_gateway_before_the_one_that_died_is_forgotten()
    {
        Establish(Peer("before"));
        var back = Peer("after") with { PeerNodeId = Peer("before").PeerNodeId, GatewayId = "other" };
        Pass(20);
        Assert.Empty(_table.GiveUp(back, _now));
        Assert.False(Register(back));
        Pass(3);
        Assert.Empty(_table.GiveUp(back with { GatewayId = Peer("before").GatewayId }, _now));
        Assert.Equal([Peer("before")], _table.GiveUp(back, _now));
        Establish(back);
        Assert.Equal(["after"], Ids());
    }

    [Fact]
    public void Gateways_are_told_what_the_others_hold_as_long_as_those_live()
    {
        Establish(Peer("a"));
        Establish(Peer("b") with { IsOutbound = true });
        Establish(Peer("c") with { PeerRole = Role.Farmer });
        Establish(Peer("d") with { GatewayId = "other" });
        var seen = _table.Elsewhere("other", _now);
        Assert.Equal(2, seen.Gateways);
        Assert.Equal((1, 1), (HeldBy(Role.FullNode), HeldBy(Role.Farmer)));
        _table.Remove(ConnectionId.Parse("a"));
        seen = _table.Elsewhere("other", _now);
        Assert.Equal((0, 1), (HeldBy(Role.FullNode), HeldBy(Role.Farmer)));
        Pass(30);
        Assert.Equal(1, _table.Elsewhere("other", _now).Gateways);
        Assert.Empty(_table.Elsewhere("other", _now).Held);

        int HeldBy(Role role) => seen.Held.Where(held => held.Room.IsUsual == (role == Role.FullNode)).Sum(held => held.Count);
    }

    [Fact]
    public void A_directory_that_starts_anew_learns_what_a_gateway_holds()
    {
        _table.Renew("gateway", [Peer("held") with { Age = TimeSpan.FromMinutes(7) }], _now);
        Assert.Equal(["held"], Ids());
        Assert.Equal(_now - TimeSpan.FromMinutes(7), _table.Since(ConnectionId.Parse("held")));
        Assert.False(Register(Peer("twin") with { PeerNodeId = Peer("held").PeerNodeId }));
    }

    [Fact]
    public void A_handshake_that_never_ends_gives_its_node_id_back()
    {
        Assert.True(Register(Peer("a")));
        var again = Peer("b") with { PeerNodeId = Peer("a").PeerNodeId };
        Assert.False(Register(again));
        for (var i = 0; i < 4; i++)
        {
            _table.Renew("gateway", [], _now);
            Pass(16);
        }

        Assert.True(Register(again));
    }

    private bool Register(PeerConnection connection) => _table.TryRegister(connection, _now);

    /// <summary>Which nobody has to give way to.</summary>
    private bool Establish(string id)
    {
        var hasPlace = _table.Establish(ConnectionId.Parse(id), out var replaced);
        Assert.Empty(replaced);
        return hasPlace;
    }

    private void Establish(PeerConnection connection)
    {
        Assert.True(Register(connection));
        Assert.True(Establish(connection.ConnectionId.ToString()));
        _now += TimeSpan.FromSeconds(1);
    }

    private void Pass(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        _table.DropSilent(_now);
    }

    private IEnumerable<string> Ids() => _table.Established().Select(c => c.ConnectionId.ToString());

    private static PeerConnection Peer(string id) => TestPeers.Connection(Role.FullNode, Role.FullNode, id);
}
