using Chia.Storage.Errors;
using Chia.Storage.Files;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chia.Storage.Sqlite;

/// <summary>From SQLite's result codes to consequences.</summary>
internal static class SqliteErrors
{
    /// <summary>The exception to throw in place of <paramref name="error"/>.</summary>
    internal static Exception Translate(SqliteException error, string location) => error.SqliteErrorCode switch
    {
        SQLITE_NOTADB => new StoreFormatException(location, "not a SQLite database", error),
        SQLITE_CORRUPT => new StoreDamagedException(location, "SQLite finds the file malformed", error),
        SQLITE_BUSY or SQLITE_LOCKED => new StoreInUseException(location, cause: error),
        SQLITE_FULL => new StoreUnavailableException(location, "the disk is full", error),
        SQLITE_CANTOPEN => new StoreUnavailableException(location, Denied(location, "the file cannot be opened"), error),
        SQLITE_PERM or SQLITE_READONLY or SQLITE_AUTH =>
            new StoreUnavailableException(location, Denied(location, "no permission to write"), error),
        SQLITE_IOERR when error.SqliteExtendedErrorCode == SQLITE_IOERR_SHORT_READ =>
            new StoreDamagedException(location, "the file is cut off", error),
        SQLITE_IOERR when error.SqliteExtendedErrorCode == SQLITE_IOERR_SHMSIZE =>
            new StoreUnavailableException(location, "the disk is full", error),
        SQLITE_IOERR => new StoreUnavailableException(location, $"read or write error {error.SqliteExtendedErrorCode}", error),

        // This program calls SQLite wrongly: a bug, not a state of the store.
        SQLITE_MISUSE or SQLITE_RANGE => new InvalidOperationException(error.Message, error),

        // A table or column is missing, a length makes no sense, a constraint holds no more: the file was changed by something else.
        _ => new StoreDamagedException(location, error.Message, error),
    };

    /// <summary>Whether it is the file that is bad, and not the medium or the program.</summary>
    internal static bool IsDamage(SqliteException error) => Translate(error, "") is StoreDamagedException or StoreFormatException;

    /// <summary>Says whose the file is, where that is what keeps us out.</summary>
    private static string Denied(string location, string otherwise)
    {
        try
        {
            using var file = new FileStream(location, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return otherwise;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return FileFault.OfFile(location, error);
        }
    }
}
