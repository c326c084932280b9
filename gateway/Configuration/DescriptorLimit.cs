using System.Globalization;

namespace Chia.Gateway.Configuration;

/// <summary>File descriptors that connections may need, and what the system gives.</summary>
public static class DescriptorLimit
{
    /// <summary>Store, logs, plots being read, listeners, the runtime's own and connections that we open: far fewer than this.</summary>
    private const int Others = 200;

    private const string LimitsFile = "/proc/self/limits", LimitsLine = "Max open files";

    /// <summary>Descriptors that gateways need when all their places are taken.</summary>
    public static int Needed(IEnumerable<GatewayLimits> gateways) =>
        Others + gateways.Sum(limits => 2 * (limits.MaxInbound + limits.MaxHandshaking));

    /// <summary>Descriptors that this process may have (RLIMIT_NOFILE, which the runtime has raised as far as it may); null where that
    /// cannot be told.</summary>
    public static int? Given() => File.Exists(LimitsFile) ? Read(File.ReadLines(LimitsFile)) : null;

    /// <summary>The soft limit among the lines of a process's limits; null for none.</summary>
    internal static int? Read(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(l => l.StartsWith(LimitsLine, StringComparison.Ordinal));
        var soft = line?[LimitsLine.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;
    }

    /// <summary>What is wrong and what to do, in one line; null if there are enough.</summary>
    public static string? Problem(int needed, int? given) => given is { } have && have < needed
        ? $"max_inbound needs {needed} file descriptors and the system gives {have}: lower max_inbound, or raise the limit (ulimit -n, LimitNOFILE)"
        : null;
}
