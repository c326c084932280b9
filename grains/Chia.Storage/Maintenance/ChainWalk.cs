using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage.Maintenance;

/// <summary>Walks along parents through an index. Steps end at what is missing: the callers say what that means.</summary>
internal sealed class ChainWalk
{
    private readonly Dictionary<Bytes32, BlockRecord> _records;

    internal ChainWalk(ChainIndex index)
    {
        _records = new Dictionary<Bytes32, BlockRecord>(index.Records.Count);
        foreach (var record in index.Records)
            _records[record.HeaderHash] = record;
    }

    /// <summary>The record, or null.</summary>
    internal BlockRecord? Find(Bytes32 headerHash) => _records.GetValueOrDefault(headerHash);

    /// <summary>The tip of greatest weight, the first among equals; null if no tip is known.</summary>
    internal BlockRecord? HeaviestTip(IReadOnlyList<Bytes32> tips)
    {
        BlockRecord? best = null;
        foreach (var tip in tips)
        {
            if (Find(tip) is { } record && (best is null || record.TotalWeight > best.TotalWeight))
                best = record;
        }

        return best;
    }

    /// <summary>The block of greatest weight, one of them among equals; null if there is none.</summary>
    internal BlockRecord? HeaviestBlock() => _records.Values.MaxBy(r => r.TotalWeight);

    /// <summary>The chain from height 0 to <paramref name="last"/>, indexed by height; null if it is interrupted.</summary>
    internal BlockRecord[]? ChainTo(BlockRecord last)
    {
        if (last.Height >= _records.Count)
            return null; // More heights than blocks; also keeps a wrong height from asking for gigabytes.
        var chain = new BlockRecord[last.Height + 1];
        var at = last;
        for (var height = (long)last.Height; ; height--)
        {
            chain[height] = at;
            if (height == 0)
                return chain;
            if (Parent(at) is not { } parent)
                return null;
            at = parent;
        }
    }

    /// <summary>The tips' least common ancestor (CONSENSUS.md 13.4): while not all equal, the highest steps to its parent. Null if a tip
    /// or an ancestor is missing.</summary>
    internal BlockRecord? LeastCommonAncestor(IReadOnlyList<Bytes32> tips)
    {
        var heads = new BlockRecord?[tips.Count];
        for (var i = 0; i < heads.Length; i++)
            heads[i] = Find(tips[i]);
        while (true)
        {
            var highest = 0;
            var equal = true;
            for (var i = 0; i < heads.Length; i++)
            {
                if (heads[i] is null)
                    return null;
                equal &= heads[i]!.HeaderHash == heads[0]!.HeaderHash;
                if (heads[i]!.Height > heads[highest]!.Height)
                    highest = i;
            }

            if (equal)
                return heads.Length == 0 ? null : heads[0];
            heads[highest] = Parent(heads[highest]!);
        }
    }

    /// <summary>The parent, if it is there and one lower: a damaged index must not lead in circles.</summary>
    private BlockRecord? Parent(BlockRecord record) =>
        Find(record.PrevHeaderHash) is { } parent && parent.Height + 1L == record.Height ? parent : null;
}
