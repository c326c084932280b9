using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Chia.Protocol.Cbor;

/// <summary>
/// Writes the CBOR of the protocol: definite lengths, the shortest head for every number, no tags, no floats (PROTOCOL.md 3.1).
/// The caller is trusted to write as many items as a header announced.
/// </summary>
public sealed class CborWriter
{
    private const int InitialCapacity = 256;

    private readonly ArrayBufferWriter<byte> _buffer;

    /// <summary>An empty writer.</summary>
    /// <param name="capacity">Bytes to reserve at once.</param>
    public CborWriter(int capacity = InitialCapacity) => _buffer = new ArrayBufferWriter<byte>(capacity);

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Unsigned integer.</summary>
    public void WriteUnsigned(ulong value) => WriteHead(CborHead.Unsigned, value);

    /// <summary>Byte string.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteHead(CborHead.Bytes, (ulong)bytes.Length);
        _buffer.Write(bytes);
    }

    /// <summary>Text.</summary>
    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteHead(CborHead.Text, (ulong)length);
        Encoding.UTF8.GetBytes(text, Advance(length));
    }

    /// <summary>Head of an array; its items follow.</summary>
    public void WriteArrayHeader(int count) => WriteHead(CborHead.Array, (ulong)count);

    /// <summary>Head of a map; a key and a value an entry follow.</summary>
    public void WriteMapHeader(int count) => WriteHead(CborHead.Map, (ulong)count);

    /// <summary>Null.</summary>
    public void WriteNull() => Advance(1)[0] = CborHead.Null;

    /// <summary>Bytes that are no CBOR item: the length prefix of a frame.</summary>
    internal void WriteRaw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    private void WriteHead(int major, ulong number)
    {
        var head = Advance(CborHead.SizeOf(number));
        switch (head.Length)
        {
            case 1:
                head[0] = (byte)(major | (int)number);
                break;
            case 2:
                head[0] = (byte)(major | CborHead.OneByte);
                head[1] = (byte)number;
                break;
            case 3:
                head[0] = (byte)(major | CborHead.TwoBytes);
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)number);
                break;
            case 5:
                head[0] = (byte)(major | CborHead.FourBytes);
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)number);
                break;
            default:
                head[0] = (byte)(major | CborHead.EightBytes);
                BinaryPrimitives.WriteUInt64BigEndian(head[1..], number);
                break;
        }
    }

    private Span<byte> Advance(int count)
    {
        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }
}
