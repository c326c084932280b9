using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>Everything about the chain except the blocks themselves, as of one moment: what a node loads when it starts.</summary>
/// <param name="Records">One for each stored block, side branches included, in the order in which they were committed: parents
/// first.</param>
/// <param name="Tips">The tips, in order.</param>
/// <param name="Heights">The height table, ascending; in a coherent store entry h is height h.</param>
/// <param name="Faults">Stored records that cannot be read; empty unless the store is damaged.</param>
public sealed record ChainIndex(
    IReadOnlyList<BlockRecord> Records,
    IReadOnlyList<Bytes32> Tips,
    IReadOnlyList<HeightEntry> Heights,
    IReadOnlyList<StoreFault> Faults);
