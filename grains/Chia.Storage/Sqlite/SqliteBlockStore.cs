using Chia.Storage.Errors;
using Chia.Storage.Files;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chia.Storage.Sqlite;

/// <summary>
/// The block store in one SQLite file, in WAL mode: one connection writes, others read at the same time, each seeing whole commits only.
/// A commit is flushed to the disk before it is acknowledged; after a kill SQLite completes or drops the last one by itself.
/// </summary>
public sealed partial class SqliteBlockStore : IBlockStore
{
    /// <summary>Pages of 4 KiB in the writer's cache, as SQLite counts KiB: -32 MiB. The index over header hashes is written at random
    /// places; at 500,000 blocks it has 22 MB.</summary>
    private const int WriterCache = -32 * 1024;

    /// <summary>What a WAL file is cut back to after a checkpoint, so that one long import does not leave its high-water mark on the disk:
    /// 64 MiB.</summary>
    private const int WalLimit = 64 * 1024 * 1024;

    private readonly SessionPool? _writer;
    private readonly SessionPool _readers;
    private readonly FileLock? _lock;

    private SqliteBlockStore(SqliteStoreOptions options, SessionPool? writer, SessionPool readers, FileLock? writerLock)
    {
        Location = options.Path;
        Identity = options.Identity;
        _writer = writer;
        _readers = readers;
        _lock = writerLock;
    }

