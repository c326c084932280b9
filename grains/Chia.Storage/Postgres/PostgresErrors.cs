using System.Globalization;
using System.Net.Sockets;
using Chia.Storage.Errors;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <summary>From PostgreSQL's error codes to consequences.</summary>
internal static class PostgresErrors
{
    /// <summary>Raised by <c>chia_require</c>; its message is the epoch in force.</summary>
    internal const string StaleWriter = "CH001";

    /// <summary>Raised by <c>chia_refuse</c>.</summary>
    internal const string Refused = "CH002";

    /// <summary>Name of a database for messages: without user and password.</summary>
    internal static string Location(NpgsqlDataSource source)
    {
        var parts = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"postgresql://{parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <summary>Runs work whose errors come out as store errors.</summary>
    internal static async Task<T> Translated<T>(string location, Func<Task<T>> work, WriterToken writer = default)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheDatabase(error))
        {
            throw Translate(error, location, writer);
        }
    }

    /// <summary>The same on the caller's thread.</summary>
    internal static T TranslatedHere<T>(string location, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsOfTheDatabase(error))
        {
            throw Translate(error, location, writer: default);
        }
    }

    private static bool IsOfTheDatabase(Exception error) =>
        error is NpgsqlException or SocketException or TimeoutException or InvalidCastException;

    private static StoreException Translate(Exception error, string location, WriterToken writer) => error switch
    {
        PostgresException { SqlState: StaleWriter } stale =>
            new StaleWriterException(writer, new WriterToken(long.Parse(stale.MessageText, CultureInfo.InvariantCulture))),
        PostgresException { SqlState: Refused } refused => new CommitRefusedException(refused.MessageText),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StoreUnavailableException(location, "the disk is full", error),
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } corrupt =>
            new StoreDamagedException(location, corrupt.MessageText, error),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } missing =>
            new StoreDamagedException(location, missing.MessageText, error),
        PostgresException other => new StoreUnavailableException(location, other.MessageText, error),
        InvalidCastException => new StoreDamagedException(location, "a value of the wrong type", error),
        _ => new StoreUnavailableException(location, error.Message, error),
    };
}
