using System.Buffers.Binary;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol;

/// <summary>
/// The frame of an <c>all_header_hashes</c> that is filled in place, byte for byte what <see cref="MessageRegistry.Encode"/> makes of the
/// message: every hash takes 34 bytes, so each has its place once their number is known (PROTOCOL.md 8.2).
/// </summary>
public sealed class HeaderHashFrame
{
    /// <summary>CBOR's head of a byte string of 32 bytes.</summary>
    private const byte StringOfUpTo255 = 0x58;

    private const int Stride = sizeof(byte) + sizeof(byte) + Bytes32.Size;

    private const byte ArrayHead = 0x80;

    /// <summary>What comes before the list's own head, taken from a message with one hash.</summary>
    private static readonly byte[] Start =
        MessageRegistry.Encode(new AllHeaderHashesMessage([default]))[FrameReader.PrefixSize..^(1 + Stride)];

    private readonly int _first;

    /// <summary>An empty frame.</summary>
    /// <param name="count">Hashes; at least one, and no more than fit into a frame.</param>
    public HeaderHashFrame(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Count = count;
        Span<byte> head = stackalloc byte[sizeof(byte) + sizeof(uint)];
        head = head[..WriteHead(head, (uint)count)];
        _first = FrameReader.PrefixSize + Start.Length + head.Length;
        Frame = GC.AllocateUninitializedArray<byte>(checked(_first + (count * Stride)));
        BinaryPrimitives.WriteUInt32BigEndian(Frame, (uint)(Frame.Length - FrameReader.PrefixSize));
        Start.CopyTo(Frame, FrameReader.PrefixSize);
        head.CopyTo(Frame.AsSpan(FrameReader.PrefixSize + Start.Length));
    }

    /// <summary>Hashes.</summary>
    public int Count { get; }

    /// <summary>Length prefix and payload; whole when every hash was put.</summary>
    public byte[] Frame { get; }

    /// <summary>Puts hashes, 32 bytes each, upwards from a height.</summary>
    public void Put(int first, ReadOnlySpan<byte> hashes)
    {
        for (var height = first; hashes.Length > 0; height++)
        {
            var place = Place(height);
            (place[0], place[1]) = (StringOfUpTo255, Bytes32.Size);
            hashes[..Bytes32.Size].CopyTo(place[2..]);
            hashes = hashes[Bytes32.Size..];
        }
    }

    /// <summary>Puts another list's hashes below a height.</summary>
    public void Put(HeaderHashFrame other, int below) =>
        other.Frame.AsSpan(other._first, below * Stride).CopyTo(Frame.AsSpan(_first));

    /// <summary>Of the heights from <paramref name="first"/> to before <paramref name="end"/>, the one behind the highest at which both
    /// lists have the same hash; 0 if they differ in all.</summary>
    public int AgreesWith(HeaderHashFrame other, int first, int end)
    {
        for (var height = Math.Min(end, other.Count) - 1; height >= first; height--)
        {
            if (Place(height).SequenceEqual(other.Place(height)))
                return height + 1;
        }

        return 0;
    }

    private Span<byte> Place(int height) => Frame.AsSpan(_first + (height * Stride), Stride);

    /// <summary>CBOR's head of an array, in its shortest form.</summary>
    private static int WriteHead(Span<byte> head, uint count)
    {
        const byte OneByte = 24, TwoBytes = 25, FourBytes = 26;
        switch (count)
        {
            case < OneByte:
                head[0] = (byte)(ArrayHead | count);
                return 1;
            case <= byte.MaxValue:
                (head[0], head[1]) = (ArrayHead | OneByte, (byte)count);
                return 1 + sizeof(byte);
            case <= ushort.MaxValue:
                head[0] = ArrayHead | TwoBytes;
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)count);
                return 1 + sizeof(ushort);
            default:
                head[0] = ArrayHead | FourBytes;
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], count);
                return 1 + sizeof(uint);
        }
    }
}
