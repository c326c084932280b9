using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage.Tests.Support;

/// <summary>The chain state of CONSENSUS.md 13, kept in the plainest way; says what the commit for each received block is.</summary>
internal sealed class ChainModel
{
    private readonly Dictionary<Bytes32, BlockRecord> _records = [];

    internal List<BlockRecord> Tips { get; private set; } = [];

    internal List<Bytes32> Heights { get; private set; } = [];

    internal IReadOnlyCollection<BlockRecord> Records => _records.Values;

    /// <summary>Receives valid blocks in order and returns one commit for all of them.</summary>
    internal ChainCommit Receive(params IEnumerable<StoredBlock> blocks)
    {
        var added = blocks.ToList();
        var before = Heights;
        foreach (var block in added)
            Receive(block.Record);
        return new ChainCommit
        {
            BlocksAdded = added,
            Tips = [.. Tips.Select(t => t.HeaderHash)],
            HeightsRemoved = [.. Enumerable.Range(0, before.Count).Skip(Heights.Count).Select(h => (uint)h)],
            HeightsSet =
                [.. Heights.Select((hash, h) => new HeightEntry((uint)h, hash))
                .Where(e => e.Height >= before.Count || before[(int)e.Height] != e.HeaderHash)],
        };
    }

    private void Receive(BlockRecord block)
    {
        _records.Add(block.HeaderHash, block);
        if (Tips.Count != 0 && block.TotalWeight <= Tips.Min(t => t.TotalWeight))
            return;
        Tips.Add(block);
        if (Tips.Count > 3)
            Tips = [.. Tips.OrderByDescending(t => t.TotalWeight).Take(3)];

        var heads = Tips.ToList();
        while (heads.Distinct().Count() > 1)
        {
            var highest = heads.FindIndex(h => h.Height == heads.Max(x => x.Height));
            heads[highest] = _records[heads[highest].PrevHeaderHash];
        }

        var chain = new List<Bytes32>();
        for (var at = heads[0]; ; at = _records[at.PrevHeaderHash])
        {
            chain.Insert(0, at.HeaderHash);
            if (at.Height == 0)
                break;
        }

        Heights = chain;
    }
}
