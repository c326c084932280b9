using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>
/// Questions to a block store. All calls may run at the same time as each other and as commits; each sees the state after some whole
/// commit. Bytes are ser(FullBlock) or ser(HeaderBlock), checked against a checksum before they are returned.
/// </summary>
/// <remarks>Every call may throw <see cref="Errors.StoreDamagedException"/> or <see cref="Errors.StoreUnavailableException"/>.</remarks>
public interface IBlockReader : IAsyncDisposable
{
    /// <summary>Whose chain this is.</summary>
    StoreIdentity Identity { get; }

    /// <summary>The store's name for messages: a path or an address without secrets.</summary>
    string Location { get; }

    /// <summary>Whether the block is stored, be it on the main chain or on a side branch.</summary>
    Task<bool> Contains(Bytes32 headerHash, CancellationToken cancellationToken = default);

    /// <summary>The block's bytes; null if it is not stored.</summary>
    Task<byte[]?> GetBlock(Bytes32 headerHash, CancellationToken cancellationToken = default);

    /// <summary>The blocks' bytes in the order of the hashes, null for those that are not stored.</summary>
    Task<IReadOnlyList<byte[]?>> GetBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default);

    /// <summary>The header blocks' bytes in the order of the hashes, null for those that are not stored.</summary>
    Task<IReadOnlyList<byte[]?>> GetHeaderBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default);

    /// <summary>The few figures that a status line needs.</summary>
    Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default);

    /// <summary>
    /// The whole index as stored, without judging it; what cannot be read is among its faults. A node wants
    /// <see cref="Maintenance.IndexLoading.LoadIndex"/>; maintenance wants this.
    /// </summary>
    Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives out every record in the order of the commits, parents first, without keeping them, and then what a start needs beside them:
    /// one moment's. What cannot be read ends it.
    /// </summary>
    /// <param name="take">Gets each record. Called on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Errors.StoreDamagedException">A record or a tip cannot be read.</exception>
    Task<StoredHeads> ReadRecords(Action<BlockRecord> take, CancellationToken cancellationToken = default);

    /// <summary>
    /// The record of a block; null if it is not stored. Reads on the caller's thread, in one round trip: the rules are synchronous, and
    /// ask for a record that is not in memory once in a long while.
    /// </summary>
    BlockRecord? ReadRecord(Bytes32 headerHash);

    /// <summary>Asks the medium to check itself, and looks at what is stored beside the chain. May take as long as reading the whole
    /// store.</summary>
    Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default);
}

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

/// <summary>Where the stored chain ends.</summary>
/// <param name="Tips">The tips, in order.</param>
/// <param name="Heights">Entries of the height table.</param>
/// <param name="Highest">Its last entry; null if it is empty.</param>
public sealed record StoredHeads(IReadOnlyList<Bytes32> Tips, long Heights, HeightEntry? Highest);

/// <summary>What a medium says of itself.</summary>
/// <param name="Complaints">One line each; none means sound.</param>
/// <param name="NotCovered">What could not be looked at, one line each.</param>
public sealed record MediumReport(IReadOnlyList<string> Complaints, IReadOnlyList<string> NotCovered)
{
    /// <summary>Among the complaints is one that a rewind would meet as well: it refuses until somebody has mended that.</summary>
    public bool KeepsFromRewind { get; init; }
}
