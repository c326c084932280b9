using Chia.Protocol.Blocks;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;

namespace Chia.Storage.Sqlite;

/// <summary>A new SQLite store with the blocks of another store, of whatever provider. A copy that fails leaves none.</summary>
internal static class SqliteCopy
{
    /// <summary>Fills a file that is made with some blocks of a store (<see cref="StoreCopy"/>).</summary>
    internal static Task Run(
        IBlockReader source,
        IReadOnlyList<BlockRecord> records,
        ChainCommit tips,
        SqliteStoreOptions options,
        Func<BlockRecord, StoreException> damaged,
        IProgress<StoreProgress>? progress,
        CancellationToken cancellationToken) =>
        Fill(
            options, store => StoreCopy.Run(source, records, tips, store, damaged, progress, cancellationToken), cancellationToken);

    /// <summary>Copies a store, which is opened for it and closed, to a new file.</summary>
    /// <returns>Bytes of the copy.</returns>
    internal static async Task<long> Backup(
        Task<IBlockReader> opening, string file, IProgress<StoreProgress>? progress, CancellationToken cancellationToken)
    {
        await using var source = await opening.ConfigureAwait(false);
        if (Path.Exists(file))
            throw new StoreUnavailableException(file, "it is there already");
        await Fill(
            new SqliteStoreOptions { Path = file, Identity = source.Identity },
            store => StoreCopy.Run(source, store, progress, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        // A copy that is handed out has nothing beside it.
        File.Delete(file + ".lock");
        return new FileInfo(file).Length;
    }

    /// <summary>Deletes a store's file and what is beside it.</summary>
    internal static void Remove(string path)
    {
        foreach (var ending in new[] { "", "-wal", "-shm", ".lock" })
            File.Delete(path + ending);
    }

    private static async Task Fill(SqliteStoreOptions options, Func<IBlockStore, Task> copy, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await SqliteBlockStore.Open(options, cancellationToken).ConfigureAwait(false);
            await copy(store).ConfigureAwait(false);
        }
        catch
        {
            Remove(options.Path);
            throw;
        }
    }
}