    /// <inheritdoc/>
    public StoreIdentity Identity { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Opens the store for reading and writing; creates it if there is none.</summary>
    /// <exception cref="StoreInUseException">Another writer has it.</exception>
    /// <exception cref="StoreNetworkException">It holds another network's chain.</exception>
    /// <exception cref="StoreFormatException">The file is something else.</exception>
    /// <exception cref="StoreDamagedException">It is damaged at the places that opening reads.</exception>
    /// <exception cref="StoreVersionException">A newer program wrote it.</exception>
    /// <exception cref="StoreUnavailableException">The medium refuses.</exception>
    public static async Task<IBlockStore> Open(SqliteStoreOptions options, CancellationToken cancellationToken = default)
    {
        var inMemory = options.Path == SqliteStoreOptions.InMemory;
        var writerLock = inMemory ? null : TakeLock(options.Path);
        var writer = new SessionPool(options.Path, 1, () => OpenWriter(options.Path));

        // A memory database belongs to its connection, so the readers share the writer's.
        var readers = inMemory ? writer : Readers(options);
        var store = new SqliteBlockStore(options, writer, readers, writerLock);
        return await store.Prepared(writer, Begin, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an existing store for reading, whether or not a node is writing to it.</summary>
    /// <exception cref="StoreUnavailableException">There is none, or the medium refuses.</exception>
    /// <exception cref="StoreNetworkException">It holds another network's chain.</exception>
    /// <exception cref="StoreFormatException">The file is something else.</exception>
    /// <exception cref="StoreDamagedException">It is damaged at the places that opening reads.</exception>
    /// <exception cref="StoreVersionException">A newer program wrote it.</exception>
    internal static async Task<IBlockReader> OpenReader(SqliteStoreOptions options, CancellationToken cancellationToken = default)
    {
        RequireFile(options.Path);
        var readers = Readers(options);
        var store = new SqliteBlockStore(options, null, readers, null);
        return await store.Prepared(readers, SqliteSchema.Check, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens what is there for maintenance, be it damaged as it may: nothing is looked at yet, and what is wrong is said by
    /// <see cref="CheckMedium"/> and among the faults of <see cref="ReadIndex(CancellationToken)"/>.
    /// </summary>
    internal static IBlockReader OpenDamaged(SqliteStoreOptions options) =>
        new SqliteBlockStore(
            options, null, new SessionPool(options.Path, options.MaxReaders, () => OpenReading(options.Path, anyway: true)), null);

    /// <summary>Which network a file says that it belongs to.</summary>
    /// <exception cref="StoreDamagedException">It does not say it any more.</exception>
    /// <exception cref="StoreException">As <see cref="OpenReader"/>.</exception>
    internal static async Task<StoreIdentity> ReadIdentity(string path, CancellationToken cancellationToken)
    {
        RequireFile(path);
        await using var readers = new SessionPool(path, 1, () => OpenReading(path, anyway: false));
        return await readers.Run(session => SqliteSchema.ReadIdentity(session, path), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the calls under way, closes the file and lets go of the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to close folds the WAL into the database, and that must be one that can write.
        if (_readers != _writer)
            await _readers.DisposeAsync().ConfigureAwait(false);
        if (_writer is not null)
        {
            await End(_writer).ConfigureAwait(false);
            await _writer.DisposeAsync().ConfigureAwait(false);
        }

        _lock?.Dispose();
    }

    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new StoreUnavailableException(path, "it is a folder, not a file");
        if (!File.Exists(path))
            throw new StoreUnavailableException(path, "there is no such file; a node that starts, or `chia db import`, creates it");
        RequireNoPipe(path);
    }

    /// <summary>SQLite would wait for a pipe's other end for ever, and calls a folder beside it a lack of permission.</summary>
    private static void RequireNoPipe(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            try
            {
                RegularFile.Require(file);
            }
            catch (FileNotFoundException)
            {
                // It is to be made.
            }
            catch (IOException error)
            {
                throw new StoreUnavailableException(path, error.Message, error);
            }
        }
    }

    private static SessionPool Readers(SqliteStoreOptions options) =>
        new(options.Path, options.MaxReaders, () => OpenReading(options.Path, anyway: false));

    private static FileLock TakeLock(string path)
    {
        RequireNoPipe(path);
        try
        {
            WritableFolder.Require(Path.GetDirectoryName(Path.GetFullPath(path))!); // not of a link's end: that drive may be away
        }
        catch (IOException error)
        {
            throw new StoreUnavailableException(path, error.Message, error);
        }

        return WriterLock.Take(path);
    }

    private static SqliteSession OpenWriter(string path)
    {
        var session = new SqliteSession(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA fullfsync = ON"); // macOS: a plain fsync stops at the drive's cache.
            session.Execute($"PRAGMA cache_size = {WriterCache}");
            session.Execute($"PRAGMA journal_size_limit = {WalLimit}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A session that reads; where the folder cannot be written and the log needs that, one that goes without.</summary>
    /// <param name="path">The file.</param>
    /// <param name="anyway">Read what there is of a file that is shorter than it should be.</param>
    internal static SqliteSession OpenReading(string path, bool anyway)
    {
        var session = new SqliteSession(path, SqliteOpenMode.ReadOnly);
        try
        {
            if (anyway)
                session.Execute("PRAGMA writable_schema = ON"); // Nothing is written; SQLite then reads a file that is cut off.
            session.Scalar("SELECT count(*) FROM sqlite_master");
            return session;
        }
        catch (SqliteException error) when (
            error.SqliteErrorCode is SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_IOERR && File.Exists(path))
        {
            session.Dispose();
            session = new SqliteSession(path, SqliteOpenMode.ReadOnly, ignoresLog: true);
            if (anyway)
                session.Execute("PRAGMA writable_schema = ON");
            return session;
        }
        catch (SqliteException error) when (anyway && SqliteErrors.IsDamage(error))
        {
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Begin(SqliteSession session, string location, StoreIdentity identity)
    {
        SqliteSchema.CreateOrCheck(session, location, identity);
        session.Execute("INSERT OR REPLACE INTO checkpoint VALUES ($1, x'00')", SqliteSchema.OpenMark);
        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

        // From here on the log is never empty: one that is has been lost. A value that does not change would not be written.
        session.Execute("UPDATE checkpoint SET value = x'01' WHERE name = $1", SqliteSchema.OpenMark);
    }

    private static async Task End(SessionPool writer)
    {
        try
        {
            await writer.Run(
                session => session.Execute("DELETE FROM checkpoint WHERE name = $1", SqliteSchema.OpenMark), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // A medium that refuses keeps the mark: the store was not closed in order. What was acknowledged is in the file or its log.
        }
    }

    private async Task<SqliteBlockStore> Prepared(
        SessionPool pool, Action<SqliteSession, string, StoreIdentity> prepare, CancellationToken cancellationToken)
    {
        try
        {
            await pool.Run(
                session =>
                {
                    prepare(session, Location, Identity);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
            return this;
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads in one snapshot.</summary>
    private Task<T> Read<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        _readers.Run(session => session.InTransaction("BEGIN", work), cancellationToken);

    /// <summary>Writes, and returns once the disk has it.</summary>
    private Task<T> Write<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        _writer!.Run(session => session.InTransaction("BEGIN IMMEDIATE", work), cancellationToken);

    /// <summary>
    /// Writes without waiting for the disk: survives a crash of the program, and a power loss once any later <see cref="Write"/> has
    /// returned.
    /// </summary>
    private async Task WriteSoon(WriterToken writer, Action<SqliteSession> work, CancellationToken cancellationToken) =>
        await _writer!.Run(
            session =>
            {
                session.Execute("PRAGMA synchronous = NORMAL");
                try
                {
                    return session.InTransaction("BEGIN IMMEDIATE", s =>
                    {
                        Require(s, writer);
                        work(s);
                        return 0;
                    });
                }
                finally
                {
                    session.Execute("PRAGMA synchronous = FULL");
                }
            },
            cancellationToken).ConfigureAwait(false);
}

/// <summary>Which file, of which network.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>In place of a path: a store that lives as long as the object, for tests and simulations.</summary>
    public const string InMemory = ":memory:";

    /// <summary>The database file; its folder is created when a writer opens it. Beside it SQLite keeps <c>-wal</c> and <c>-shm</c>, and
    /// the writer <c>.lock</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Whose chain it must hold.</summary>
    public required StoreIdentity Identity { get; init; }

    /// <summary>Reads that run at the same time; each has a connection. Reading is bound by memory and disk, so few suffice.</summary>
    public int MaxReaders { get; init; } = 4;
}
