using Chia.Storage.Tests.Support;

[assembly: AssemblyFixture(typeof(Chia.Cluster.Tests.Support.DatabaseServer))]

namespace Chia.Cluster.Tests.Support;

/// <summary>One PostgreSQL server for all tests of this project, and a database for each cluster.</summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static TemporaryPostgres? _server;
    private static int _databases;

    /// <summary>An empty database; skips the test, loudly, where PostgreSQL is not installed.</summary>
    internal static async Task<string> CreateDatabase()
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _server ??= await TemporaryPostgres.Start();
            return await _server.CreateDatabase($"cluster{++_databases}");
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
