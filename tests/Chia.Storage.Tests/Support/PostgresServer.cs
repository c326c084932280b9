[assembly: AssemblyFixture(typeof(Chia.Storage.Tests.Support.PostgresServer))]

namespace Chia.Storage.Tests.Support;

/// <summary>One PostgreSQL server for all tests of this project, started when first asked for and stopped with them.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static TemporaryPostgres? _server;

    /// <summary>How to reach it; skips the test where the binaries are not installed.</summary>
    internal static async Task<string> Connection()
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return (_server ??= await TemporaryPostgres.Start()).Process.Connection;
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
