using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Chia.Grains.Tests.Peers;

/// <summary>Who is connected, who may be, and who is worth dialling (PROTOCOL.md 7, 11).</summary>
public class PeerDirectoryRulesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Only_established_connections_take_part()
    {
        await using var host = await Start();
        var directory = Directory(host);
        await directory.Register(Peer("a"));
        Assert.Empty(await directory.GetConnections());
        Assert.Null(await directory.PickRandom(NodeType.FullNode));
        Assert.True(await directory.Established("a"));
        Assert.Single(await directory.GetConnections(NodeType.FullNode));
        Assert.Empty(await directory.GetConnections(NodeType.Farmer));
        Assert.Equal("a", (await directory.PickRandom(NodeType.FullNode))!.ConnectionId);
        await directory.Remove("a");
        Assert.Empty(await directory.GetConnections());
        Assert.False(await directory.Established("a"));
    }

    [Fact]
    public async Task The_older_connection_of_a_node_stays()
    {
        await using var host = await Start();
        var directory = Directory(host);
        await directory.Register(Peer("a"));
        await directory.Established("a");
        Assert.Equal(RegistrationOutcome.Duplicate, await directory.Register(Peer("b") with { PeerNodeId = Peer("a").PeerNodeId }));
        await directory.Remove("a");
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(Peer("b") with { PeerNodeId = Peer("a").PeerNodeId }));
    }

    [Fact]
    public async Task Of_two_that_dialled_each_other_at_once_the_same_one_stays_at_both_ends()
    {
        var small = Bytes32.FromHex(new string('1', 64));
        var large = Bytes32.FromHex(new string('2', 64));
        await using var host = await Start();
        var directory = Directory(host);

        // We are the smaller: our own dial wins, whichever comes first.
        var accepted = Peer("accepted") with { LocalNodeId = small, PeerNodeId = large };
        var dialled = Peer("dialled") with { LocalNodeId = small, PeerNodeId = large, IsOutbound = true };
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(accepted));
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(dialled));
        Assert.False(await directory.Established("accepted"));
        Assert.True(await directory.Established("dialled"));
        Assert.Equal(RegistrationOutcome.Duplicate, await directory.Register(accepted with { ConnectionId = "again" }));
    }

    [Fact]
    public async Task A_breach_bans_the_address_for_a_while_unless_too_few_would_remain()
    {
        await using var host = await Start();
        var directory = Directory(host);
        await Establish(directory, Far("bad", 99));
        Assert.True(await directory.Penalise("bad", Blame.Breach("noise")));
        await directory.Remove("bad");
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(Far("bad", 99)));
        await directory.Established("bad");

        for (var i = 1; i <= 3; i++)
            await Establish(directory, Far($"good{i}", i));
        Assert.True(await directory.Penalise("bad", Blame.Breach("noise")));
        await directory.Remove("bad");
        Assert.Equal(RegistrationOutcome.Banned, await directory.Register(Far("worse", 99)));
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(Far("configured", 99) with { IsConfigured = true }));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(Far("reformed", 99)));
    }

    [Fact]
    public async Task Small_faults_fade()
    {
        await using var host = await Start();
        var directory = Directory(host);
        await Establish(directory, Far("slow", 7));
        for (var i = 0; i < 40; i++)
        {
            Assert.False(await directory.Penalise("slow", Blame.Unhelpful("slow")));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Dial_candidates_are_known_unconnected_and_not_ourselves_as_many_as_are_missing()
    {
        await using var host = await Start();
        var directory = Directory(host);
        Assert.Equal(10, await directory.GetMissingPeers());
        await Establish(directory, Far("connected", 1) with { AnnouncedPort = 8444 });
        Assert.Equal(9, await directory.GetMissingPeers());
        await Establish(directory, Far("hidden", 2) with { AnnouncedPort = 0 });
        Assert.Equal(9, await directory.GetMissingPeers());
        await directory.AddKnown([.. Enumerable.Range(1, 30).Select(Endpoint), new PeerEndpoint("höst", 1)], "introducer");
        await directory.IsOurselves(Endpoint(3));
        var candidates = await directory.GetDialCandidates();
        Assert.Equal(9, candidates.Distinct().Count());
        Assert.DoesNotContain(Endpoint(1), candidates);
        Assert.DoesNotContain(Endpoint(3), candidates);

        // Not at once again; what cannot be reached is forgotten; what we are is never learnt.
        Assert.Empty((await directory.GetDialCandidates()).Intersect(candidates));
        await directory.DialFailed(candidates[0]);
        await directory.AddKnown([Endpoint(3)], "introducer");
        _time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 4; i++)
        {
            var more = await directory.GetDialCandidates();
            Assert.DoesNotContain(candidates[0], more);
            Assert.DoesNotContain(Endpoint(3), more);
        }
    }

    [Fact]
    public async Task Connections_of_a_gateway_that_died_are_forgotten()
    {
        await using var host = await Start();
        var directory = Directory(host);
        var held = Far("held", 1) with { AnnouncedPort = 8444 };
        await Establish(directory, held);
        await Establish(directory, Far("lost", 2) with { AnnouncedPort = 8444 });
        await directory.Renew("gateway", [held]);
        Assert.Equal(["held"], (await directory.GetConnections()).Select(c => c.ConnectionId));
        _time.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(10, await directory.GetMissingPeers());
        Assert.Empty(await directory.GetConnections());
    }

    private static async Task Establish(IPeerDirectoryGrain directory, PeerConnection connection)
    {
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(connection));
        Assert.True(await directory.Established(connection.ConnectionId));
    }

    private Task<RoleHost> Start() => RoleHost.Start(_time, services => services.AddOptions<PeerDirectoryOptions>());

    private static IPeerDirectoryGrain Directory(RoleHost host) =>
        host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeKey.Default, NodeType.FullNode));

    private static PeerConnection Peer(string id) => TestPeers.Connection(NodeType.FullNode, NodeType.FullNode, id);

    private static PeerConnection Far(string id, int address) => Peer(id) with { RemoteHost = Endpoint(address).Host };

    private static PeerEndpoint Endpoint(int i) => new($"203.0.113.{i}", 8444);
}
