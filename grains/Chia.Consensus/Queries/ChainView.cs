using Chia.Consensus.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>The chain as people look at it: by height, with what was stored beside it. The chain is that of the heaviest tip.</summary>
public static class ChainView
{
    /// <summary>The block of the chain at a height; null above the heaviest tip.</summary>
    public static BlockRecord? AtHeight(ChainState chain, uint height) =>
        chain.HeaviestTip is { } tip && height <= tip.Height ? chain.Index.RecordAt(OnChainAt(chain, height)) : null;

    /// <summary>A stored block; null if there is none.</summary>
    public static PlacedBlock? Find(ChainState chain, Bytes32 headerHash) =>
        chain.Index.Find(headerHash) is var position and >= 0 ? Place(chain, position, TipPositions(chain)) : null;

    /// <summary>The stored children of a block, newest first.</summary>
    public static IReadOnlyList<Bytes32> ChildrenOf(ChainState chain, Bytes32 headerHash)
    {
        var parent = chain.Index.Find(headerHash);
        if (parent < 0)
            return [];
        return
        [
            .. chain.Index.PositionsAt(chain.Index[parent].Height + 1)
                .Where(position => chain.Index[position].Parent == parent)
                .Select(position => chain.Index.HashAt(position)),
        ];
    }

    /// <summary>Blocks of a range of heights, highest first, at one height that of the chain first.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="from">Lowest height.</param>
    /// <param name="to">Highest height; may be above all blocks.</param>
    /// <param name="chainOnly">Leave out what is beside the chain.</param>
    public static IEnumerable<PlacedBlock> Rows(ChainState chain, uint from, uint to, bool chainOnly)
    {
        var highest = chain.Tips.Count == 0 ? -1 : (long)chain.Tips.Max(tip => tip.Height);
        var tips = TipPositions(chain);
        for (var height = Math.Min(to, highest); height >= from; height--)
        {
            var positions = chainOnly
                ? height <= chain.HeaviestTip!.Height ? [OnChainAt(chain, (uint)height)] : []
                : chain.Index.PositionsAt((uint)height);
            foreach (var row in positions.Select(position => Place(chain, position, tips)).OrderByDescending(row => row.IsOnChain))
                yield return row;
        }
    }

    /// <summary>How many blocks of the newest heights of the chain lie on it, and how many beside it.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="window">Heights looked at, down from the heaviest tip.</param>
    public static (int OnChain, int Beside) CountNewest(ChainState chain, uint window)
    {
        if (chain.HeaviestTip is not { } tip)
            return (0, 0);
        var all = 0;
        var heights = (int)Math.Min(window, tip.Height + 1);
        for (var i = 0; i < heights; i++)
            all += chain.Index.PositionsAt(tip.Height - (uint)i).Count();
        return (heights, all - heights);
    }

    private static PlacedBlock Place(ChainState chain, int position, HashSet<int> tips)
    {
        var record = chain.Index.RecordAt(position);
        return new PlacedBlock(record, IterationsOf(chain, position), IsOnChain(chain, position), tips.Contains(position));
    }

    /// <summary>Iterations of one block: what it adds to the sum of its parent.</summary>
    internal static ulong IterationsOf(ChainState chain, int position)
    {
        var node = chain.Index[position];
        return node.Parent >= 0 ? node.TotalIterations - chain.Index[node.Parent].TotalIterations : node.TotalIterations;
    }

    /// <summary>Position of the block of the chain at a height that is not above its tip.</summary>
    internal static int OnChainAt(ChainState chain, uint height) =>
        chain.AncestorPosition(chain.Index.Find(chain.HeaviestTip!.HeaderHash), height);

    private static bool IsOnChain(ChainState chain, int position) =>
        chain.Index[position].Height is var height && height <= chain.HeaviestTip!.Height && OnChainAt(chain, height) == position;

    private static HashSet<int> TipPositions(ChainState chain) => [.. chain.Tips.Select(tip => chain.Index.Find(tip.HeaderHash))];
}

/// <summary>A stored block and its place beside the others.</summary>
/// <param name="Record">The block.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="IsOnChain">It is the heaviest tip or an ancestor of it.</param>
/// <param name="IsTip">It is one of the tips.</param>
public sealed record PlacedBlock(BlockRecord Record, ulong Iterations, bool IsOnChain, bool IsTip);
