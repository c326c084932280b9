using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chia.Storage.Sqlite;

/// <summary>Takes a row's value, which is gone afterwards.</summary>
internal delegate void RowTaker(ReadOnlySpan<byte> value);

/// <summary>One connection with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Seconds that a statement waits for another connection's lock. In WAL mode only recovery after a crash holds one for
    /// long.</summary>
    private const int BusySeconds = 10;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    /// <param name="path">The file, or SQLite's name for it.</param>
    /// <param name="mode">Whether to write.</param>
    /// <param name="ignoresLog">The file is read as it is on the medium, as one that nothing changes: neither log nor locks are looked
    /// at.</param>
    internal SqliteSession(string path, SqliteOpenMode mode, bool ignoresLog = false)
    {
        IgnoresLog = ignoresLog;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = ignoresLog ? new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1" : path,
            Mode = mode,
            Pooling = false, // The store keeps its connections itself, and a closed one must let go of the file.
            DefaultTimeout = BusySeconds,
        }.ToString());
        _connection.Open();
    }

    /// <summary>Whether the write-ahead log is left out.</summary>
    internal bool IgnoresLog { get; }

    /// <summary>For SQLite's own functions.</summary>
    internal sqlite3 Handle => _connection.Handle!;

    /// <summary>Runs a statement without result rows; returns the number of rows changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null if there is no row.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteScalar();

    /// <summary>The first column of the first row as a number; 0 if there is no row.</summary>
    /// <exception cref="InvalidCastException">It is something else.</exception>
    internal long Number(string sql, params ReadOnlySpan<object> values) =>
        Scalar(sql, values) switch
        {
            null => 0,
            long number => number,
            _ => throw new InvalidCastException($"no number: {sql}"),
        };

    /// <summary>Result rows; dispose before the next use of the same statement.</summary>
    internal SqliteDataReader Query(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteReader();

    /// <summary>The first column of every row, as it lies in SQLite's memory: nothing is copied or boxed. Empty if it is no
    /// blob.</summary>
    internal void Rows(string sql, RowTaker take)
    {
        // Only the fixed texts of this room get here.
        var result = raw.sqlite3_prepare_v2(Handle, sql, out var statement);
        using (statement)
        {
            while (result is raw.SQLITE_OK or raw.SQLITE_ROW)
            {
                result = raw.sqlite3_step(statement);
                if (result == raw.SQLITE_ROW)
                    take(raw.sqlite3_column_blob(statement, 0));
            }
        }

        if (result != raw.SQLITE_DONE)
            throw new SqliteException(raw.sqlite3_errmsg(Handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(Handle));
    }

    /// <summary>Runs <paramref name="work"/> between <paramref name="begin"/> and COMMIT; rolls back if it throws.</summary>
    internal T InTransaction<T>(string begin, Func<SqliteSession, T> work)
    {
        Execute(begin);
        try
        {
            var result = work(this);
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _connection.Dispose();
    }

    private void RollBack()
    {
        // SQLite rolls back by itself on some errors (disk full, I/O); then there is nothing left to do.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            Execute("ROLLBACK");
    }

    private SqliteCommand Statement(string sql, ReadOnlySpan<object> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            // Only the fixed texts of this room get here; values always travel as parameters.
            statement = new SqliteCommand(sql, _connection);
            for (var i = 0; i < values.Length; i++)
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
            statement.Parameters[i].Value = values[i];
        return statement;
    }
}
