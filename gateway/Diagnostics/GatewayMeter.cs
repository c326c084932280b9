using System.Diagnostics.Metrics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;

namespace Chia.Gateway.Diagnostics;

/// <summary>What becomes of connections, counted (OPERATIONS.md 4).</summary>
internal static class GatewayMeter
{
    private static readonly Meter Meter = new("Chia");

    private static readonly Counter<long> Disconnects = Meter.CreateCounter<long>("chia.disconnects", description: "Connections that ended, by reason.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("chia.handshake_failures", description: "Handshakes that failed, by reason.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("chia.refused_connections", description: "Connections closed before a handshake, by reason.");

    public static void Disconnected(DisconnectReason reason) => Disconnects.Add(1, KeyValuePair.Create<string, object?>("reason", reason.ToString()));

    public static void HandshakeFailed(HandshakeFailure failure) => Failures.Add(1, KeyValuePair.Create<string, object?>("reason", failure.ToString()));

    public static void Refused(string why) => Refusals.Add(1, KeyValuePair.Create<string, object?>("reason", why));
}
