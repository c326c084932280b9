using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Streamable;

/// <summary>Writes the consensus serialisation (CONSENSUS.md 2).</summary>
public sealed class StreamableWriter
{
    /// <summary>A typical block has 1,961 bytes (CONSENSUS.md 3).</summary>
    private const int InitialCapacity = 2560;

    private readonly ArrayBufferWriter<byte> _buffer;

    /// <summary>An empty writer.</summary>
    public StreamableWriter(int capacity = InitialCapacity) => _buffer = new ArrayBufferWriter<byte>(capacity);

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Forgets what has been written, and keeps the room.</summary>
    internal void Reset() => _buffer.ResetWrittenCount();

    /// <summary>uint8.</summary>
    public void WriteUInt8(byte value) => Advance(1)[0] = value;

    /// <summary>uint16, big-endian.</summary>
    internal void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Advance(2), value);

    /// <summary>uint32, big-endian.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Advance(4), value);

    /// <summary>uint64, big-endian.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Advance(8), value);

    /// <summary>Raw bytes, no length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>32 raw bytes.</summary>
    public void WriteBytes32(Bytes32 value) => _buffer.Write(value.Span);

    /// <summary>48 raw bytes.</summary>
    internal void WriteBytes48(Bytes48 value) => _buffer.Write(value.Span);

    /// <summary>96 raw bytes.</summary>
    internal void WriteBytes96(Bytes96 value) => _buffer.Write(value.Span);

    /// <summary>List[uint8]: 4-byte length, then the bytes.</summary>
    internal void WriteByteList(ByteString bytes)
    {
        WriteUInt32((uint)bytes.Length);
        WriteBytes(bytes.Span);
    }

    /// <summary>The flag of an optional field; the caller writes the value if it is present.</summary>
    internal void WritePresent(bool present) => WriteUInt8(present ? (byte)1 : (byte)0);

    /// <summary>ASCII text with a 4-byte length.</summary>
    internal void WriteText(string text)
    {
        WriteUInt32((uint)text.Length);
        WriteBytes(Encoding.ASCII.GetBytes(text));
    }

    private Span<byte> Advance(int count)
    {
        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }
}
