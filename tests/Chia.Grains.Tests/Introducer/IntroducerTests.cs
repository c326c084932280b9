using Chia.GrainInterfaces.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Introducer;

/// <summary>Full nodes hear of each other, of the living only, and never of themselves (ROLES.md 7, DECISIONS 14).</summary>
public sealed class IntroducerTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private RoleHost _host = null!;

    private IPeerDirectoryGrain Directory =>
        _host.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.Introducer));

    public async ValueTask InitializeAsync() => _host = await RoleHost.Start(_clock, _ => { });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Only_addresses_that_were_reached_are_handed_out()
    {
        var asker = await Node("asker", 1000);
        await Node("alive", 1001);
        await Node("dead", 1002);
        Assert.Empty(await Ask(asker));

        Assert.Equal([At(1000), At(1001), At(1002)], (await Directory.GetVettingCandidates(10)).OrderBy(p => p.Port));
        await Directory.Reached(At(1001));
        await Directory.DialFailed(At(1002));
        Assert.Equal([At(1001)], await Ask(asker));
    }

    [Fact]
    public async Task The_asker_is_not_told_of_itself()
    {
        var asker = await Node("asker", 1000);
        await Directory.Reached(At(1000));
        await Directory.Reached(At(1001));
        Assert.Equal([At(1001)], await Ask(asker));
    }

    [Fact]
    public async Task No_more_than_twenty_are_told_in_no_fixed_order()
    {
        var asker = await Node("asker", 1);
        for (ushort port = 2001; port <= 2050; port++)
        {
            await Directory.Reached(At(port));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await Ask(asker);
        Assert.Equal(Enumerable.Range(2031, 20), first.Select(p => (int)p.Port).Order());
        // 20 items in the same order five times over happen once in 10^92.
        var orders = new HashSet<string> { string.Join(',', first) };
        for (var i = 0; i < 5; i++)
            orders.Add(string.Join(',', await Ask(asker)));
        Assert.NotEqual(1, orders.Count);
    }

    [Fact]
    public async Task Addresses_age()
    {
        var asker = await Node("asker", 1);
        await Directory.Reached(At(1001));
        _clock.Advance(TimeSpan.FromSeconds(5999));
        Assert.Equal([At(1001)], await Ask(asker));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Ask(asker));
    }

    [Fact]
    public async Task An_address_is_tried_out_once_in_a_while()
    {
        await Node("node", 1001);
        Assert.Single(await Directory.GetVettingCandidates(10));
        Assert.Empty(await Directory.GetVettingCandidates(10));
        await Directory.Reached(At(1001));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(await Directory.GetVettingCandidates(10));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Directory.GetVettingCandidates(10));
    }

    [Fact]
    public async Task Only_so_many_are_tried_out_at_once_and_new_ones_first()
    {
        await Directory.Reached(At(1001));
        _clock.Advance(TimeSpan.FromMinutes(11));
        await Node("new", 1002);
        Assert.Equal([At(1002)], await Directory.GetVettingCandidates(1));
        Assert.Equal([At(1001)], await Directory.GetVettingCandidates(1));
    }

    private Task<TestLink> Node(string id, ushort port) =>
        TestLink.Open(_host, Role.Introducer, Role.FullNode, id, port);

    private static async Task<PeerAddress[]> Ask(TestLink asker)
    {
        await asker.Say(new RequestPeersMessage());
        return [.. PeerAddress.Dialable((await asker.Hear<PeersMessage>()).PeerList)];
    }

    private static PeerAddress At(ushort port) => PeerAddress.Of("127.0.0.1", port);
}
