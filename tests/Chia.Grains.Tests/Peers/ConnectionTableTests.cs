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
        Assert.True(Register(Peer("a")).IsAccepted);
        Assert.Empty(_table.Established());
        Assert.Null(_table.PickRandom(Role.FullNode, new Random(1)));
        Assert.True(_table.Establish(ConnectionId.Parse("a")));
        Assert.Single(_table.Established(Role.FullNode));
        Assert.Empty(_table.Established(Role.Farmer));
        Assert.Equal("a", _table.PickRandom(Role.FullNode, new Random(1))!.ConnectionId.ToString());
        _table.Remove(ConnectionId.Parse("a"));
        Assert.Empty(_table.Established());
        Assert.False(_table.Establish(ConnectionId.Parse("a")));
    }

    [Fact]
    public void Everybody_is_drawn_now_and_then()
    {
        for (var i = 0; i < 5; i++)
            Establish(Peer($"{i}"));
        var random = new Random(7);
        Assert.Equal(5, Enumerable.Range(0, 200).Select(_ => _table.PickRandom(Role.FullNode, random)!.ConnectionId).Distinct().Count());
    }

    [Fact]
    public void The_older_connection_of_a_node_stays()
    {
        Establish(Peer("a"));
        var twin = Peer("b") with { PeerNodeId = Peer("a").PeerNodeId };
        Assert.False(Register(twin).IsAccepted);
        _table.Remove(ConnectionId.Parse("a"));
        Assert.True(Register(twin).IsAccepted);
    }

    [Fact]
    public void Of_two_that_dialled_each_other_at_once_the_same_one_stays_at_both_ends()
    {
        // We are the smaller: our own dial wins, whichever comes first.
        var accepted = Peer("accepted") with { LocalNodeId = Small, PeerNodeId = Large };
        var dialled = Peer("dialled") with { LocalNodeId = Small, PeerNodeId = Large, IsOutbound = true };
        Assert.True(Register(accepted).IsAccepted);
        Assert.Equal(accepted, Register(dialled).Replaced);
        Assert.False(_table.Establish(ConnectionId.Parse("accepted")));
        Assert.True(_table.Establish(ConnectionId.Parse("dialled")));
        Assert.False(Register(accepted with { ConnectionId = ConnectionId.Parse("again") }).IsAccepted);
    }

    [Theory]
    [InlineData("198.51.100.1", 8444)]
    [InlineData("203.0.113.1", 9999)]
    public void A_squatter_keeps_nobody_out_and_drives_nobody_out(string host, int port)
    {
        var squatter = Peer("squatter") with { PeerNodeId = Large, RemoteHost = host, AnnouncedPort = (ushort)port };
        var owner = Peer("owner") with { PeerNodeId = Large, RemoteHost = "203.0.113.1", AnnouncedPort = 8444 };
        Establish(squatter);
        Assert.Equal(new TableEntry(true), Register(owner));
        Assert.True(_table.Establish(ConnectionId.Parse("owner")));
        Assert.Equal(["squatter", "owner"], Ids());

        _table.Remove(ConnectionId.Parse("squatter"));
        Assert.Equal(new TableEntry(true), Register(squatter));
        Assert.True(_table.Establish(ConnectionId.Parse("owner")));
    }

    [Fact]
    public void The_peer_that_the_operator_named_wins()
    {
        var squatter = Peer("squatter") with { PeerNodeId = Large, RemoteHost = "198.51.100.1" };
        var configured = Peer("configured") with { PeerNodeId = Large, RemoteHost = "203.0.113.1", IsOutbound = true, IsConfigured = true };
        Establish(squatter);
        Assert.Equal(squatter, Register(configured).Replaced);
        Assert.True(_table.Establish(ConnectionId.Parse("configured")));
        Assert.False(Register(squatter).IsAccepted);
    }

    [Fact]
    public void Connections_of_a_gateway_that_died_are_forgotten()
    {
        Establish(Peer("held"));
        Establish(Peer("lost"));
        _table.Renew("gateway", [Peer("held")], _now);
        Assert.Equal(["held"], Ids());
        Pass(91);
        Assert.Empty(Ids());
    }

    [Fact]
    public void A_directory_that_starts_anew_learns_what_a_gateway_holds()
    {
        _table.Renew("gateway", [Peer("held")], _now);
        Assert.Equal(["held"], Ids());
        Assert.False(Register(Peer("twin") with { PeerNodeId = Peer("held").PeerNodeId }).IsAccepted);
    }

    [Fact]
    public void A_handshake_that_never_ends_gives_its_node_id_back()
    {
        Assert.True(Register(Peer("a")).IsAccepted);
        var again = Peer("b") with { PeerNodeId = Peer("a").PeerNodeId };
        Assert.False(Register(again).IsAccepted);
        for (var i = 0; i < 4; i++)
        {
            _table.Renew("gateway", [], _now);
            Pass(16);
        }

        Assert.True(Register(again).IsAccepted);
    }

    private TableEntry Register(PeerConnection connection) => _table.Register(connection, _now);

    private void Establish(PeerConnection connection)
    {
        Assert.True(Register(connection).IsAccepted);
        Assert.True(_table.Establish(connection.ConnectionId));
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
