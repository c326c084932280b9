using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chia.Testing;

/// <summary>
/// A PostgreSQL server of a test's own: on loopback and a free port, its data in a temporary folder; as the user postgres where we are
/// root, since it refuses root. It can be stopped and started again in between, with the same port and data.
/// </summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    private static readonly string[] Folders =
        ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/opt/homebrew/bin"];

    private readonly string _folder;
    private readonly int _port;

    private PostgresProcess(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>Where its programs are; null where it is not installed.</summary>
    public static string? Binaries => Folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>How to reach it, in Npgsql's words.</summary>
    public string Connection =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=chia;Database=postgres");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes one and starts it.</summary>
    public static async Task<PostgresProcess> Start()
    {
        var folder = Directory.CreateTempSubdirectory("chia-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            await Execute("chown", "postgres", folder);
        var server = new PostgresProcess(folder, FreePort());
        await Run("initdb", "-D", server.Data, "-U", "chia", "--auth=trust", "--no-sync", "-E", "UTF8");
        await server.Begin();
        return server;
    }

    /// <summary>Starts it again.</summary>
    public Task Begin() => Run(
        "pg_ctl", "start", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        $"-c listen_addresses=127.0.0.1 -p {_port} -k {_folder}");

    /// <summary>Ends it; whoever is connected is cut off.</summary>
    public Task Stop() => Run("pg_ctl", "stop", "-D", Data, "-m", "fast", "-w");

    /// <summary>Stops it and all that it started where they are: connections stay, and nobody answers.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public Task Thaw() => Signal("CONT");

    /// <summary>An empty database within; the connection to it.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        await Run("createdb", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "chia", name);
        return Connection.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
    }

    /// <summary>Ends it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await Run("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Signal(string name)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0].Trim();
        await Execute("kill", [$"-{name}", postmaster, .. ChildrenOf(postmaster)]);
    }

    private static IEnumerable<string> ChildrenOf(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var process = Path.GetFileName(folder);
            if (!process.All(char.IsAsciiDigit) || !File.Exists(Path.Combine(folder, "stat")))
                continue;

            // NUMBER (NAME) STATE PARENT …; a name may hold anything.
            var fields = File.ReadAllText(Path.Combine(folder, "stat"));
            if (fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1] == parent)
                yield return process;
        }
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

    /// <summary>A port that nobody has just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
