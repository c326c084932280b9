using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Diagnostics;

/// <summary>Counts connections, messages and broadcasts (OPERATIONS.md 4).</summary>
internal static class GatewayMeter
{
    private static readonly Meter Meter = new("Chia");

    private static readonly Counter<long> Disconnects =
        Meter.CreateCounter<long>("chia.disconnects", description: "Connections that ended, by reason.");

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("chia.handshake_failures", description: "Handshakes that failed, by reason.");

    private static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("chia.refused_connections", description: "Connections closed before a handshake, by reason.");

    private static readonly Counter<long> Messages =
        Meter.CreateCounter<long>("chia.messages", description: "Messages, by our role, name and direction.");

    private static readonly Counter<long> Bytes =
        Meter.CreateCounter<long>("chia.bytes", description: "Bytes of messages, by our role and direction.");

    private static long _gaps;

    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "chia.broadcast_lag", "s", "From the publication of a broadcast until it was queued on a gateway's connections.");

    private static readonly ConcurrentDictionary<string, string> Names = [];

    /// <summary>Connections held, by our role.</summary>
    private static readonly int[] Held = new int[Enum.GetValues<Role>().Max(role => (int)role) + 1];

    /// <summary>Those that are shown while they are 0 too: whoever watches for gaps must see that they are counted, and a gateway that
    /// has nobody yet counts for whoever adds gateways.</summary>
    static GatewayMeter()
    {
        Meter.CreateObservableCounter(
            "chia.broadcast_gaps", () => Interlocked.Read(ref _gaps), description: "Gaps in the numbering of broadcasts.");
        Meter.CreateObservableGauge(
            "chia.gateway_connections",
            () => Enum.GetValues<Role>().Where(role => role != Role.None).Select(role => new Measurement<int>(
                Volatile.Read(ref Held[(int)role]), KeyValuePair.Create<string, object?>("role", NameOf(role.ToString())))),
            description: "Connections that this process holds, by our role.");
    }

    /// <summary>Counts a connection that this process holds from now on.</summary>
    public static void Begun(Role role) => Interlocked.Increment(ref Held[(int)role]);

    /// <summary>It holds it no longer.</summary>
    public static void Ended(Role role) => Interlocked.Decrement(ref Held[(int)role]);

    /// <summary>Counts a message that came or went.</summary>
    /// <param name="role">Our role.</param>
    /// <param name="message">Name of the message; one that the registry knows.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="isOutbound">We said it.</param>
    public static void Message(Role role, string message, int bytes, bool isOutbound)
    {
        var ours = KeyValuePair.Create<string, object?>("role", NameOf(role.ToString()));
        var direction = KeyValuePair.Create<string, object?>("direction", isOutbound ? "out" : "in");
        Messages.Add(1, ours, KeyValuePair.Create<string, object?>("message", message), direction);
        Bytes.Add(bytes, ours, direction);
    }

    public static void BroadcastGap() => Interlocked.Increment(ref _gaps);

    /// <summary>
    /// Notes how long after its publication a broadcast came; it may be wrong by what the clocks of two machines differ.
    /// </summary>
    public static void BroadcastLag(TimeSpan lag) => Lag.Record(Math.Max(0, lag.TotalSeconds));

    public static void Disconnected(DisconnectReason reason) =>
        Disconnects.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(reason.ToString())));

    public static void HandshakeFailed(HandshakeFailure failure) =>
        Failures.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(failure.ToString())));

    public static void Refused(string why) => Refusals.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(why)));

    /// <summary>A value of a closed enum as a label.</summary>
    private static string NameOf(string value) => Names.GetOrAdd(value, JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
