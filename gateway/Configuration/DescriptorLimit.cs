using System.Globalization;

namespace Chia.Gateway.Configuration;

/// <summary>How many file descriptors connections may need, and how many the system grants.</summary>
public static class DescriptorLimit
{
    /// <summary>
    /// More than everything else needs: store, logs, plots being read, listeners, the runtime's own, and connections that we open.
    /// </summary>
    private const int Others = 200;

    private const string LimitsFile = "/proc/self/limits", LimitsLine = "Max open files";

    /// <summary>
    /// The least number of descriptors that gateways need: with all places of one kind taken (this machine's, or others'), and all
    /// places of handshakes of both kinds.
    /// </summary>
    public static int Needed(IEnumerable<GatewayLimits> gateways) =>
        Others + gateways.Sum(limits => limits.MaxInbound + (2 * limits.MaxHandshaking));

    /// <summary>
    /// How many accepted connections, of both kinds together, a gateway may hold (<see cref="GatewayLimits.MostInbound"/>): all, or its
    /// share of the descriptors that the system grants.
    /// </summary>
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

    /// <summary>What is wrong and what to do about it, in one line; null if there are enough descriptors.</summary>
    public static string? Problem(int needed, int? given) => given is { } have && have < needed
        ? $"max_inbound needs {needed} file descriptors and the system gives {have}: lower max_inbound, or raise the limit (ulimit -n, LimitNOFILE)"
        : null;
}
