using Chia.Protocol.Primitives;

namespace Chia.Consensus.Chain;

/// <summary>What a store has to write in one transaction before a batch may be applied.</summary>
/// <param name="Blocks">Blocks to insert, or to overwrite where the header hash is stored already (a switched variant), parents
/// first.</param>
/// <param name="RemovedBlocks">Blocks to delete: descendants of a block that switched its variant (DECISIONS 1). Almost always
/// empty.</param>
/// <param name="Tips">All tips afterwards, in order (DECISIONS 12).</param>
/// <param name="LeastCommonAncestor">Of the tips.</param>
/// <param name="HeightTable">Change of the height table.</param>
public sealed record ChainCommit(
    IReadOnlyList<AcceptedBlock> Blocks,
    IReadOnlyList<Bytes32> RemovedBlocks,
    IReadOnlyList<Bytes32> Tips,
    Bytes32 LeastCommonAncestor,
    HeightTableChange HeightTable);
