using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>What a store has to write in one transaction before a batch may be applied.</summary>
/// <param name="Blocks">Blocks to insert, or to overwrite where the header hash is stored already (a switched variant), parents
/// first.</param>
/// <param name="RemovedBlocks">Blocks to delete: descendants of a block that switched its variant (DECISIONS 1). Almost always
/// empty.</param>
/// <param name="Tips">All tips afterwards, in order (DECISIONS 12).</param>
/// <param name="HeightTable">Change of the height table.</param>
public sealed record ChainChange(
    IReadOnlyList<AcceptedBlock> Blocks,
    IReadOnlyList<Bytes32> RemovedBlocks,
    IReadOnlyList<Bytes32> Tips,
    HeightTableChange HeightTable);

/// <summary>A block to be stored, with what the rules ask of it later.</summary>
/// <param name="Block">The block.</param>
/// <param name="Record">Its record.</param>
public sealed record AcceptedBlock(FullBlock Block, BlockRecord Record);

/// <summary>How the height table changes: entries at <paramref name="Length"/> and above go, then those of <paramref name="Set"/> are
/// written.</summary>
/// <param name="Length">Entries afterwards: height of the least common ancestor + 1.</param>
/// <param name="Set">New or changed entries, ascending.</param>
public sealed record HeightTableChange(uint Length, IReadOnlyList<HeightEntry> Set);
