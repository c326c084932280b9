using Chia.Protocol.Primitives;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <summary>The stores of many nodes in one PostgreSQL database. They share one pool of connections.</summary>
internal sealed class PostgresBlockStores : IStoreMaintenance
{
    private readonly string _connectionString;
    private readonly PostgresConnections _connections;

    /// <summary>The stores at an address; nothing is opened yet.</summary>
    /// <param name="address">A connection string in Npgsql's words, or a URL.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public PostgresBlockStores(string address)
    {
        _connectionString = PostgresAddress.ToConnectionString(address);
        _connections = new PostgresConnections(_connectionString);
        Location = PostgresErrors.Location(_connections.Source);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Whether an address means PostgreSQL.</summary>
    internal static bool IsAddress(string address) => PostgresAddress.Is(address);

    /// <inheritdoc/>
    public Task Prepare(CancellationToken cancellationToken = default) => PostgresSchema.Create(_connectionString, cancellationToken);

    /// <inheritdoc/>
    public Task<IBlockStore> Open(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default) =>
        PostgresBlockStore.Open(_connections, node, identity, cancellationToken);

    /// <inheritdoc/>
    public async Task<IBlockReader> OpenReader(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default) =>
        await PostgresBlockStore.OpenExisting(_connections, node, identity, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IBlockReader OpenDamaged(NodeName node, StoreIdentity identity) => PostgresBlockStore.OpenDamaged(_connections, node, identity);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredNode>> GetNodes(CancellationToken cancellationToken = default) =>
        PostgresSchema.ReadNodes(_connections.Source, Location, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> Exists(NodeName node, CancellationToken cancellationToken = default) =>
        (await GetNodes(cancellationToken).ConfigureAwait(false)).Any(stored => stored.Node == node);

    /// <inheritdoc/>
    public Task<RewindResult> Rewind(
        NodeName node, StoreIdentity identity, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        // In place, damaged or not: what a transaction deletes and writes anew is whole again.
        StoreRewind.OpenAndRewind(
            PostgresBlockStore.OpenExisting(_connections, node, identity, cancellationToken), height, numberOfHeads, progress,
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> Backup(
        NodeName node, StoreIdentity identity, string file, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        SqliteCopy.Backup(OpenReader(node, identity, cancellationToken), file, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreSize> GetSize(NodeName node, CancellationToken cancellationToken = default) =>
        PostgresErrors.Translated(Location, async () =>
        {
            await using var command = _connections.Source.CreateCommand(
                "SELECT (SELECT coalesce(sum(octet_length(bytes)), 0) FROM chia_block WHERE node = $1)::bigint "
                + "+ (SELECT coalesce(sum(octet_length(fields)), 0) FROM chia_record WHERE node = $1)::bigint");
            command.Parameters.Add(new NpgsqlParameter { Value = node.ToString() });
            return new StoreSize((long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, 0);
        });

    /// <inheritdoc/>
    public Task Remove(NodeName node, CancellationToken cancellationToken = default) =>
        PostgresSchema.RemoveNode(_connections.Source, Location, node, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();
}
