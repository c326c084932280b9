using System.Buffers;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections.Frames;

/// <summary>Judges a frame whose end has not arrived by its announced length and by its name, which comes first.</summary>
internal static class FrameLimits
{
    /// <summary>
    /// Enough for the start of the envelope, the longest name, and some room. A frame that has its name elsewhere may hold no more than
    /// <see cref="MessageRegistry.MaxUnnamedPayload"/>.
    /// </summary>
    private const int NameWindow = 64;

    /// <summary>What may become of the frame that the buffer begins with, and its announced length; 0 while that is unknown.</summary>
    public static FrameOutlook Judge(
        in ReadOnlySequence<byte> buffer, Role sender, Role receiver, OpenRequests requests, out uint length)
    {
        if (!FrameReader.TryPeek(buffer, out length, out var start))
            return FrameOutlook.None;
        var known = Known(start, stackalloc byte[NameWindow]);
        var limit = MessageRegistry.PayloadLimit(known, sender, receiver);
        if (limit == MessageRegistry.MaxUnnamedPayload && length > limit && known.Length < NameWindow)
            return length <= MessageRegistry.MaxPayload ? FrameOutlook.Unnamed : FrameOutlook.Forbidden;
        if (length > limit)
            return FrameOutlook.Forbidden;

        // A large answer to a question that we did not ask is not even received.
        return length > MessageRegistry.MaxUnnamedPayload && MessageRegistry.FunctionOf(known) is { Solicited: true } answer
            && !requests.Awaits(answer)
            ? FrameOutlook.Forbidden
            : FrameOutlook.Allowed;
    }

    /// <summary>True if the frame that the buffer begins with is the answer to a question of ours.</summary>
    public static bool IsAnswer(in ReadOnlySequence<byte> buffer) =>
        FrameReader.TryPeek(buffer, out _, out var start)
        && MessageRegistry.FunctionOf(Known(start, stackalloc byte[NameWindow])) is { Solicited: true };

    /// <summary>The first bytes of a frame's payload, as many as are there and fit.</summary>
    private static Span<byte> Known(in ReadOnlySequence<byte> start, Span<byte> window)
    {
        var known = window[..(int)Math.Min(window.Length, start.Length)];
        start.Slice(0, known.Length).CopyTo(known);
        return known;
    }
}

/// <summary>What the beginning of a frame says about the rest of it.</summary>
internal enum FrameOutlook
{
    /// <summary>Nothing is there, or not even a whole length.</summary>
    None,

    /// <summary>The length is there and the name is not: nothing is decided yet, and no memory is set aside.</summary>
    Unnamed,

    /// <summary>The peer may send it.</summary>
    Allowed,

    /// <summary>No message of that name and length may come from this peer now.</summary>
    Forbidden,
}
