using Chia.Storage.Errors;
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
        SQLITE_CANTOPEN => new StoreUnavailableException(location, "the file cannot be opened", error),
        SQLITE_PERM or SQLITE_READONLY or SQLITE_AUTH => new StoreUnavailableException(location, "no permission to write", error),
        SQLITE_IOERR => new StoreUnavailableException(location, $"read or write error {error.SqliteExtendedErrorCode}", error),
        // A table or column is missing: the file was changed by something else.
        SQLITE_ERROR => new StoreDamagedException(location, error.Message, error),
        // What is left means that this program calls SQLite wrongly: a bug, not a state of the store.
        _ => new InvalidOperationException(error.Message, error),
    };
}
