using Chia.Silo.Clusters.Definition;
using Chia.Storage.Errors;
using Chia.Storage.Postgres;
using Chia.Storage.Providers;
using Npgsql;

namespace Chia.Silo.Clusters.Database;

/// <summary>The tables of a cluster: who is in it and what grains keep (<c>deploy/sql/postgres-orleans-1.sql</c>), and blocks.</summary>
internal static class ClusterSchema
{
    /// <summary>Version made, and the only one understood.</summary>
    private const int Version = 1;

    /// <summary>Silos that left no sign of life for so long do not run: several times as long as they are given by each other.</summary>
    private static readonly TimeSpan NoSignOfLife = TimeSpan.FromMinutes(1);

    private const string Script = "postgres-orleans-1.sql";

    /// <summary>Any number, the same for all: two that make the tables at once wait for each other.</summary>
    private const long MakersLock = 0x4F726C65;

    /// <summary>Makes what is not there, in one transaction, and changes nothing otherwise.</summary>
    /// <returns>True if tables were made.</returns>
    /// <exception cref="UserException">The tables are of another version, or the database cannot be reached.</exception>
    /// <exception cref="StoreException">The same of the block store.</exception>
    public static async Task<bool> Create(ClusterDefinition cluster, CancellationToken cancellation)
    {
        var made = await Guarded(cluster, CreateOrleans, cancellation);
        await using var stores = BlockStorePlace.At(cluster.BlockStore);
        await stores.Prepare(cancellation);
        return made;
    }

    /// <exception cref="UserException">The tables are missing or of another version; says what to do.</exception>
    public static Task Check(ClusterDefinition cluster, CancellationToken cancellation) => Guarded(
        cluster,
        async (connection, token) =>
        {
            await Require(connection, token);
            return true;
        },
        cancellation);

    /// <summary>Strikes all silos of the cluster off the table: for whoever knows that none of them runs. Those that start need not wait
    /// until the dead have missed their signs of life.</summary>
    /// <exception cref="UserException">The database cannot be reached.</exception>
    public static Task ForgetSilos(ClusterDefinition cluster, CancellationToken cancellation) => Guarded(
        cluster,
        async (connection, token) =>
        {
            await using var forget = new NpgsqlCommand("DELETE FROM chia_silo WHERE cluster = $1", connection);
            forget.Parameters.Add(new NpgsqlParameter { Value = cluster.Id });
            return await forget.ExecuteNonQueryAsync(token) > 0;
        },
        cancellation);

    /// <summary>Whether silos of a cluster run: they leave a sign of life every few seconds.</summary>
    /// <exception cref="UserException">The database cannot be reached.</exception>
    public static Task<bool> Runs(ClusterDefinition cluster, string id, CancellationToken cancellation) => Guarded(
        cluster,
        async (connection, token) =>
        {
            await using var silos = new NpgsqlCommand(
                "SELECT EXISTS (SELECT FROM chia_silo WHERE cluster = $1 AND status = $2 AND alive > now() - $3)", connection);
            silos.Parameters.Add(new NpgsqlParameter { Value = id });
            silos.Parameters.Add(new NpgsqlParameter { Value = (int)SiloStatus.Active });
            silos.Parameters.Add(new NpgsqlParameter { Value = NoSignOfLife });
            return await silos.ExecuteScalarAsync(token) is true;
        },
        cancellation);

    private static async Task<bool> CreateOrleans(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({MakersLock})", cancellation);
        var isMissing = await VersionOf(connection, cancellation) is null;
        if (isMissing)
        {
            using var script = new StreamReader(typeof(ClusterSchema).Assembly.GetManifestResourceStream(Script)!);
            await Execute(connection, await script.ReadToEndAsync(cancellation), cancellation);
        }

        await Require(connection, cancellation);
        await transaction.CommitAsync(cancellation);
        return isMissing;
    }

    private static async Task Require(NpgsqlConnection connection, CancellationToken cancellation)
    {
        switch (await VersionOf(connection, cancellation))
        {
            case null:
                throw new UserException($"database {connection.Database} has no tables of a cluster: `chia cluster init` makes them");
            case var version and not Version:
                throw new UserException(
                    $"database {connection.Database} has a cluster's tables of version {version}, and this program knows {Version}: "
                    + "run the program that made them, or name another database");
        }
    }

    private static async Task<int?> VersionOf(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('chia_cluster_schema') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
            return null;
        await using var version = new NpgsqlCommand("SELECT version FROM chia_cluster_schema", connection);
        return (int)(await version.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // Only fixed texts get here.
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> Guarded(
        ClusterDefinition cluster, Func<NpgsqlConnection, CancellationToken, Task<bool>> work, CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(PostgresAddress.Named(cluster.Database, cluster.Id));
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await work(connection, cancellation);
        }
        catch (Exception error) when (DatabaseFault.Is(error))
        {
            throw DatabaseFault.Complaint(cluster.Database, error);
        }
    }
}
