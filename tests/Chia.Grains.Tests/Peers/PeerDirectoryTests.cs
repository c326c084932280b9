using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Tests.Peers;

/// <summary>Who may be connected, who is banned, who is dialled (PROTOCOL.md 7).</summary>
public sealed class PeerDirectoryTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task A_liar_is_kept_out_though_it_is_the_only_peer()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        var liar = await Establish(directory, "198.51.100.1");
        Assert.Equal(BlameOutcome.Banned, await directory.Penalise(liar.ConnectionId, Blame.Breach("lied")));
        await directory.Remove(liar.ConnectionId);
        Assert.Equal(RegistrationOutcome.Banned, (await directory.Register(liar)).Outcome);
        Assert.Equal("198.51.100.1/32", Assert.Single(await directory.Renew("gateway", [])).Subscriber);
        Assert.Empty(await directory.GetDialCandidates());
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(liar with { IsConfigured = true })).Outcome);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(await directory.Renew("gateway", []));
        Assert.Equal(
            RegistrationOutcome.Accepted,
            (await directory.Register(liar with { ConnectionId = ConnectionId.Parse("again"), PeerNodeId = default })).Outcome);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task A_clock_that_jumps_changes_no_ban_and_no_address(int days)
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        var liar = await Establish(directory, "198.51.100.1");
        await Establish(directory, "198.51.100.2");
        await directory.Remove(ConnectionId.Parse("198.51.100.2"));
        await directory.Penalise(liar.ConnectionId, Blame.Breach("lied"));
        await directory.Remove(liar.ConnectionId);
        _clock.SetWallClock(TimeSpan.FromDays(days));
        Assert.Equal(RegistrationOutcome.Banned, (await directory.Register(liar)).Outcome);
        Assert.Equal(TimeSpan.FromMinutes(30), Assert.Single(await directory.Renew("gateway", [])).Left);
        Assert.Equal("198.51.100.2", Assert.Single(await directory.GetDialCandidates()).Host.ToString());
        await Establish(directory, "198.51.100.3");
        _clock.SetWallClock(-TimeSpan.FromDays(days));
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(await directory.GetConnections()).Age);
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(liar)).Outcome);
    }

    [Fact]
    public async Task Of_two_gateways_that_have_not_beaten_yet_the_first_dials_and_the_other_when_that_is_silent()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        Assert.True(await directory.ClaimDial("one", "target"));
        Assert.False(await directory.ClaimDial("other", "target"));
        Assert.True(await directory.ClaimDial("one", "target"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await directory.ClaimDial("other", "target"));
        Assert.False(await directory.ClaimDial("one", "target"));
    }

    [Fact]
    public async Task A_told_name_is_replaced_by_what_it_stands_for()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = Directory(host);
        PeerAddress name = PeerAddress.Of("node.example.org", 8444), far = PeerAddress.Of("8.8.8.8", 8444);
        await directory.AddKnown([name], "9.9.9.9");
        Assert.Equal([name], await directory.GetDialCandidates());
        await directory.Resolved(name, [far, PeerAddress.Of("127.0.0.1", 8444), PeerAddress.Of("10.0.0.1", 8444)]);
        Assert.Equal([far], await directory.GetDialCandidates());
    }

    [Fact]
    public async Task A_full_disk_costs_the_book_and_no_connection()
    {
        var disk = new FullDisk();
        await using var host = await RoleHost.Start(_clock, _ => { }, disk);
        var peer = await Establish(Directory(host), "203.0.113.1");
        Assert.Equal(1, disk.Attempts);
        Assert.Equal([peer.ConnectionId], (await Directory(host).GetConnections()).Select(c => c.ConnectionId));
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_keeps_nobody_waiting()
    {
        var disk = new SlowDisk();
        await using var host = await RoleHost.Start(_clock, _ => { }, disk);
        var directory = Directory(host);
        var first = Connection("203.0.113.1");
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(first)).Outcome);
        await disk.Writing.Came;

        // The new connection has its place reserved and has not been established: nobody sees it.
        Assert.Empty(await directory.GetConnections());
        Assert.True(await directory.Established(new PeerLine(first, null!), isAgain: false));
        Assert.Equal(first.ConnectionId, Assert.Single(await directory.GetConnections()).ConnectionId);
        await Establish(directory, "203.0.113.2");
        await directory.Ban(PeerHost.Parse("203.0.113.9"), TimeSpan.FromHours(1));
        disk.Writing.Open();
    }

    [Fact]
    public async Task What_changes_while_the_book_is_being_written_is_written_behind_it()
    {
        var disk = new SlowDisk();
        var host = await RoleHost.Start(_clock, _ => { }, disk);
        await Establish(Directory(host), "203.0.113.1");
        await disk.Writing.Came;
        await Establish(Directory(host), "203.0.113.2");
        disk.Writing.Open();
        await host.DisposeAsync();
        Assert.Equal([1, 2], disk.Written.Cast<StoredAddressBook>().Select(book => book.Peers.Count));
    }

    [Fact]
    public async Task What_the_operator_bans_and_lets_in_again_outlives_the_process()
    {
        var store = new StateMemory();
        await using (var host = await RoleHost.Start(_clock, _ => { }, store))
            await Directory(host).Ban(PeerHost.Parse("203.0.113.1"), TimeSpan.FromHours(1));
        await using (var host = await RoleHost.Start(_clock, _ => { }, store))
        {
            Assert.Equal("203.0.113.1/32", Assert.Single(await Directory(host).GetBans()).Subscriber);
            Assert.True(await Directory(host).Unban(PeerHost.Parse("203.0.113.1")));
        }

        await using var again = await RoleHost.Start(_clock, _ => { }, store);
        Assert.Empty(await Directory(again).GetBans());
    }

    [Fact]
    public async Task A_liar_loses_all_its_connections_and_nobody_else_loses_one()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        List<ClosedLink> links = [];
        string[] hosts = ["2a00:1:2:3::1", "2a00:1:2:3::2", "2a00:1:2:4::1"];
        foreach (var from in hosts)
            links.Add(await ClosedLink.Open(host, Connection(from)));
        Assert.Equal(BlameOutcome.Banned, await Directory(host).Penalise(ConnectionId.Parse(hosts[0]), Blame.Breach("lied")));
        Assert.Equal(DisconnectReason.Banned, await links[1].Reason);
        Assert.False(links[2].Reason.IsCompleted);
    }

    [Fact]
    public async Task A_connection_whose_end_nobody_told_is_ended_when_its_gateway_does_not_hold_it_any_more()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var directory = host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.Timelord));
        var link = await TestLink.Open(host, Role.Timelord, Role.FullNode, "node");
        var timelord = host.Client.GetGrain<ITimelordGrain>(NodeKey.Of(NodeName.Main));
        Assert.Equal(1, (await timelord.GetStatus()).FullNodes);
        _clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        await directory.Renew("gateway", []);
        Assert.False(await link.IsListed());
        while ((await timelord.GetStatus()).FullNodes > 0)
            await Task.Yield();
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
            ["203.0.113.1", "203.0.113.2", "203.0.113.3"], (await Directory(again).GetDialCandidates()).Select(p => p.Host.ToString())
                .Order());
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_keeps_nobody_waiting_when_its_connections_are_closed()
    {
        await using var host = await RoleHost.Start(_clock, _ => { });
        var gateway = new FrozenGateway();
        var line = new PeerLine(Connection("203.0.113.1"), host.Client.CreateObjectReference<IPeerObserver>(gateway));
        await Directory(host).Register(line.Connection);
        await Directory(host).Established(line, isAgain: false);
        await Directory(host).Ban(PeerHost.Parse("203.0.113.1"), TimeSpan.FromHours(1));
        await gateway.Closing.Came;
        Assert.Equal("203.0.113.1/32", Assert.Single(await Directory(host).GetBans()).Subscriber);
        gateway.Closing.Open();
    }

    private static IPeerDirectoryGrain Directory(RoleHost host) =>
        host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode));

    private static PeerConnection Connection(string address) =>
        TestPeers.Connection(Role.FullNode, Role.FullNode, address, 8444) with { RemoteHost = address };

    private static async Task<PeerConnection> Establish(IPeerDirectoryGrain directory, string address)
    {
        var connection = Connection(address);
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(connection)).Outcome);
        Assert.True(await directory.Established(new PeerLine(connection, null!), isAgain: false));
        return connection;
    }
}

