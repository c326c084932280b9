using System.Buffers;
using System.IO.Pipelines;
using Chia.Protocol.Framing;
using Chia.Protocol.Handshake;

namespace Chia.Gateway.Connections.Frames;

/// <summary>One frame of a handshake, or why there is none.</summary>
/// <param name="Payload">The payload; null if there is none.</param>
/// <param name="Failure">Why; meaningless with a payload.</param>
internal readonly record struct HandshakeFrame(byte[]? Payload, HandshakeFailure Failure)
{
    /// <summary>Reads one frame and not a byte more.</summary>
    public static async Task<HandshakeFrame> Read(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            var result = FrameReader.TryRead(ref buffer, HandshakeMachine.MaxPayload, out var payload);
            var copy = result == FrameResult.Frame ? payload.ToArray() : null;
            input.AdvanceTo(buffer.Start, result == FrameResult.Frame ? buffer.Start : buffer.End);
            if (copy is not null)
                return new HandshakeFrame(copy, default);
            if (result != FrameResult.NeedMore)
                return new HandshakeFrame(null, HandshakeFailure.InvalidFrame);
            if (read.IsCompleted)
                return new HandshakeFrame(null, HandshakeFailure.Disconnected);
        }
    }
}
