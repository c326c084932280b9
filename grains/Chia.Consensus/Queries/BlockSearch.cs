using Chia.Consensus.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Searches of the stored blocks that no index serves, newest first: they are asked seldom, and what they look for is mostly
/// new.</summary>
public static class BlockSearch
{
    /// <summary>
    /// The newest stored block that poses a challenge, whether on the chain or on a side branch; null if none of the newest two thousand
    /// does: nobody builds on an older one, and what anybody may ask must not cost a look at every block.
    /// </summary>
    public static BlockRecord? FindByChallenge(ChainState chain, Bytes32 challenge)
    {
        for (var position = chain.Index.Positions - 1; position >= chain.Index.FirstInMemory; position--)
        {
            if (chain.Index.ProofAt(position).Challenge == challenge && chain.Index[position].Parent != BlockNumbers.Removed)
                return chain.Index.RecordAt(position);
        }

        return null;
    }

    /// <summary>True if a stored child of a block was made of the proof of space with this quality (DECISIONS 18).</summary>
    public static bool HasChild(ChainState chain, Bytes32 parent, Bytes32 quality)
    {
        var parentPosition = chain.Index.Find(parent);
        return parentPosition >= 0
            && chain.Index.PositionsAt(chain.Index[parentPosition].Height + 1)
                .Any(position => chain.Index[position].Parent == parentPosition && chain.Index.RecordAt(position).Quality == quality);
    }

    /// <summary>The stored blocks at or above a height, heaviest first and the newest of equals first; at most so many.</summary>
    public static IReadOnlyList<BlockRecord> FromHeight(ChainState chain, uint height, int most)
    {
        var index = chain.Index;
        return
        [
            .. Enumerable.Range(0, index.Positions)
                .Where(position => index[position].Parent != BlockNumbers.Removed && index[position].Height >= height)
                .OrderByDescending(position => index[position].TotalWeight)
                .ThenByDescending(position => position)
                .Take(most)
                .Select(index.RecordAt),
        ];
    }
}
