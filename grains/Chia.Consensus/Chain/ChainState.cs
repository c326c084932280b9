using System.Diagnostics.CodeAnalysis;
using Chia.Consensus.Rules;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// The chain as it is committed: every accepted block's record, the ordered tips, their least common ancestor and the height table
/// (CONSENSUS.md 13). It changes only by <see cref="Apply"/>. Not for several threads at once.
/// </summary>
public sealed class ChainState : IAncestry
{
    private readonly BlockIndex _index;

    /// <summary>Positions in the index by height: the chain to the least common ancestor.</summary>
    private readonly IntColumn _table = new();

    /// <summary>An empty chain: the first block to be received is the genesis block.</summary>
    public ChainState(ConsensusConstants constants)
        : this(constants, null, 0)
    {
    }

    /// <param name="constants">The network's constants.</param>
    /// <param name="stored">Reads the record of a stored block; null: all of every record stays in memory.</param>
    /// <param name="expected">About how many blocks it will have at first.</param>
    internal ChainState(ConsensusConstants constants, Func<Bytes32, BlockRecord>? stored, int expected)
    {
        Constants = constants;
        Rules = new ContextualRules(constants);
        _index = new BlockIndex(stored);
        _index.Reserve(expected);
    }

    /// <summary>The network's constants.</summary>
    internal ConsensusConstants Constants { get; }

    /// <summary>The tips, in order (CONSENSUS.md 13.3); empty while there is no block.</summary>
    public IReadOnlyList<BlockRecord> Tips { get; private set; } = [];

    /// <summary>Least common ancestor of the tips; null while there is no block.</summary>
    public BlockRecord? LeastCommonAncestor { get; private set; }

    /// <summary>The heaviest tip, the first of equals; null while there is no block.</summary>
    public BlockRecord? HeaviestTip => Tips.MaxBy(tip => tip.TotalWeight);

    /// <summary>Accepted blocks, side branches included.</summary>
    public int BlockCount => _index.Count;

    /// <summary>Entries of the height table: height of the least common ancestor + 1, or 0.</summary>
    public uint TableLength => (uint)_table.Count;

    internal BlockIndex Index => _index;

    internal ContextualRules Rules { get; }

    internal int Version { get; private set; }

