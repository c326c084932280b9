using System.Globalization;

namespace Chia.Functional.Tests.Support;

/// <summary>TCP ports that a process listens on, as Linux tells it.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";
    private const int LocalAddress = 1, State = 3, Inode = 9;

    public static IEnumerable<int> Of(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process}/fd")
            .Select(f => new FileInfo(f).LinkTarget)
            .Where(t => t is not null && t.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(t => t![8..^1])
            .ToHashSet();
        return new[] { "tcp", "tcp6" }
            .SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[State] == Listening && sockets.Contains(row[Inode]))
            .Select(row => int.Parse(row[LocalAddress].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Order();
    }
}
