using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Errors;

namespace Chia.Grains.Tests.Support;

/// <summary>A store whose medium can be made to refuse every write, as a full disk does.</summary>
internal sealed class RefusingStore(IBlockStore inner) : IBlockStore
{
    /// <summary>Whether there is no room.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether commits are carried out and the answers to them lost, as by a server that goes away.</summary>
    public bool IsMute { get; set; }

    /// <summary>Commits that were tried.</summary>
    public int Commits { get; private set; }

    public StoreIdentity Identity => inner.Identity;

    public string Location => inner.Location;

    public Task<bool> Contains(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        inner.Contains(headerHash, cancellationToken);

    public Task<byte[]?> GetBlock(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        inner.GetBlock(headerHash, cancellationToken);

    public Task<IReadOnlyList<byte[]?>> GetBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        inner.GetBlocks(headerHashes, cancellationToken);

    public Task<IReadOnlyList<byte[]?>> GetHeaderBlocks(
        IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        inner.GetHeaderBlocks(headerHashes, cancellationToken);

    public Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default) => inner.GetSummary(cancellationToken);

    public Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default) => inner.ReadIndex(cancellationToken);

    public Task<StoredHeads> ReadRecords(Action<BlockRecord> take, CancellationToken cancellationToken = default) =>
        inner.ReadRecords(take, cancellationToken);

    public BlockRecord? ReadRecord(Bytes32 headerHash) => inner.ReadRecord(headerHash);

    public Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default) => inner.CheckMedium(cancellationToken);

    public Task<WriterToken> TakeWriter(CancellationToken cancellationToken = default) => inner.TakeWriter(cancellationToken);

    public Task<WriterToken> GetWriter(CancellationToken cancellationToken = default) => inner.GetWriter(cancellationToken);

    public async Task Commit(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken = default)
    {
        Commits++;
        RequireRoom();
        await inner.Commit(writer, commit, cancellationToken);
        if (IsMute)
            throw new StoreUnavailableException(Location, "no answer");
    }

    public Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken = default) =>
        inner.SetSyncTarget(writer, target, cancellationToken);

    public Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken = default) => inner.GetSyncState(cancellationToken);

    public Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken = default) =>
        inner.PutSyncBlocks(writer, blocks, cancellationToken);

    public Task<IReadOnlyList<byte[]?>> GetSyncBlocks(IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken = default) =>
        inner.GetSyncBlocks(blocks, cancellationToken);

    public Task ClearSync(WriterToken writer, CancellationToken cancellationToken = default) => inner.ClearSync(writer, cancellationToken);

    public Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken = default) =>
        inner.GetCheckpoint(name, cancellationToken);

    public async Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken = default)
    {
        RequireRoom();
        await inner.SetCheckpoint(writer, name, value, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void RequireRoom()
    {
        if (IsFull)
            throw new StoreUnavailableException(Location, "the disk is full");
    }
}
