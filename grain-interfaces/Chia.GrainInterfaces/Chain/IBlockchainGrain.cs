using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>
/// The chain of one node: tips, height_to_hash, index; key: the node's name. The only writer of the block store.
/// Blocks are applied in order; each batch is committed in one transaction before the answer is given.
/// Questions are answered at any time, also while a batch waits for its commit: what is committed is taken over between two waits, so that
/// a question sees the chain before the whole batch or after it. Batches wait for each other.
/// </summary>
[Alias("chia.IBlockchainGrain"), Version(1)]
public interface IBlockchainGrain : IGrainWithStringKey
{
    /// <summary>
    /// Loads the chain, unless it is loaded. Whoever starts a node waits for it here, as long as a large index takes; questions that come
    /// before it is loaded time out and are asked again.
    /// </summary>
    [Alias("Load"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Load)]
    Task Load();

    /// <summary>Tips, heaviest tip, LCA.</summary>
    [Alias("GetSnapshot"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<ChainSnapshot> GetSnapshot();

    /// <summary>Whether a block is stored, and how far away it is.</summary>
    [Alias("GetStanding"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BlockStanding> GetStanding(Bytes32 headerHash, Bytes32 prevHeaderHash);

    /// <summary>Applies blocks in order and stops after the first that is not stored afterwards; the outcomes given are those up to
    /// there.</summary>
    [Alias("Accept"), ResponseTimeout(AnswerTime.Disk)]
    Task<AcceptAnswer> Accept(BlockSubmission[] blocks);

    /// <summary>Replaces a stored block by its other variant and puts blocks on top, if that makes the chain heavier (DECISIONS 1). The
    /// chain afterwards; null: nothing changed.</summary>
    [Alias("SwitchVariant"), ResponseTimeout(AnswerTime.Disk)]
    Task<ChainSnapshot?> SwitchVariant(BlockSubmission otherVariant, BlockSubmission[] children);

    /// <summary>Applies the contextual rules of an unfinished block (CONSENSUS.md 11). Null rule if it passes; then the iterations it
    /// needs are told.</summary>
    [Alias("CheckUnfinished"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<UnfinishedStanding> CheckUnfinished(BlockSubmission block);

    /// <summary>The block with this id; null if it is not stored.</summary>
    [Alias("GetBlock"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Disk)]
    Task<BlockData?> GetBlock(Bytes32 headerHash);

    /// <summary>A stored block's place; null if it is not stored.</summary>
    [Alias("GetInfo"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<TipInfo?> GetInfo(Bytes32 headerHash);

    /// <summary>Header hashes of the branch that ends at a tip, 32 bytes each; null if the tip is unknown, none if it is lower
    /// (CONSENSUS.md 15.1).</summary>
    /// <param name="tip">The tip.</param>
    /// <param name="first">Height of the first.</param>
    /// <param name="most">At most so many: a part of a long list takes a short turn.</param>
    [Alias("GetHeaderHashes"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    [return: Immutable]
    Task<byte[]?> GetHeaderHashes(Bytes32 tip, uint first, int most);

    /// <summary>Header blocks by height on the branch that ends at a tip.</summary>
    [Alias("GetHeaderBlocks"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Disk)]
    Task<RangeAnswer> GetHeaderBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation = default);

    /// <summary>Blocks by height on the branch that ends at a tip.</summary>
    [Alias("GetBlocks"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Disk)]
    Task<RangeAnswer> GetBlocks(Bytes32 tip, uint[] heights, CancellationToken cancellation = default);

    /// <summary>Blocks from one backwards, at most <paramref name="count"/>, the block itself first; empty if it is not stored.</summary>
    [Alias("GetBranch"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<TipInfo[]> GetBranch(Bytes32 headerHash, int count);

    /// <summary>Where a block made of a proof of space with this quality would stand: any stored block may be its parent (DECISIONS 16);
    /// null if none poses the challenge.</summary>
    [Alias("GetParentFor"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<CandidateStanding?> GetParentFor(Bytes32 challenge, Bytes32 quality);

    /// <summary>The stored blocks at or above a height, side branches included, heaviest first; at most <paramref name="most"/>.</summary>
    [Alias("GetFromHeight"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<TipInfo[]> GetFromHeight(uint height, int most);

    /// <summary>The greatest height of a list of header hashes, 32 bytes each and the first at height <paramref name="first"/>, up to
    /// which all are stored and linked; −1 if the first is not.</summary>
    [Alias("FindForkPoint"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<ForkPoint> FindForkPoint(uint first, [Immutable] byte[] headerHashes);

    /// <summary>A stored block with its neighbours; null if it is not stored.</summary>
    [Alias("GetPlace"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BlockPlace?> GetPlace(Bytes32 headerHash);

    /// <summary>The block of the heaviest tip's chain at a height; null above the tip.</summary>
    [Alias("GetAtHeight"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<TipInfo?> GetAtHeight(uint height);

    /// <summary>Stored blocks of a range of heights, highest first, at one height that of the chain first; at most
    /// <paramref name="most"/>.</summary>
    /// <param name="from">Lowest height.</param>
    /// <param name="to">Highest height; may be above all blocks.</param>
    /// <param name="chainOnly">Leave out what is beside the chain.</param>
    /// <param name="most">Most rows.</param>
    [Alias("GetRows"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<BlockRow[]> GetRows(uint from, uint to, bool chainOnly, int most);

    /// <summary>Curves over the chain between two heights, lowest first, thinned to at most <paramref name="most"/> points.</summary>
    [Alias("GetSeries"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<ChainPoint[]> GetSeries(uint from, uint to, int most);

    /// <summary>Figures of the newest heights, down from the heaviest tip.</summary>
    [Alias("GetFigures"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<ChainFigures> GetFigures(uint window);
}
