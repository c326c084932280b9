using System.Buffers;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

/// <summary>Judges a frame whose end has not arrived by its announced length and by its name, which comes first.</summary>
internal static class FrameLimits
{
    /// <summary>The envelope's start, the longest name and some room.</summary>
    private const int NameWindow = 64;

    /// <summary>False if no message of that name and length may come from this peer. <paramref name="length"/> is 0 while it is unknown.</summary>
    public static bool MayGoOn(in ReadOnlySequence<byte> buffer, NodeType sender, NodeType receiver, out uint length)
    {
        if (!FrameReader.TryPeek(buffer, out length, out var start))
            return true;
        Span<byte> window = stackalloc byte[NameWindow];
        var known = start.Slice(0, Math.Min(NameWindow, start.Length));
        known.CopyTo(window);
        return length <= MessageRegistry.PayloadLimit(window[..(int)known.Length], sender, receiver);
    }
}
