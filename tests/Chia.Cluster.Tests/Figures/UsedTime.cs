using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Chia.Cluster.Tests.Figures;

/// <summary>Processor time that processes have used so far, in milliseconds. Linux only.</summary>
internal static class UsedTime
{
    /// <summary>Of one process, all its threads.</summary>
    public static double Of(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>Of the PostgreSQL server of a database and of all that it has started.</summary>
    public static async Task<double> OfServer(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SHOW data_directory");
        var folder = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        var server = int.Parse(File.ReadLines(Path.Combine(folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        return Of(server) + Process.GetProcessesByName("postgres").Where(process => Parent(process.Id) == server).Sum(p => Of(p.Id));
    }

    /// <summary>The fourth field of <c>stat</c>, behind a name that may hold anything.</summary>
    private static int? Parent(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
