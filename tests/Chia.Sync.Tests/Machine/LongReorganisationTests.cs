using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>Chains of 300 blocks that share nothing but the genesis block, and chains that go on while they are fetched.</summary>
public class LongReorganisationTests
{
    private const uint Height = 300;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    private static VectorChain Base => VectorChain.Load("long1500").Prefix((int)Height + 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chain_is_left_down_to_genesis_for_a_heavier_one_and_taken_up_again_when_that_is(int seed)
    {
        var (one, other) = (Branch(Height, 1), Branch(Height + 1, 2));
        var longer = Branch(Height + 2, 1);
        var net = new VirtualNetwork(seed, new SyncOptions(), one, [other, longer]);
        net.Connect(Peer(seed, "other", other), TimeSpan.Zero, TipKind.OutOfReach);
        net.RunUntil(() => net.Own.Heaviest == other.Tip && net.Machine.Phase == SyncPhase.Idle, Limit);
        Assert.Equal((int)Height + 1, net.BlocksRequested);

        // Back onto what is stored already: only what is new of it is fetched.
        net.Connect(Peer(seed, "longer", longer), TimeSpan.Zero, TipKind.OutOfReach);
        net.RunUntil(() => net.Own.Heaviest == longer.Tip && net.Machine.Phase == SyncPhase.Idle, net.Now + Limit);
        Assert.Equal((int)Height + 3, net.BlocksRequested);
        Assert.Empty(net.Blames);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_two_chains_of_the_same_weight_the_one_that_was_there_first_stays(int own, int theirs)
    {
        var (mine, other) = (Branch(Height, (ulong)own), Branch(Height, (ulong)theirs));
        Assert.Equal(mine.Tip.Weight, other.Tip.Weight);
        var net = new VirtualNetwork(own, new SyncOptions(), mine, [other]);
        net.Connect(Peer(own, "other", other), TimeSpan.Zero, TipKind.OutOfReach);
        net.Post(Quiet, now => new SyncEvent.Tick(now));

        net.RunUntil(() => net.Now >= Quiet, Limit);

        Assert.Same(mine.Tip, net.Own.Heaviest);
        Assert.Empty(net.Requests);
        Assert.Empty(net.Blames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chain_that_goes_on_while_it_is_fetched_is_followed_to_its_end(int seed)
    {
        var chain = VectorChain.Load("long1500").Prefix(901);
        var net = new VirtualNetwork(seed, new SyncOptions(), chain.Prefix(1), [chain]);
        var peers = new[] { Peer(seed, "a", chain), Peer(seed + 1, "b", chain) };
        foreach (var peer in peers)
        {
            net.Connect(peer, TimeSpan.Zero, TipKind.OutOfReach, chain.Blocks[100]);
            for (var height = 160; height <= 900; height += 40)
                net.Announce(peer, chain.Blocks[Math.Min(height, 900)], TimeSpan.FromMilliseconds(10 * height), TipKind.OutOfReach);
            net.Announce(peer, chain.Tip, TimeSpan.FromSeconds(10), TipKind.OutOfReach);
        }

        net.RunUntil(() => net.Own.Accepted(chain.TipHash) && net.Machine.Phase == SyncPhase.Idle, Limit);

        Assert.Empty(net.Blames);
        Assert.InRange(net.BlocksRequested, 900, 990);
    }

    [Fact]
    public void When_all_leave_with_the_last_blocks_open_the_next_peer_is_asked_for_these_alone()
    {
        var chain = Base;
        var net = new VirtualNetwork(4, new SyncOptions(), chain.Prefix(1), [chain]);
        foreach (var name in new[] { "a", "b" })
            net.Connect(Peer(4, name, chain, PeerBehaviour.DropsAtTheEnd), TimeSpan.Zero, TipKind.OutOfReach);
        net.RunUntil(() => net.BlocksRequested > 0 && net.Machine.Status(net.Now).State == SyncState.NoPeers, Limit);
        Assert.Empty(net.Blames);
        var (asked, height) = (net.BlocksRequested, net.Own.Heaviest.Height);

        net.Connect(Peer(5, "c", chain), TimeSpan.Zero, TipKind.OutOfReach);
        net.RunUntil(() => net.Own.Accepted(chain.TipHash) && net.Machine.Phase == SyncPhase.Idle, net.Now + Limit);

        Assert.True(height > Height - 110, $"only {height} of {Height} were ours");
        Assert.InRange(net.BlocksRequested - asked, 1, 2 * 4 * 5);
    }

    [Fact]
    public void A_restart_after_any_event_goes_on_above_what_is_ours()
    {
        var chain = VectorChain.Load("long1500").Prefix(160);
        var restarted = 0;
        for (var events = 1; ; events++)
        {
            var world = new SmallWorld(
                events, chain, chain.Prefix(1), [], [PeerBehaviour.Honest, PeerBehaviour.Slow, PeerBehaviour.DropsAtTheEnd]);
            world.RunForEventsThenRestart(events, Limit);
            if (world.Done)
                break;
            var (height, asked) = (world.Net.Own.Heaviest.Height, world.Net.Requests.Count);
            world.RunToTheEnd(Limit);
            Assert.All(
                world.Net.Requests.Skip(asked).OfType<SyncEffect.RequestBlocks>(),
                request => Assert.True(request.First > height, $"restarted after {events} events at {height}, asked for {request.First}"));
            restarted++;
        }

        Assert.True(restarted > 60, $"only {restarted} stages were met");
    }

    private static VectorChain Branch(uint height, ulong later) => Base.Forge(0, height, 5, later);

    private static VirtualPeer Peer(int seed, string name, VectorChain chain, PeerBehaviour behaviour = PeerBehaviour.Honest) =>
        new(ConnectionId.Parse(name), behaviour, chain, chain, new Random(seed));
}
