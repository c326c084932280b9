using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>
/// The chain of one node: tips, height_to_hash, index; key: the node's name. The only writer of the block store.
/// Blocks are applied in order; each batch is committed in one transaction before the answer is given.
/// </summary>
[Alias("chia.IBlockchainGrain")]
public interface IBlockchainGrain : IGrainWithStringKey
{
    /// <summary>Tips, heaviest tip, LCA.</summary>
    [Alias("GetSnapshot"), AlwaysInterleave]
    Task<ChainSnapshot> GetSnapshot();

    /// <summary>Whether a block is stored, and how far away it is.</summary>
    [Alias("GetStanding"), AlwaysInterleave]
    Task<BlockStanding> GetStanding(Bytes32 headerHash, Bytes32 prevHeaderHash);

    /// <summary>Applies blocks in order and stops after the first that is not stored afterwards; the answers given are those up to there.</summary>
    [Alias("Accept")]
    Task<BlockOutcome[]> Accept(BlockSubmission[] blocks);

    /// <summary>Replaces a stored block by its other variant and puts blocks on top, if that makes the chain heavier (DECISIONS 1). False: nothing changed.</summary>
    [Alias("SwitchVariant")]
    Task<bool> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children);

    /// <summary>Applies the contextual rules of an unfinished block (CONSENSUS.md 11). Null rule if it passes; then the iterations it needs are told.</summary>
    [Alias("CheckUnfinished"), AlwaysInterleave]
    Task<UnfinishedStanding> CheckUnfinished(BlockSubmission block);

    /// <summary>The block with this id; null if it is not stored.</summary>
    [Alias("GetBlock"), AlwaysInterleave]
    Task<BlockData?> GetBlock(Bytes32 headerHash);

    /// <summary>A stored block's place; null if it is not stored.</summary>
    [Alias("GetInfo"), AlwaysInterleave]
    Task<TipInfo?> GetInfo(Bytes32 headerHash);

    /// <summary>Header hashes from genesis to a tip, 32 bytes each; null if the tip is unknown (CONSENSUS.md 15.1).</summary>
    [Alias("GetHeaderHashes"), AlwaysInterleave]
    Task<byte[]?> GetHeaderHashes(Bytes32 tip);

    /// <summary>Header blocks by height on the branch that ends at a tip.</summary>
    [Alias("GetHeaderBlocks"), AlwaysInterleave]
    Task<RangeAnswer> GetHeaderBlocks(Bytes32 tip, uint[] heights);

    /// <summary>Blocks by height on the branch that ends at a tip.</summary>
    [Alias("GetBlocks"), AlwaysInterleave]
    Task<RangeAnswer> GetBlocks(Bytes32 tip, uint[] heights);

    /// <summary>Blocks from one backwards, at most <paramref name="count"/>, the block itself first; empty if it is not stored.</summary>
    [Alias("GetBranch"), AlwaysInterleave]
    Task<TipInfo[]> GetBranch(Bytes32 headerHash, int count);

    /// <summary>The earliest timestamp that a child of a block may carry (CONSENSUS.md 11, 2b).</summary>
    [Alias("GetEarliestTimestamp"), AlwaysInterleave]
    Task<ulong> GetEarliestTimestamp(Bytes32 parent);

    /// <summary>The greatest height of a list of header hashes, 32 bytes each and the first at height <paramref name="first"/>, up to which all are stored and linked; −1 if the first is not.</summary>
    [Alias("FindForkPoint"), AlwaysInterleave]
    Task<ForkPoint> FindForkPoint(uint first, byte[] headerHashes);
}
