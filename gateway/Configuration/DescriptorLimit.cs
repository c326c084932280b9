using System.Globalization;

namespace Chia.Gateway.Configuration;

/// <summary>File descriptors that connections may need, and what the system gives.</summary>
public static class DescriptorLimit
{
    /// <summary>Store, logs, plots being read, listeners, the runtime's own and connections that we open: far fewer than this.</summary>
    private const int Others = 200;

    private const string LimitsFile = "/proc/self/limits", LimitsLine = "Max open files";

    /// <summary>Descriptors that gateways need at least: when the places of one kind are taken, of this machine or of others, and those of
    /// both that shake hands.</summary>
    public static int Needed(IEnumerable<GatewayLimits> gateways) =>
        Others + gateways.Sum(limits => limits.MaxInbound + (2 * limits.MaxHandshaking));

    /// <summary>Places of both kinds together that a gateway may fill (<see cref="GatewayLimits.MostInbound"/>): all, or its share of what
    /// the system gives.</summary>
    /// <param name="gateway">Which.</param>
    /// <param name="all">All gateways of the process, this one included.</param>
    /// <param name="given">Descriptors of the process; null where that cannot be told.</param>
    public static int Share(GatewayLimits gateway, IReadOnlyCollection<GatewayLimits> all, int? given)
    {
        var places = 2L * all.Sum(limits => (long)limits.MaxInbound);
        var left = (given ?? int.MaxValue) - Others - (2L * all.Sum(limits => (long)limits.MaxHandshaking));
        if (left >= places)
            return int.MaxValue;
        return (int)(2L * gateway.MaxInbound * Math.Max(0, left) / Math.Max(1, places));
    }

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