/// <summary>A gateway whose process is frozen while it is told to close a connection.</summary>
internal sealed class FrozenGateway : IPeerObserver
{
    public Gate Closing { get; } = new();

    public Task Deliver(byte[][] frames) => throw new NotSupportedException();

    public Task Close(DisconnectReason reason) => Closing.Pass();

    public Task<PeerTraffic> GetTraffic() => throw new NotSupportedException();
}

/// <summary>A connection that tells why the grains close it.</summary>
internal sealed class ClosedLink : IPeerObserver
{
    private readonly TaskCompletionSource<DisconnectReason> _reason = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<DisconnectReason> Reason => _reason.Task;

    public static async Task<ClosedLink> Open(RoleHost host, PeerConnection connection)
    {
        var link = new ClosedLink();
        var directory = host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(connection.Node, connection.LocalRole));
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(connection)).Outcome);
        var line = new PeerLine(connection, host.Client.CreateObjectReference<IPeerObserver>(link));
        Assert.True(await directory.Established(line, isAgain: false));
        return link;
    }

    public Task Deliver(byte[][] frames) => throw new NotSupportedException();

    public Task Close(DisconnectReason reason)
    {
        _reason.TrySetResult(reason);
        return Task.CompletedTask;
    }

    public Task<PeerTraffic> GetTraffic() => throw new NotSupportedException();
}

/// <summary>A storage on a disk without room.</summary>
internal sealed class FullDisk : IGrainStorage
{
    public int Attempts { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Attempts++;
        throw new IOException("no space left on device");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}

/// <summary>A storage whose writes take as long as the test wants.</summary>
internal sealed class SlowDisk : IGrainStorage
{
    public Gate Writing { get; } = new();

    public List<object> Written { get; } = [];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Written.Add(grainState.State!);
        return Writing.Pass();
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
