using System.Diagnostics;

namespace Chia.Storage.Postgres;

/// <summary>
/// PostgreSQL's programs, as they are installed. It refuses root: then they run as the user postgres, who may still look through root's
/// folders on the way to its own.
/// </summary>
public static class PostgresPrograms
{
    /// <summary>Debian keeps each version in a folder of its own, beside the search path.</summary>
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The user that Debian's package makes.</summary>
    private const string User = "postgres";

    private static readonly string[] OtherFolders = ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"];

    /// <summary>Where they are, the newest version first; null where they are not installed.</summary>
    public static string? Folder { get; } =
        Versions().Concat(OtherFolders).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>Gives a folder to whom the programs run as.</summary>
    internal static Task GiveAway(string folder) =>
        Environment.IsPrivilegedProcess ? Execute("chown", User, folder) : Task.CompletedTask;

    /// <summary>Runs one to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; what it said is in the message.</exception>
    internal static Task Run(string program, params string[] arguments)
    {
        var (name, all) = Command(program, arguments);
        return Execute(name, all);
    }

    /// <summary>What starts one with the rights that it needs, and no others.</summary>
    internal static (string Program, string[] Arguments) Command(string program, params string[] arguments)
    {
        var path = Path.Combine(Folder!, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv",
                [$"--reuid={User}", $"--regid={User}", "--clear-groups", "--inh-caps=-all,+dac_read_search",
                    "--ambient-caps=-all,+dac_read_search", "--", path, .. arguments])
            : (path, arguments);
    }

    private static IEnumerable<string> Versions() =>
        !Directory.Exists(DebianFolder)
            ? []
            : Directory.EnumerateDirectories(DebianFolder)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"));

    private static async Task Execute(string program, params string[] arguments)
    {
        // What a server inherits it holds open: the shell gives it a file, and no pipe of ours.
        var said = Path.GetTempFileName();
        try
        {
            string[] all = ["-c", "said=$1; shift; exec \"$@\" >\"$said\" 2>&1 </dev/null", "sh", said, program, .. arguments];
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", all) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"{Path.GetFileName(program)} ended with {process.ExitCode}: {await LastLine(said).ConfigureAwait(false)}");
        }
        finally
        {
            File.Delete(said);
        }
    }

    private static async Task<string> LastLine(string file) =>
        (await File.ReadAllLinesAsync(file).ConfigureAwait(false)).LastOrDefault(line => line.Trim().Length > 0) ?? "it said nothing";
}
