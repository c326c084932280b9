using System.Buffers;
using System.Buffers.Binary;

namespace Chia.Protocol.Framing;

/// <summary>Peels frames off a stream: 4 bytes of length, big-endian, then the payload (PROTOCOL.md 1).</summary>
public static class FrameReader
{
    /// <summary>Bytes of the length prefix.</summary>
    public const int PrefixSize = sizeof(uint);

    /// <summary>
    /// Takes the first frame off the buffer. The length is judged as soon as its four bytes are there, before anything is kept for it.
    /// </summary>
    /// <param name="buffer">What has been received; moved behind the frame if there is one, otherwise unchanged.</param>
    /// <param name="maxLength">Largest payload to accept, bytes.</param>
    /// <param name="payload">The payload, a slice of the buffer; empty unless the result is <see cref="FrameResult.Frame"/>.</param>
    public static FrameResult TryRead(ref ReadOnlySequence<byte> buffer, uint maxLength, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (!TryPeekLength(buffer, out var length))
            return FrameResult.NeedMore;
        if (length == 0)
            return FrameResult.Empty;
        if (length > maxLength)
            return FrameResult.TooLong;
        if (buffer.Length - PrefixSize < length)
            return FrameResult.NeedMore;
        payload = buffer.Slice(PrefixSize, length);
        buffer = buffer.Slice(payload.End);
        return FrameResult.Frame;
    }

    /// <summary>
    /// The announced length of a frame whose end has not arrived, and as much of its payload as has: the name comes first, so a caller can
    /// apply the function's own limit (<see cref="MessageRegistry.PayloadLimit"/>) long before the frame is complete.
    /// </summary>
    /// <param name="buffer">What has been received; not changed.</param>
    /// <param name="length">The announced length, bytes.</param>
    /// <param name="start">The beginning of the payload, a slice of the buffer.</param>
    /// <returns>False if the length itself is not complete.</returns>
    public static bool TryPeek(in ReadOnlySequence<byte> buffer, out uint length, out ReadOnlySequence<byte> start)
    {
        start = default;
        if (!TryPeekLength(buffer, out length))
            return false;
        start = buffer.Slice(PrefixSize, Math.Min(length, buffer.Length - PrefixSize));
        return true;
    }

    private static bool TryPeekLength(in ReadOnlySequence<byte> buffer, out uint length)
    {
        length = 0;
        if (buffer.Length < PrefixSize)
            return false;
        Span<byte> prefix = stackalloc byte[PrefixSize];
        buffer.Slice(0, PrefixSize).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        return true;
    }
}

/// <summary>What the start of a stream holds.</summary>
public enum FrameResult
{
    /// <summary>A part of a frame, or nothing: read more.</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame that announces more than the limit. The stream cannot be read on: close it.</summary>
    TooLong,

    /// <summary>A frame of length zero, which cannot hold a message (PROTOCOL.md 1). Close the stream.</summary>
    Empty,
}
