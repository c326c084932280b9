using Chia.Protocol.Blocks;

namespace Chia.Consensus.Chain;

/// <summary>Which blocks are tips, and their least common ancestor (CONSENSUS.md 13.3, 13.4). Lists are never changed, only
/// replaced.</summary>
internal static class TipRules
{
    /// <summary>
    /// The tips after storing a block, or null if it does not become one. The comparison with the lightest tip is strict, also while there
    /// are fewer tips than allowed (18.11); sorting begins when the list first grows too long.
    /// </summary>
    public static IReadOnlyList<BlockRecord>? Insert(IReadOnlyList<BlockRecord> tips, BlockRecord block, int maximum)
    {
        if (tips.Count > 0 && block.TotalWeight <= tips.Min(tip => tip.TotalWeight))
            return null;
        List<BlockRecord> longer = [.. tips, block];
        return longer.Count <= maximum ? longer : Heaviest(longer, maximum);
    }

    /// <summary>The heaviest blocks; of equal weights the earlier in the list come first.</summary>
    public static IReadOnlyList<BlockRecord> Heaviest(IEnumerable<BlockRecord> blocks, int count) =>
        [.. blocks.OrderByDescending(block => block.TotalWeight).Take(count)];

    /// <summary>Replaces the first highest tip by its parent until all are the same.</summary>
    /// <exception cref="InvalidOperationException">An ancestor is missing: an accepted block always has its chain.</exception>
    public static BlockRecord CommonAncestor(IAncestry ancestry, IReadOnlyList<BlockRecord> tips)
    {
        var heads = tips.ToArray();
        while (true)
        {
            var highest = 0;
            var equal = true;
            for (var i = 1; i < heads.Length; i++)
            {
                equal &= heads[i].HeaderHash == heads[0].HeaderHash;
                if (heads[i].Height > heads[highest].Height)
                    highest = i;
            }

            if (equal)
                return heads[0];
            heads[highest] = ancestry.TryGet(heads[highest].PrevHeaderHash, out var parent)
                ? parent
                : throw new InvalidOperationException($"the parent of {heads[highest].HeaderHash} is missing");
        }
    }
}
