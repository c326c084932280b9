using Chia.GrainInterfaces.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>Who may be connected, who is banned, who is dialled (PROTOCOL.md 7, HOUSE.md 6).</summary>
public sealed class PeerDirectoryTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task An_address_is_banned_only_while_enough_others_are_left()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        var first = await Establish(directory, "203.0.113.1");
        Assert.True(await directory.Penalise(first.ConnectionId, Blame.Breach("lied")));
        await directory.Remove(first.ConnectionId);
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(first));
        Assert.True(await directory.Established(first.ConnectionId));

        for (var i = 2; i <= 4; i++)
            await Establish(directory, $"203.0.113.{i}");
        Assert.True(await directory.Penalise(first.ConnectionId, Blame.Breach("lied again")));
        await directory.Remove(first.ConnectionId);
        Assert.Equal(RegistrationOutcome.Banned, await directory.Register(first));
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(first));
    }

    [Fact]
    public async Task A_peer_that_is_needed_comes_back_with_half_of_its_points()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        var only = await Establish(directory, "203.0.113.1");
        Assert.True(await directory.Penalise(only.ConnectionId, Blame.Breach("lied")));
        await directory.Remove(only.ConnectionId);
        only = await Establish(directory, "203.0.113.1");
        Assert.False(await directory.Penalise(only.ConnectionId, Blame.Unhelpful("slow")));
        Assert.False(await directory.Penalise(only.ConnectionId, Blame.BadData("altered copy")));
        Assert.True(await directory.Penalise(only.ConnectionId, Blame.BadData("altered copy")));
    }

    [Fact]
    public async Task A_public_introducer_tells_public_addresses_only()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        PeerEndpoint near = new("192.168.1.2", 8444), far = new("203.0.113.9", 8444);
        await directory.AddKnown([near, far], "198.51.100.1");
        Assert.Equal([far], await directory.GetDialCandidates());
        await directory.AddKnown([near], "127.0.0.1");
        Assert.Equal([near], await directory.GetDialCandidates());
    }

    [Fact]
    public async Task An_address_that_failed_is_left_alone_for_a_minute()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        PeerEndpoint peer = new("203.0.113.9", 8444);
        await directory.AddKnown([peer], "198.51.100.1");
        Assert.Equal([peer], await directory.GetDialCandidates());
        await directory.DialFailed(peer);
        await directory.AddKnown([peer], "198.51.100.1");
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(await directory.GetDialCandidates());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([peer], await directory.GetDialCandidates());
    }

    [Fact]
    public async Task A_full_disk_costs_the_book_and_no_connection()
    {
        var disk = new FullDisk();
        await using var host = await RoleHost.Start(_clock, _ => { }, disk);
        var peer = await Establish(Directory(host), "203.0.113.1");
        Assert.Equal(1, disk.Attempts);
        Assert.Equal([peer], await Directory(host).GetConnections());
    }

    [Fact]
    public async Task The_book_outlives_the_process_though_it_is_not_written_at_every_change()
    {
        var store = new StateMemory();
        await using (var host = await RoleHost.Start(_clock, _ => { }, store))
        {
            for (var i = 1; i <= 3; i++)
                await Establish(Directory(host), $"203.0.113.{i}");
        }

        await using var again = await RoleHost.Start(_clock, _ => { }, store);
        Assert.Equal(
            ["203.0.113.1", "203.0.113.2", "203.0.113.3"], (await Directory(again).GetDialCandidates()).Select(p => p.Host).Order());
    }

    private static IPeerDirectoryGrain Directory(RoleHost host) =>
        host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeKey.Default, NodeType.FullNode));

    private static PeerConnection Connection(string address) =>
        TestPeers.Connection(NodeType.FullNode, NodeType.FullNode, address, 8444) with { RemoteHost = address };

    private static async Task<PeerConnection> Establish(IPeerDirectoryGrain directory, string address)
    {
        var connection = Connection(address);
        Assert.Equal(RegistrationOutcome.Accepted, await directory.Register(connection));
        Assert.True(await directory.Established(connection.ConnectionId));
        return connection;
    }
}
