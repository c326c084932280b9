using System.Buffers.Binary;

namespace Chia.Functional.Tests.Wire;

/// <summary>A frame that one reference process sent to another.</summary>
/// <param name="Time">Seconds since the capture began.</param>
/// <param name="Direction"><c>c2s</c> from the dialling side, <c>s2c</c> to it.</param>
/// <param name="Function">Its name.</param>
/// <param name="Payload">Without the length.</param>
internal sealed record CapturedFrame(double Time, string Direction, string Function, byte[] Payload)
{
    public bool IsHandshake => Function is "handshake" or "handshake_ack";

    public string Hex => Convert.ToHexStringLower(Payload);

    /// <summary>As it went over the wire.</summary>
    public byte[] ToFrame()
    {
        var frame = new byte[sizeof(uint) + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)Payload.Length);
        Payload.CopyTo(frame, sizeof(uint));
        return frame;
    }
}
