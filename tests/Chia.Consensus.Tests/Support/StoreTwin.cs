using Chia.Consensus.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Support;

/// <summary>A store of dictionaries that knows only commits, and the slow truth about tips and table to compare with.</summary>
internal sealed class StoreTwin
{
    public Dictionary<Bytes32, AcceptedBlock> Blocks { get; } = [];

    public IReadOnlyList<Bytes32> Tips { get; private set; } = [];

    public SortedDictionary<uint, Bytes32> Table { get; } = [];

    public void Write(ChainChange commit)
    {
        foreach (var removed in commit.RemovedBlocks)
            Assert.True(Blocks.Remove(removed));
        foreach (var block in commit.Blocks)
            Blocks[block.Record.HeaderHash] = block;
        Tips = commit.Tips;
        foreach (var height in Table.Keys.Where(h => h >= commit.HeightTable.Length).ToList())
            Table.Remove(height);
        foreach (var entry in commit.HeightTable.Set)
        {
            Assert.False(Table.TryGetValue(entry.Height, out var old) && old == entry.HeaderHash, "an entry is written without need");
            Table[entry.Height] = entry.HeaderHash;
        }

        Assert.Equal(commit.HeightTable.Length, (uint)Table.Count);
    }

    public ChainState Load(ChainState like) =>
        ChainState.Load(like.Constants, Blocks.Values.Select(b => b.Record).OrderBy(r => r.Height), Tips);

    /// <summary>State and store agree, and the table is the chain that all tips share.</summary>
    public void AssertAgrees(ChainState state)
    {
        Assert.Equal(Tips, state.Tips.Select(t => t.HeaderHash));
        Assert.Equal(Blocks.Count, state.BlockCount);
        foreach (var tip in state.Tips)
            Assert.Equal(Blocks[tip.HeaderHash].Record, tip);

        var chains = Tips.Select(ChainOf).ToList();
        var shared = 0;
        while (chains.All(chain => chain.Count > shared && chain[shared] == chains[0][shared]))
            shared++;
        Assert.Equal(chains[0].Take(shared), Table.Values);
        Assert.Equal(chains[0].Take(shared), Enumerable.Range(0, (int)state.TableLength).Select(h => state.TableAt((uint)h)));
        Assert.Equal(chains[0][shared - 1], state.LeastCommonAncestor!.HeaderHash);
    }

    /// <summary>Header hashes from genesis to a block, by looking parents up.</summary>
    public List<Bytes32> ChainOf(Bytes32 headerHash)
    {
        var chain = new List<Bytes32>();
        for (var current = Blocks[headerHash].Record; ; current = Blocks[current.PrevHeaderHash].Record)
        {
            chain.Add(current.HeaderHash);
            if (current.Height == 0)
                break;
        }

        chain.Reverse();
        return chain;
    }
}
