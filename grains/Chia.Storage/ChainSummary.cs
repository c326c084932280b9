using Chia.Protocol.Blocks;

namespace Chia.Storage;

/// <summary>What <c>chia show</c> tells of a store whose node may be running or not.</summary>
/// <param name="Blocks">Blocks stored, side branches included.</param>
/// <param name="Tips">Records of the tips, in order; empty in a new store.</param>
/// <param name="IndexedHeight">Greatest height of the height table, i.e. of the LCA; null in a new store.</param>
/// <param name="SyncTarget">The target of an unfinished sync, if any.</param>
/// <param name="SyncBlocks">Blocks fetched for it and not yet committed.</param>
public sealed record ChainSummary(
    long Blocks,
    IReadOnlyList<BlockRecord> Tips,
    uint? IndexedHeight,
    SyncTarget? SyncTarget,
    long SyncBlocks);
