using Chia.Storage.Postgres;

[assembly: AssemblyFixture(typeof(Chia.Storage.Tests.PostgresServer))]

namespace Chia.Storage.Tests;

/// <summary>One PostgreSQL server for all tests of this project, started when first asked for and stopped with them.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static PostgresProcess? _server;

    /// <summary>How to reach it; skips the test where the binaries are not installed.</summary>
    internal static async Task<string> Connection()
    {
        Assert.SkipWhen(
            PostgresPrograms.Folder is null, "PostgreSQL is NOT TESTED here: its binaries (initdb, pg_ctl) are not installed");
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return (_server ??= await PostgresProcess.StartTemporary()).Connection;
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