    /// <inheritdoc/>
    public bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record)
    {
        var position = _index.Find(headerHash);
        record = position < 0 ? null : _index.RecordAt(position);
        return position >= 0;
    }

    /// <inheritdoc/>
    public BlockRecord? AncestorAt(BlockRecord block, uint height) =>
        height <= block.Height && _index.Find(block.HeaderHash) is var position and >= 0
            ? _index.RecordAt(AncestorPosition(position, height))
            : null;

    /// <summary>True if a block was accepted.</summary>
    public bool Contains(Bytes32 headerHash) => _index.Find(headerHash) >= 0;

    /// <summary>Header hash of the chain to the least common ancestor, at a height below <see cref="TableLength"/>.</summary>
    public Bytes32 TableAt(uint height) => _index.HashAt(_table[(int)height]);

    /// <summary>What is in force for the children of a known block.</summary>
    public Verdict<NextBlock> Next(BlockRecord parent) => NextBlock.After(Constants, this, parent);

    /// <summary>The earliest timestamp that a child of a known block may carry (CONSENSUS.md 11, 2b); 0 if the block is not
    /// known.</summary>
    public ulong EarliestTimestamp(Bytes32 parent) =>
        TryGet(parent, out var record) && TimestampRules.FindMean(Constants, this, record, out var mean, out _) is null ? mean : 0;

    /// <summary>Validates an unfinished block whose parent is known (CONSENSUS.md 11); the parent need not be a tip.</summary>
    public Verdict<UnfinishedAcceptance> ValidateUnfinished(CheckedUnfinishedBlock block, DateTimeOffset now) =>
        TryGet(block.PrevHeaderHash, out var parent)
            ? Rules.ValidateUnfinished(this, parent, block, now)
            : new(new Rejection(ConsensusRule.PreviousBlock, $"{block.PrevHeaderHash} is not known"));

    /// <summary>Starts a batch on the present state.</summary>
    public ChainBatch Begin() => new(this);

    /// <summary>Takes over a batch whose commit was written.</summary>
    /// <exception cref="InvalidOperationException">Another batch was applied since it began.</exception>
    public void Apply(ChainBatch batch)
    {
        if (batch.Version != Version)
            throw new InvalidOperationException("the batch continues an older state");
        if (!batch.HasChanges)
            return;

        var commit = batch.ToCommit();
        foreach (var hash in commit.RemovedBlocks)
            _index.Remove(_index.Find(hash));
        foreach (var block in commit.Blocks)
            Put(block.Record);
        SetTips(batch.Tips);
        Version++;
    }

    /// <summary>The heaviest of the blocks that pass a filter, earlier ones first among equals. Looks at every block.</summary>
    internal IReadOnlyList<BlockRecord> Heaviest(int count, Func<Bytes32, bool> filter)
    {
        var positions = Enumerable.Range(0, _index.Positions)
            .Where(position => _index[position].Parent != BlockNumbers.Removed && filter(_index.HashAt(position)))
            .OrderByDescending(position => _index[position].TotalWeight);
        return [.. positions.Take(count).Select(_index.RecordAt)];
    }

    /// <summary>All stored descendants of a block, parents first.</summary>
    internal IEnumerable<BlockRecord> DescendantsOf(Bytes32 headerHash) =>
        _index.Find(headerHash) is var position and >= 0 ? _index.DescendantsOf(position).Select(_index.RecordAt) : [];

    /// <summary>Position of an ancestor, itself included, at a height that is not above it: by the height table as soon as the walk meets
    /// it.</summary>
    internal int AncestorPosition(int position, uint height)
    {
        while (_index[position].Height > height)
        {
            var current = _index[position].Height;
            if (current < _table.Count && _table[(int)current] == position)
                return _table[(int)height];
            position = _index[position].Parent;
        }

        return position;
    }

    private void Put(BlockRecord record)
    {
        var position = _index.Find(record.HeaderHash);
        if (position >= 0)
            _index.SetChallengeHash(position, record.ChallengeHash);
        else
            _index.Add(record);
    }

    /// <summary>The tips as they were stored.</summary>
    internal void Restore(IReadOnlyList<BlockRecord> tips) => SetTips(tips);

    /// <summary>Copies the header hashes from a height, not above the position's, to a position.</summary>
    internal Bytes32[] HashesTo(int position, uint first)
    {
        var hashes = new Bytes32[_index[position].Height + 1 - first];
        while (position >= 0 && _index[position].Height >= first)
        {
            var height = (int)_index[position].Height;
            if (height < _table.Count && _table[height] == position)
            {
                // From here down it is the chain of the table: no parent need be looked up.
                for (var h = (int)first; h <= height; h++)
                    hashes[h - first] = _index.HashAt(_table[h]);
                break;
            }

            hashes[height - first] = _index.HashAt(position);
            position = _index[position].Parent;
        }

        return hashes;
    }

    private void SetTips(IReadOnlyList<BlockRecord> tips)
    {
        Tips = tips;
        LeastCommonAncestor = TipRules.CommonAncestor(this, tips);
        FillTable(_index.Find(LeastCommonAncestor.HeaderHash));
    }

    /// <summary>Makes the table end in a block: walks back to where it agrees already.</summary>
    private void FillTable(int end)
    {
        var length = (int)_index[end].Height + 1;
        var known = Math.Min(_table.Count, length);
        _table.SetCount(length);
        for (var position = end; position >= 0; position = _index[position].Parent)
        {
            var height = (int)_index[position].Height;
            if (height < known && _table[height] == position)
                break;
            _table[height] = position;
        }
    }
}
