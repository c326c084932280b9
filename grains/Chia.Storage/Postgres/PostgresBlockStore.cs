using System.Data;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Npgsql;
using NpgsqlTypes;

namespace Chia.Storage.Postgres;

/// <summary>
/// The block store in PostgreSQL (CLUSTER 4): rows of many nodes in one set of tables. A change is one batch, sent and answered in one
/// round trip and one transaction, whose first statement locks the node's epoch row and fails the rest if the writer was superseded.
/// </summary>
internal sealed partial class PostgresBlockStore : IBlockStore
{
    private readonly PostgresConnections _connections;

    /// <summary>The node as the tables spell it: the key of all its rows.</summary>
    private readonly string _node;

    private PostgresBlockStore(PostgresConnections connections, NodeName node, StoreIdentity identity)
    {
        _connections = connections;
        _node = node.ToString();
        Identity = identity;
        Location = $"{PostgresErrors.Location(connections.Source)} node {node}";
    }

    /// <inheritdoc/>
    public StoreIdentity Identity { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Opens a node's store over connections that others share; begins it if there is none. Who writes is decided by
    /// <see cref="TakeWriter"/> alone.</summary>
    /// <exception cref="StoreFormatException">The database has no tables of ours.</exception>
    /// <exception cref="StoreVersionException">The tables are of another version.</exception>
    /// <exception cref="StoreNetworkException">The node has another network's chain.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    internal static async Task<IBlockStore> Open(
        PostgresConnections connections, NodeName node, StoreIdentity identity, CancellationToken cancellationToken) =>
        await new PostgresBlockStore(connections, node, identity).Prepared(begins: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Opens a store that must be there.</summary>
    /// <exception cref="StoreUnavailableException">It is not.</exception>
    internal static async Task<IBlockStore> OpenExisting(
        PostgresConnections connections, NodeName node, StoreIdentity identity, CancellationToken cancellationToken) =>
        await new PostgresBlockStore(connections, node, identity).Prepared(begins: false, cancellationToken).ConfigureAwait(false);

    /// <summary>For maintenance: nothing is looked at yet.</summary>
    internal static IBlockReader OpenDamaged(PostgresConnections connections, NodeName node, StoreIdentity identity) =>
        new PostgresBlockStore(connections, node, identity);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<PostgresBlockStore> Prepared(bool begins, CancellationToken cancellationToken)
    {
        await PostgresErrors.Translated(Location, () => Prepare(begins, cancellationToken)).ConfigureAwait(false);
        return this;
    }

    private async Task<int> Prepare(bool begins, CancellationToken cancellationToken)
    {
        await using var connection = await _connections.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await PostgresSchema.Check(connection, Location, cancellationToken).ConfigureAwait(false);
        if (begins)
        {
            await using var insert = Command(
                "INSERT INTO chia_node VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING", _node, Identity.NetworkId,
                Identity.GenesisHash.ToArray());
            insert.Connection = connection;
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using var select = Command("SELECT network_id, genesis_hash, epoch FROM chia_node WHERE node = $1", _node);
        select.Connection = connection;
        await using var row = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            throw new StoreUnavailableException(Location, "there is no such node in this database");
        if (row.GetValue(0) is not string networkId || row.GetValue(1) is not byte[] { Length: Bytes32.Size } genesis
            || row.GetValue(2) is not (long and >= 0 and < long.MaxValue))
            throw new StoreDamagedException(Location, "its identity is missing");
        var stored = new StoreIdentity(networkId, new Bytes32(genesis));
        return stored == Identity ? 0 : throw new StoreNetworkException(Location, stored, Identity);
    }

    /// <summary>A command with its values in order: $1, $2, …</summary>
    private static NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        // Only the fixed texts of this room get here; values always travel as parameters.
        var command = new NpgsqlCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlBatchCommand BatchCommand(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object value) => value switch
    {
        byte[][] many => new NpgsqlParameter { Value = many, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
        long[] many => new NpgsqlParameter { Value = many, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        _ => new NpgsqlParameter { Value = value },
    };

    /// <summary>Runs one statement and reads its rows.</summary>
    private Task<List<T>> Rows<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        PostgresErrors.Translated(
            Location, () => _connections.Ask(connection => Rows(connection, command, read, cancellationToken), cancellationToken));

    private static async Task<List<T>> Rows<T>(
        NpgsqlConnection connection, NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var disposed = command.ConfigureAwait(false);
        command.Connection = connection;
        var rows = new List<T>();
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(row));
        return rows;
    }

    /// <summary>Several statements that see one moment.</summary>
    private Task<T> Snapshot<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) =>
        PostgresErrors.Translated(
            Location,
            () => _connections.Ask(
                async connection =>
                {
                    await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken)
                        .ConfigureAwait(false);
                    var result = await read(connection).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return result;
                },
                cancellationToken));

    /// <summary>All of the statements or none, after the writer's token was found in force. Not cancelled once it is sent.</summary>
    private Task<int> Write(
        WriterToken writer, bool waitForDisk, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken cancellationToken) =>
        PostgresErrors.Translated(
            Location,
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var batch = _connections.Source.CreateBatch();
                batch.BatchCommands.Add(BatchCommand("SELECT chia_require($1, $2)", _node, writer.Epoch));

                // The server's own default may be anything.
                batch.BatchCommands.Add(BatchCommand("SELECT set_config('synchronous_commit', $1, true)", waitForDisk ? "on" : "off"));
                foreach (var statement in statements)
                    batch.BatchCommands.Add(statement);
                return await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            },
            writer);
}
