using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>
/// Where a sync keeps what it has fetched, so that a restart goes on from there (SYNC.md 1.1, 7.9). None of it is part of the chain.
/// What writes carries the writer's token, as a commit does: a sync that was superseded must not touch its successor's work (CLUSTER 3).
/// A power loss may undo the latest of them, a crash of the program does not.
/// </summary>
/// <remarks>Every call that writes may throw <see cref="Errors.StaleWriterException"/>; then nothing was stored.</remarks>
public interface ISyncStore
{
    /// <summary>Names the target of the sync that begins; blocks fetched for an earlier target stay, since chains share their
    /// beginnings.</summary>
    Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken = default);

    /// <summary>Target and blocks of a sync that was under way.</summary>
    Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken = default);

    /// <summary>Keeps blocks; the same hash again replaces the bytes.</summary>
    Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken = default);

    /// <summary>The bytes in the order asked for, null for what is not here.</summary>
    Task<IReadOnlyList<byte[]?>> GetSyncBlocks(IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken = default);

    /// <summary>Ends the sync: forgets the target and all its blocks. Checkpoints stay.</summary>
    Task ClearSync(WriterToken writer, CancellationToken cancellationToken = default);

    /// <summary>A checkpoint's bytes; null if there is none of that name.</summary>
    Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken = default);

    /// <summary>Sets a checkpoint; null deletes it. To change one together with the chain use
    /// <see cref="ChainCommit.Checkpoints"/>.</summary>
    Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken = default);
}

/// <summary>What is left of an interrupted sync.</summary>
/// <param name="Target">Its target; null if no sync was under way.</param>
/// <param name="Blocks">Which blocks are already here, ascending by height.</param>
public sealed record InterruptedSync(SyncTarget? Target, IReadOnlyList<HeightEntry> Blocks);

/// <summary>Where a sync leads, whoever announced it.</summary>
/// <param name="HeaderHash">The tip to reach.</param>
/// <param name="Height">Its height.</param>
/// <param name="Weight">Its total weight.</param>
public sealed record SyncTarget(Bytes32 HeaderHash, uint Height, ulong Weight);

/// <summary>A block fetched by a sync whose header hash was checked, and that is not yet part of the chain.</summary>
/// <param name="Height">Its height on the way to the target.</param>
/// <param name="HeaderHash">Its header hash.</param>
/// <param name="Bytes">ser(FullBlock).</param>
public sealed record SyncBlock(uint Height, Bytes32 HeaderHash, byte[] Bytes);
