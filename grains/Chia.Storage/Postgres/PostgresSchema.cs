using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <summary>Tables and their version: <c>deploy/sql/postgres-blocks-1.sql</c>.</summary>
internal static class PostgresSchema
{
    /// <summary>Version made, and the only one understood.</summary>
    internal const int Version = 1;

    /// <summary>Any number, the same for all: two that make the schema at once wait for each other. "Chia".</summary>
    private const long MakersLock = 0x43686961;

    // The epoch's row first: what a commit locks.
    private static readonly string[] Tables =
    [
        "chia_node", "chia_tip", "chia_height", "chia_record", "chia_block", "chia_checkpoint", "chia_sync_target", "chia_sync_block",
    ];

    private static readonly string[] Functions = ["chia_require(text, bigint)", "chia_refuse(text)"];

    /// <summary>Makes the tables if they are not there; changes nothing otherwise.</summary>
    /// <exception cref="StoreVersionException">They are there, of another version.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or refuses.</exception>
    public static async Task Create(string connectionString, CancellationToken cancellationToken = default)
    {
        await using var source = NpgsqlDataSource.Create(PostgresAddress.Named(connectionString, "blocks"));
        var location = PostgresErrors.Location(source);
        await PostgresErrors.Translated(location, async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await Execute(connection, $"SELECT pg_advisory_xact_lock({MakersLock})", cancellationToken).ConfigureAwait(false);
            if (!await IsThere(connection, cancellationToken).ConfigureAwait(false))
                await Execute(connection, Script(), cancellationToken).ConfigureAwait(false);
            await Check(connection, location, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
    }

    /// <summary>The nodes that have a store here.</summary>
    internal static Task<IReadOnlyList<StoredNode>> ReadNodes(
        NpgsqlDataSource source, string location, CancellationToken cancellationToken) =>
        PostgresErrors.Translated<IReadOnlyList<StoredNode>>(location, async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await Check(connection, location, cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("SELECT node, network_id, genesis_hash FROM chia_node ORDER BY node", connection);
            await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var nodes = new List<StoredNode>();
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var node = row.GetString(0);
                if (row.GetFieldValue<byte[]>(2) is not { Length: Bytes32.Size } genesis)
                    throw new StoreDamagedException(location, $"the identity of node {node} is no hash");
                nodes.Add(StoredNodes.Read(node, location, new StoreIdentity(row.GetString(1), new Bytes32(genesis))));
            }

            return nodes;
        });

    /// <summary>Deletes all rows of a node, in one transaction; its writer is superseded by their absence.</summary>
    internal static Task RemoveNode(NpgsqlDataSource source, string location, NodeName node, CancellationToken cancellationToken) =>
        PostgresErrors.Translated(location, async () =>
        {
            await using var batch = source.CreateBatch();
            batch.Timeout = 0; // millions of rows
            foreach (var table in Tables)
            {
                var delete = new NpgsqlBatchCommand($"DELETE FROM {table} WHERE node = $1");
                delete.Parameters.Add(new NpgsqlParameter { Value = node.ToString() });
                batch.BatchCommands.Add(delete);
            }

            return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        });

    /// <summary>There, of our version, and whole.</summary>
    internal static async Task Check(NpgsqlConnection connection, string location, CancellationToken cancellationToken)
    {
        if (!await IsThere(connection, cancellationToken).ConfigureAwait(false))
            throw new StoreFormatException(location, "its tables are missing; `chia cluster init` makes them");
        await using var command = new NpgsqlCommand("SELECT version FROM chia_schema", connection);
        var version =
            Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) ?? 0, CultureInfo.InvariantCulture);
        if (version != Version)
            throw new StoreVersionException(location, version, Version);
        if (await Missing(connection, cancellationToken).ConfigureAwait(false) is { } missing)
            throw new StoreDamagedException(location, $"{missing} is missing");
    }

    /// <summary>The first table or function of ours that is not there; null if all are.</summary>
    private static async Task<string?> Missing(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT name FROM unnest($1) AS name WHERE to_regclass(name) IS NULL "
            + "UNION ALL SELECT name FROM unnest($2) AS name WHERE to_regprocedure(name) IS NULL", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Tables });
        command.Parameters.Add(new NpgsqlParameter { Value = Functions });
        return (string?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> IsThere(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('chia_schema') IS NOT NULL", connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // Only the fixed texts of this room get here.
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(PostgresSchema).Assembly.GetManifestResourceStream("postgres-blocks-1.sql")!);
        return reader.ReadToEnd();
    }
}
