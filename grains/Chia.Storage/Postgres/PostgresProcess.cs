using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Chia.Storage.Ports;

namespace Chia.Storage.Postgres;

/// <summary>
/// A PostgreSQL server of our own: on loopback and a free port, its data in a folder, for whoever has the password that lies there. It can
/// be stopped and started again with the same port and data, and does not outlive this process, even if that is killed.
/// </summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    private const string User = "chia";

    /// <summary>As many silos as one likes start on one machine, and each opens its own; a server left as it comes takes 100.</summary>
    private const int MaxConnections = 500;

    /// <summary>How long an earlier server on the same data may take to end: it was told to when its process died.</summary>
    private static readonly TimeSpan EarlierEnds = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly string _password;

    /// <summary>Not any that the system gives: while the server is away it would give it to somebody else.</summary>
    private readonly int _port = LastingPorts.FindRun(1);
    private Process? _watcher;

    private PostgresProcess(string folder, string password) => (_folder, _password) = (folder, password);

    /// <summary>How to reach it, in Npgsql's words.</summary>
    public string Connection => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={User};Password={_password};Database=postgres");

    private string Data => Path.Combine(_folder, "data");

    private string ProcessFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Starts one on the data in a folder, which is made at the first start.</summary>
    /// <exception cref="InvalidOperationException">One of its programs failed; what it said is in the message.</exception>
    public static async Task<PostgresProcess> Start(string folder)
    {
        var passwordFile = Path.Combine(folder, "password");
        if (!File.Exists(passwordFile))
            await Make(folder, passwordFile).ConfigureAwait(false);
        var server = new PostgresProcess(folder, await File.ReadAllTextAsync(passwordFile).ConfigureAwait(false));
        await server.Begin().ConfigureAwait(false);
        return server;
    }

    /// <summary>Starts it again.</summary>
    public async Task Begin()
    {
        await UntilEarlierHasEnded().ConfigureAwait(false);
        // No socket in a folder: its name may be longer than a socket's may be.
        await PostgresPrograms.Run(
            "pg_ctl", "start", "-D", Data, "-w", "-l", Path.Combine(Data, "server.log"), "-o",
            $"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections={MaxConnections} -p {_port}")
            .ConfigureAwait(false);
        _watcher ??= Watch();
    }

    /// <summary>Ends it; whoever is connected is cut off.</summary>
    public Task Stop() => PostgresPrograms.Run("pg_ctl", "stop", "-D", Data, "-m", "fast", "-w");

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(ProcessFile))
            await Stop().ConfigureAwait(false);
        if (_watcher is not null)
        {
            _watcher.StandardInput.Close();
            await _watcher.WaitForExitAsync().ConfigureAwait(false);
            _watcher.Dispose();
        }
    }

    /// <summary>The password comes last: where it is, everything is.</summary>
    private static async Task Make(string folder, string passwordFile)
    {
        Directory.CreateDirectory(folder);
        var data = Path.Combine(folder, "data");
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        Directory.CreateDirectory(data);
        var (password, unfinished) = (RandomNumberGenerator.GetHexString(32, lowercase: true), passwordFile + ".new");
        File.Delete(unfinished);
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(unfinished, owner))
            await writer.WriteAsync(password).ConfigureAwait(false);
        await PostgresPrograms.GiveAway(data).ConfigureAwait(false);
        await PostgresPrograms.Run(
            "initdb", "-D", data, "-U", User, "--auth=scram-sha-256", $"--pwfile={unfinished}", "--no-sync", "-E", "UTF8", "--no-locale")
            .ConfigureAwait(false);
        File.Move(unfinished, passwordFile);
    }

    /// <summary>A shell that ends the server when its input does: when we close it, or are no more. Signals of the terminal are for
    /// us.</summary>
    private Process Watch()
    {
        var (stop, arguments) = PostgresPrograms.Command("pg_ctl", "stop", "-D", Data, "-m", "fast", "-W");
        string[] all = ["-c", "trap '' INT HUP; cat >/dev/null; exec \"$@\" >/dev/null 2>&1", "sh", stop, .. arguments];
        return Process.Start(new ProcessStartInfo("/bin/sh", all) { WorkingDirectory = "/", RedirectStandardInput = true })!;
    }

    private async Task UntilEarlierHasEnded()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (File.Exists(ProcessFile) && TimeProvider.System.GetElapsedTime(began) < EarlierEnds && IsAlive())
            await Task.Delay(Look, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>The process that the file names is there; a file that a power loss left names none.</summary>
    private bool IsAlive()
    {
        try
        {
            var id = int.Parse(File.ReadLines(ProcessFile).First(), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
