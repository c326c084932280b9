using Chia.Storage.Errors;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chia.Storage.Sqlite;

/// <summary>
/// <c>db backup</c>: a copy of a store, of a running node's too. It is what the store was at one moment, a whole commit, and a store
/// itself.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>Pages of 4 KiB copied in one step: 4 MiB, between which the caller may cancel.</summary>
    private const int PagesAStep = 1024;

    /// <summary>Copies the store to a file that is made.</summary>
    /// <returns>Bytes of the copy.</returns>
    /// <exception cref="StoreUnavailableException">The copy cannot be written, or is there already.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static Task<long> Run(
        SqliteStoreOptions options, string file, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => Copy(options, file, progress, cancellationToken), cancellationToken);

    private static long Copy(
        SqliteStoreOptions options, string file, IProgress<StoreProgress>? progress, CancellationToken cancellationToken)
    {
        if (Path.Exists(file))
            throw new StoreUnavailableException(file, "it is there already");
        try
        {
            using (var source = SqliteBlockStore.OpenReading(options.Path, anyway: false))
            {
                SqliteSchema.Check(source, options.Path, options.Identity);
                using var target = new SqliteSession(file, SqliteOpenMode.ReadWriteCreate);

                // One snapshot: without it the copy would begin again with every commit of a running node.
                source.InTransaction("BEGIN", s =>
                {
                    s.Number("SELECT epoch FROM identity");
                    Copy(s, target, progress, cancellationToken);
                    return 0;
                });
                target.Execute("DELETE FROM checkpoint WHERE name = $1", SqliteSchema.OpenMark);
            }

            using (var copy = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
                copy.Flush(flushToDisk: true);
            Posix.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return new FileInfo(file).Length;
        }
        catch (Exception error)
        {
            Remove(file);
            throw error switch
            {
                SqliteException sqlite =>
                    SqliteErrors.Translate(sqlite, sqlite.SqliteErrorCode is SQLITE_FULL or SQLITE_CANTOPEN ? file : options.Path),
                IOException or UnauthorizedAccessException => new StoreUnavailableException(file, error.Message, error),
                _ => error,
            };
        }
    }

    private static void Copy(
        SqliteSession source, SqliteSession target, IProgress<StoreProgress>? progress, CancellationToken cancellationToken)
    {
        using var backup = sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        int result;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = sqlite3_backup_step(backup, PagesAStep);
            var total = sqlite3_backup_pagecount(backup);
            progress?.Report(new StoreProgress(total - sqlite3_backup_remaining(backup), total));
        }
        while (result == SQLITE_OK);
        if (result != SQLITE_DONE)
            throw new SqliteException("the copy failed", result);
    }

    private static void Remove(string file)
    {
        foreach (var ending in new[] { "", "-wal", "-shm", "-journal" })
        {
            if (File.Exists(file + ending))
                File.Delete(file + ending);
        }
    }
}
