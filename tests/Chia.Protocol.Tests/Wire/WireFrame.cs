namespace Chia.Protocol.Tests.Wire;

/// <summary>One captured frame.</summary>
/// <param name="Time">Seconds since the capture began.</param>
/// <param name="Direction"><c>c2s</c> from the dialling side, <c>s2c</c> to it.</param>
/// <param name="Function">The name that the capture noted.</param>
/// <param name="Payload">Without the length prefix.</param>
public sealed record WireFrame(double Time, string Direction, string Function, byte[] Payload)
{
    public bool IsHandshake => Function is "handshake" or "handshake_ack";
}
