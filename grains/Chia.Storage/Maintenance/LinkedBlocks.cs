using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage.Maintenance;

/// <summary>The blocks from which parents lead to genesis, one height at a time: what a rewind can keep.</summary>
internal sealed class LinkedBlocks
{
    private readonly Dictionary<Bytes32, uint> _heights;

    internal LinkedBlocks(ChainIndex index, StoreIdentity identity)
    {
        _heights = new Dictionary<Bytes32, uint>(index.Records.Count);
        foreach (var record in index.Records.OrderBy(r => r.Height))
        {
            var isLinked = record.Height == 0
                ? record.HeaderHash == identity.GenesisHash
                : _heights.TryGetValue(record.PrevHeaderHash, out var parent) && parent + 1 == record.Height;
            if (isLinked)
                _heights[record.HeaderHash] = record.Height;
        }

        Best = new ChainWalk(index).HeaviestTip(index.Tips);
        if (Best is null || !Contains(Best))
            Best = index.Records.Where(Contains).MaxBy(r => r.TotalWeight);
    }

    /// <summary>The end of the main chain: the heaviest tip if it is linked, else the heaviest block that is; null if not even genesis is
    /// there.</summary>
    internal BlockRecord? Best { get; }

    /// <summary>Whether it is linked.</summary>
    internal bool Contains(BlockRecord record) => Contains(record.HeaderHash);

    /// <summary>Whether the block of that header hash is linked.</summary>
    internal bool Contains(Bytes32 headerHash) => _heights.ContainsKey(headerHash);
}
