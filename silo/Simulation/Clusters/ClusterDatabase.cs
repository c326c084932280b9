using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Simulation.Plan;
using Chia.Storage;
using Chia.Storage.Postgres;
using Chia.Storage.Providers;
using Npgsql;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>The database of a simulated cluster: one that a person named, or that of a server that the simulation starts.</summary>
internal sealed class ClusterDatabase : IAsyncDisposable
{
    /// <summary>The folder, within the simulation's, where its own server keeps its data.</summary>
    public const string Folder = "postgres";

    private readonly PostgresProcess? _own;

    private ClusterDatabase(string connection, PostgresProcess? own) => (Connection, _own) = (connection, own);

    /// <summary>The connection string.</summary>
    public string Connection { get; }

    /// <summary>Checks that the database can be had, before anything is made.</summary>
    /// <exception cref="UserException">No database is named and no server can be started, or the one that is named cannot be
    /// reached.</exception>
    public static async Task Require(ClusterShape shape, CancellationToken cancellation)
    {
        if (shape.Database is null && PostgresPrograms.Folder is null)
        {
            throw new UserException(
                "--cluster needs PostgreSQL: install it (Debian: apt-get install postgresql), "
                + "or name a database with --postgres \"Host=…;Username=…;Password=…;Database=…\"");
        }

        if (shape.Database is null)
            return;
        try
        {
            await using var source = NpgsqlDataSource.Create(PostgresAddress.ToConnectionString(shape.Database));
            await using var connection = await source.OpenConnectionAsync(cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException or ArgumentException)
        {
            throw new UserException($"--postgres: the database cannot be used: {error.Message}");
        }
    }

    /// <exception cref="UserException">The server does not start; says why.</exception>
    public static async Task<ClusterDatabase> Open(ClusterShape shape, string root)
    {
        if (shape.Database is { } given)
            return new ClusterDatabase(PostgresAddress.ToConnectionString(given), null);
        try
        {
            var own = await PostgresProcess.Start(Path.Combine(root, Folder));
            return new ClusterDatabase(own.Connection, own);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            throw new UserException($"no PostgreSQL server can be started in {Path.Combine(root, Folder)}: {error.Message}");
        }
    }

    /// <summary>
    /// Makes the tables if they are missing, and removes silos from the membership that an earlier run left when it was killed.
    /// </summary>
    /// <exception cref="UserException">It cannot be used, or holds another network's nodes of the same names.</exception>
    public static async Task Prepare(ClusterDefinition cluster, CancellationToken cancellation)
    {
        await ClusterSchema.Create(cluster, cancellation);
        await using var stores = BlockStorePlace.At(cluster.BlockStore);
        var identity = StoreIdentity.Of(cluster.Network);
        var names = cluster.Nodes.Select(node => node.Name).ToHashSet();
        var stored = await stores.GetNodes(cancellation);
        if (stored.FirstOrDefault(node => names.Contains(node.Node) && node.Identity != identity) is { } other)
            throw new UserException(
                $"--postgres: the database has the chain of a node {other.Node} of {other.Identity} already: name an empty one");
        await ClusterSchema.ForgetSilos(cluster, cancellation);
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
