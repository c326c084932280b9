using Chia.Storage.Postgres;
using Chia.Testing;
using Npgsql;

namespace Chia.Storage.Tests.Support;

/// <summary>A PostgreSQL server whose data go with it.</summary>
internal sealed class TemporaryPostgres : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private TemporaryPostgres(TempFolder folder, PostgresProcess process) => (_folder, Process) = (folder, process);

    /// <summary>The server itself.</summary>
    public PostgresProcess Process { get; }

    /// <summary>Skips the test, loudly, where PostgreSQL is not installed.</summary>
    public static async Task<TemporaryPostgres> Start()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, "NOT TESTED here: PostgreSQL's binaries (initdb, pg_ctl) are not installed");
        var folder = new TempFolder();
        var server = new TemporaryPostgres(folder, await PostgresProcess.Start(folder.Path));
        // Data that go with the server need outlive no machine.
        await server.Execute("ALTER SYSTEM SET fsync = off");
        await server.Execute("SELECT pg_reload_conf()");
        return server;
    }

    /// <summary>An empty database within; the connection to it.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        await Execute($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(Process.Connection) { Database = name }.ConnectionString;
    }

    private async Task Execute(string command)
    {
        await using var source = NpgsqlDataSource.Create(Process.Connection);
        await using var sent = source.CreateCommand(command);
        await sent.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
