using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Chia.Storage.Tests.PostgresServer))]

namespace Chia.Storage.Tests;

/// <summary>
/// A PostgreSQL server of these tests' own, started when first asked for, on loopback and a free port, with its data in a temporary
/// folder; as the user postgres where we are root, since it refuses root. Stopped with the tests.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static string? _folder;
    private static string? _connection;

    private static string? Binaries =>
        new[] { "/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/opt/homebrew/bin" }
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>How to reach it; skips the test where the binaries are not installed.</summary>
    internal static async Task<string> Connection()
    {
        Assert.SkipWhen(Binaries is null, "PostgreSQL is NOT TESTED here: its binaries (initdb, pg_ctl) are not installed");
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _connection ??= await Start();
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        await Run("pg_ctl", "stop", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w");
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> Start()
    {
        _folder = Directory.CreateTempSubdirectory("chia-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            await Execute("chown", "postgres", _folder);
        var data = Path.Combine(_folder, "data");
        await Run("initdb", "-D", data, "-U", "chia", "--auth=trust", "--no-sync", "-E", "UTF8");
        var port = FreePort();
        await Run(
            "pg_ctl", "start", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -k {_folder}");
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=chia;Database=postgres");
    }

    private static Task Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);
        return Environment.IsPrivilegedProcess
            ? Execute("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Execute(path, arguments);
    }

    private static async Task Execute(string program, params string[] arguments)
    {
        // Not redirected: the server inherits the streams and would hold them open.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
