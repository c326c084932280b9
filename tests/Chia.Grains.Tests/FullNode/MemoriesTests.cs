using Chia.GrainInterfaces.Chain;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
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
        var state = new FullNodeState(new FullNodeOptions(), 150);
        var block = new UnfinishedBlock(Main.Blocks[3], default, 1, default, 5);
        state.Unfinished.Set(new UnfinishedKey(default, 1), 9, block);
        state.Unfinished.Set(new UnfinishedKey(default, 2), 10, block);
        state.Prune(lowestTipHeight: 40, retention: 30);
        Assert.Equal(1, state.Unfinished.Count);
        state.Prune(lowestTipHeight: 20, retention: 30);
        Assert.Equal(1, state.Unfinished.Count);
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
        Assert.True(blocks.TryAdd(Main.Hashes[31], new BlockData(Main.Blocks[31]), null));
        Assert.True(blocks.TryAdd(Fork.Hashes[31], new BlockData(Fork.Blocks[31]), null));
        Assert.True(blocks.TryAdd(Fork.Hashes[32], new BlockData(Fork.Blocks[32]), null));
        Assert.Equal([Main.Hashes[31], Fork.Hashes[31]], blocks.TakeChildren(Main.Hashes[30]).Select(e => e.HeaderHash));
        Assert.Empty(blocks.TakeChildren(Main.Hashes[30]));
        Assert.Equal(1, blocks.Count);
        Assert.NotEqual(other, Main.Blocks[31]);
    }

    [Fact]
    public void One_peer_fills_a_quarter_and_the_oldest_gives_way_when_all_is_full()
    {
        var blocks = new DisconnectedBlocks(8);
        for (var i = 0; i < 2; i++)
            Assert.True(blocks.TryAdd(Main.Hashes[20 + i], new BlockData(Main.Blocks[20 + i]), Peer("a")));
        Assert.False(blocks.TryAdd(Main.Hashes[22], new BlockData(Main.Blocks[22]), Peer("a")));
        Assert.True(blocks.TryAdd(Main.Hashes[20], new BlockData(Main.Blocks[20]), Peer("a")), "known already");
        for (var i = 0; i < 8; i++)
            Assert.True(blocks.TryAdd(Main.Hashes[23 + i], new BlockData(Main.Blocks[23 + i]), Peer($"p{i}")));
        Assert.Equal(8, blocks.Count);
        Assert.False(blocks.Contains(Main.Hashes[20]));
        Assert.False(blocks.Contains(Main.Hashes[21]));
    }

    [Fact]
    public void The_heaviest_descendant_is_found_over_several_generations()
    {
        var blocks = new DisconnectedBlocks(100);
        foreach (var height in new[] { 34, 33, 32 })
            blocks.TryAdd(Fork.Hashes[height], new BlockData(Fork.Blocks[height]), null);
        Assert.Equal(Fork.Hashes[34], blocks.HeaviestDescendant(Fork.Hashes[32])!.HeaderHash);
        Assert.Null(blocks.HeaviestDescendant(Fork.Hashes[31]));
        blocks.Prune(34);
        Assert.Equal(1, blocks.Count);
    }

    private static GrainInterfaces.Peers.PeerConnection Peer(string id) => TestPeers.Connection(NodeType.FullNode, NodeType.FullNode, id);
}
