using System.Diagnostics;
using Npgsql;

namespace Chia.Cluster.Tests.Support;

/// <summary>A PostgreSQL server on this machine that is stopped where it is, with all its processes: connections stay, and nobody
/// answers.</summary>
internal sealed class FrozenDatabase
{
    private readonly string _server;
    private readonly List<string> _frozen;

    private FrozenDatabase(string server, List<string> frozen) => (_server, _frozen) = (server, frozen);

    public static async Task<FrozenDatabase> Freeze(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var asks = source.CreateCommand("SELECT pg_backend_pid()");
        var server = ParentOf($"{await asks.ExecuteScalarAsync(TestContext.Current.CancellationToken)}")!;
        var frozen = new FrozenDatabase(
            server,
            [.. Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)!)
                .Where(process => process.All(char.IsAsciiDigit) && ParentOf(process) == server)]);
        frozen.Signal("STOP");
        return frozen;
    }

    public void Thaw() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _server, .. _frozen]);
        kill.WaitForExit();
    }

    /// <summary>Null if it has ended.</summary>
    private static string? ParentOf(string process)
    {
        try
        {
            // NUMBER (NAME) STATE PARENT …; a name may hold anything.
            var fields = File.ReadAllText($"/proc/{process}/stat");
            return fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
