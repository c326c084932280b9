using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>
/// Builds a chain from its stored records one by one, so that they need not all be in memory at once (CONSENSUS.md 14; DECISIONS 12: all
/// tips come back). Nothing is validated again, but everything must hang together; the height table follows from the tips.
/// </summary>
/// <param name="constants">The network's constants.</param>
/// <param name="stored">Reads the record of a stored block again; null: all of every record stays in memory.</param>
/// <param name="expected">About how many there will be.</param>
public sealed class ChainLoader(ConsensusConstants constants, Func<Bytes32, BlockRecord>? stored = null, int expected = 0)
{
    private readonly ChainState _state = new(constants, stored, expected);
    private ulong _heaviest;

    /// <summary>Takes a record. Every parent comes before its children.</summary>
    /// <exception cref="InvalidDataException">It does not continue a record taken before: the store is damaged.</exception>
    public void Add(BlockRecord record)
    {
        try
        {
            var position = _state.Index.Add(record);
            _heaviest = Math.Max(_heaviest, record.TotalWeight);
            if (_state.Index[position].Parent is var parent and >= 0)
                RequireSums(record, _state.Index[parent]);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"the stored chain is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>The chain with these tips.</summary>
    /// <exception cref="InvalidDataException">A tip is missing, listed twice, or lighter than a stored block, or there is none: the store
    /// is damaged.</exception>
    public ChainState Finish(IReadOnlyList<Bytes32> tips)
    {
        if (tips.Count == 0 != (_state.BlockCount == 0))
            throw new InvalidDataException($"the stored chain is damaged: {_state.BlockCount} blocks and {tips.Count} tips");
        if (tips.Distinct().Count() != tips.Count)
            throw new InvalidDataException("the stored chain is damaged: a tip is listed twice");
        if (tips.Count == 0)
            return _state;
        _state.Restore([.. tips.Select(Tip)]);

        // A block heavier than every tip would have become one (CONSENSUS.md 13.3).
        return _state.HeaviestTip!.TotalWeight >= _heaviest
            ? _state
            : throw new InvalidDataException(
                $"the stored chain is damaged: a block of weight {_heaviest} is heavier than the heaviest tip");
    }

    private static void RequireSums(BlockRecord record, BlockNumbers parent)
    {
        if (unchecked(parent.TotalWeight + record.Difficulty) != record.TotalWeight || record.TotalIterations <= parent.TotalIterations)
            throw new InvalidDataException(
                $"the stored chain is damaged: weight or iterations of block {record.HeaderHash} do not continue its parent's");
    }

    private BlockRecord Tip(Bytes32 headerHash) =>
        _state.TryGet(headerHash, out var record)
            ? record
            : throw new InvalidDataException($"the stored chain is damaged: tip {headerHash} is missing");
}
