using Chia.GrainInterfaces.Chain;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.FullNode;

/// <summary>What a full node remembers is bounded.</summary>
public class MemoriesTests
{
    private static readonly VectorChain Main = VectorChain.Load("small40");
    private static readonly VectorChain Fork = VectorChain.Load("small40", fork: true);

    [Fact]
    public void The_lowest_and_oldest_gives_way()
    {
        var memory = new BoundedByHeight<string, int>(3);
        memory.Set("a", 5, 1);
        memory.Set("b", 4, 2);
        memory.Set("c", 4, 3);
        memory.Set("d", 9, 4);
        Assert.Equal([1, 3, 4], memory.InOrder);
        memory.Set("a", 5, 10);
        Assert.Equal(3, memory.Count);
        Assert.Equal(10, memory.Find("a"));
        Assert.False(memory.Contains("b"));
    }

    [Fact]
    public void Below_a_height_all_is_forgotten_and_at_it_nothing()
    {
        var memory = new BoundedByHeight<string, int>(10);
        memory.Set("a", 29, 1);
        memory.Set("b", 30, 2);
        memory.Set("c", 31, 3);
        memory.Prune(30);
        Assert.Equal([2, 3], memory.InOrder);
    }

    [Fact]
    public void Retention_counts_from_the_lowest_tip()
    {
        var state = new FullNodeState(new FullNodeOptions(), 150, new Standstill(TimeSpan.FromMinutes(15), new ManualTime()));
        var block = new UnfinishedBlock(Main.Blocks[3], new TipInfo(default, default, default, 2, 1, 1, 1, 1, 1, default, 1, 1), 1, 5);
        state.Unfinished.Set(new UnfinishedKey(default, 1), 9, block);
        state.Unfinished.Set(new UnfinishedKey(default, 2), 10, block);
        state.Prune(lowestTipHeight: 40, retention: 30);
        Assert.Equal(1, state.Unfinished.Count);
        state.Prune(lowestTipHeight: 20, retention: 30);
        Assert.Equal(1, state.Unfinished.Count);
    }

    [Fact]
    public void What_was_forgotten_and_seen_again_is_as_new_as_the_rest()
    {
        var seen = new RecentlySeen<int>(3);
        seen.Add(1);
        seen.Forget(1);
        seen.Add(2);
        seen.Add(1);
        seen.Add(3);
        Assert.True(seen.Contains(1));
        Assert.True(seen.Contains(2));
    }

    [Fact]
    public void Seen_once_is_seen_until_too_many_others_were()
    {
        var seen = new RecentlySeen<int>(2);
        Assert.True(seen.Add(1));
        Assert.False(seen.Add(1));
        seen.Forget(1);
        Assert.True(seen.Add(1));
        seen.Add(2);
        seen.Add(3);
        seen.Add(4);
        Assert.True(seen.Contains(4));
        Assert.False(seen.Contains(1));
    }

    [Fact]
    public void All_children_of_a_parent_are_kept_and_taken_once()
    {
        var blocks = new DisconnectedBlocks(100);
        var other = Main.Blocks[31] with { Body = Main.Blocks[31].Body with { Cost = 7 } };
        Assert.True(Add(blocks, Main.Hashes[31], Main.Blocks[31]));
        Assert.True(Add(blocks, Fork.Hashes[31], Fork.Blocks[31]));
        Assert.True(Add(blocks, Fork.Hashes[32], Fork.Blocks[32]));
        Assert.Equal([Main.Hashes[31], Fork.Hashes[31]], blocks.TakeChildren(Main.Hashes[30]).Select(e => e.HeaderHash));
        Assert.Empty(blocks.TakeChildren(Main.Hashes[30]));
        Assert.Equal(1, blocks.Count);
        Assert.NotEqual(other, Main.Blocks[31]);
    }

    [Fact]
    public void A_peer_with_more_than_a_quarter_loses_its_own_oldest_and_is_told_so()
    {
        var blocks = new DisconnectedBlocks(8);
        Assert.True(Add(blocks, 10, "honest"));
        Assert.True(Add(blocks, 20, "a"));
        Assert.True(Add(blocks, 21, "a"));
        Assert.False(Add(blocks, 22, "a"));
        Assert.True(Add(blocks, 22, "a"), "known already");
        Assert.False(blocks.Contains(Main.Hashes[20]));
        Assert.True(blocks.Contains(Main.Hashes[10]));
        Assert.Equal(3, blocks.Count);
    }

    [Fact]
    public void When_all_is_full_whoever_holds_most_makes_room()
    {
        var blocks = new DisconnectedBlocks(8);
        Assert.True(Add(blocks, 1, "honest"));
        for (var i = 0; i < 8; i++)
            Assert.True(Add(blocks, 10 + i, $"p{i / 2}"));
        Assert.True(Add(blocks, 30, "late"));
        Assert.Equal(8, blocks.Count);
        Assert.True(blocks.Contains(Main.Hashes[1]));
        Assert.True(blocks.Contains(Main.Hashes[30]));
    }

    [Fact]
    public void A_peer_that_goes_takes_along_what_nobody_else_sent()
    {
        var blocks = new DisconnectedBlocks(8);
        Add(blocks, 20, "a");
        Add(blocks, 21, "a");
        Add(blocks, 21, "b");
        Add(blocks, 21, "c");
        Assert.Equal(["a", "b", "c"], blocks.ClaimantsOf(Main.Hashes[19]).Select(p => p.ConnectionId.ToString()));
        blocks.Forget(ConnectionId.Parse("a"));
        Assert.False(blocks.Contains(Main.Hashes[20]));
        Assert.Equal(["b", "c"], blocks.ClaimantsOf(Main.Hashes[20]).Select(p => p.ConnectionId.ToString()));
    }

    [Fact]
    public void The_heaviest_descendant_is_found_over_several_generations()
    {
        var blocks = new DisconnectedBlocks(100);
        foreach (var height in new[] { 34, 33, 32 })
            Add(blocks, Fork.Hashes[height], Fork.Blocks[height]);
        Assert.Equal(Fork.Hashes[34], blocks.HeaviestDescendant(Fork.Hashes[32])!.HeaderHash);
        Assert.Null(blocks.HeaviestDescendant(Fork.Hashes[31]));
        blocks.Prune(34);
        Assert.Equal(1, blocks.Count);
    }

    private static bool Add(DisconnectedBlocks blocks, int height, string peer) =>
        Add(blocks, Main.Hashes[height], Main.Blocks[height], peer);

    private static bool Add(DisconnectedBlocks blocks, Bytes32 hash, FullBlock block, string peer = "peer") =>
        blocks.Add(Peer(peer), new BlockData(block), new BlockVerdict(hash, default));

    private static GrainInterfaces.Peers.PeerConnection Peer(string id) => TestPeers.Connection(Role.FullNode, Role.FullNode, id);
}
