using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;

namespace Chia.Storage.Sqlite;

/// <summary>The one store in a SQLite file. Nodes have no names here.</summary>
/// <param name="path">The file.</param>
internal sealed class SqliteBlockStores(string path) : IStoreMaintenance
{
    private bool _madeFolder;

    /// <inheritdoc/>
    public string Location => path;

    /// <inheritdoc/>
    public Task Prepare(CancellationToken cancellationToken = default) => Task.CompletedTask; // The file is made with the store.

    /// <inheritdoc/>
    public Task<IBlockStore> Open(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default)
    {
        _madeFolder |= !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)));
        return SqliteBlockStore.Open(Options(identity), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IBlockReader> OpenReader(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default) =>
        SqliteBlockStore.OpenReader(Options(identity), cancellationToken);

    /// <inheritdoc/>
    public IBlockReader OpenDamaged(NodeName node, StoreIdentity identity) => SqliteBlockStore.OpenDamaged(Options(identity));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredNode>> GetNodes(CancellationToken cancellationToken = default) =>
        Path.Exists(path)
            ? [new StoredNode(default, await SqliteBlockStore.ReadIdentity(path, cancellationToken).ConfigureAwait(false))]
            : [];

    /// <inheritdoc/>
    public Task<bool> Exists(NodeName node, CancellationToken cancellationToken = default) => Task.FromResult(Path.Exists(path));

    /// <inheritdoc/>
    public Task<RewindResult> Rewind(
        NodeName node, StoreIdentity identity, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        SqliteRewind.Rewind(Options(identity), height, numberOfHeads, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<long> Backup(
        NodeName node, StoreIdentity identity, string file, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        SqliteBackup.Run(Options(identity), file, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreSize> GetSize(NodeName node, CancellationToken cancellationToken = default) =>
        Task.FromResult(new StoreSize(Length(path), Length(path + "-wal")));

    /// <inheritdoc/>
    public Task Remove(NodeName node, CancellationToken cancellationToken = default)
    {
        try
        {
            using (WriterLock.Take(path))
            {
                foreach (var ending in new[] { "-wal", "-shm", "" })
                    File.Delete(path + ending);
            }

            // Nobody waits for the lock of a store that is not there.
            File.Delete(path + ".lock");
            var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (_madeFolder && !folder.EnumerateFileSystemInfos().Any())
                folder.Delete();
            return Task.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(path, error.Message, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static long Length(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    private SqliteStoreOptions Options(StoreIdentity identity) => new() { Path = path, Identity = identity };
}
