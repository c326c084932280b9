using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Storage.Codec;

/// <summary>A block record as stored: its fields in order, big-endian, and a CRC-32C over them; 176 bytes.</summary>
internal static class RecordCodec
{
    /// <summary>Bytes of an encoded record.</summary>
    internal const int Size = FieldsSize + sizeof(uint);

    private const int FieldsSize = (4 * Bytes32.Size) + sizeof(uint) + (5 * sizeof(ulong));

    /// <summary>Encodes.</summary>
    internal static byte[] Encode(BlockRecord record)
    {
        var writer = new StreamableWriter(Size);
        writer.WriteBytes32(record.HeaderHash);
        writer.WriteBytes32(record.PrevHeaderHash);
        writer.WriteBytes32(record.ChallengeHash);
        writer.WriteUInt32(record.Height);
        writer.WriteUInt64(record.TotalWeight);
        writer.WriteUInt64(record.TotalIterations);
        writer.WriteUInt64(record.Timestamp);
        writer.WriteUInt64(record.Difficulty);
        writer.WriteUInt64(record.IterationsPerSecond);
        writer.WriteBytes32(record.Quality);
        writer.WriteUInt32(Crc32C.Of(writer.Written));
        return writer.Written.ToArray();
    }

    /// <summary>Decodes; null if length or checksum is wrong.</summary>
    internal static BlockRecord? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(bytes[FieldsSize..]) != Crc32C.Of(bytes[..FieldsSize]))
            return null;
        var reader = new StreamableReader(bytes[..FieldsSize]);
        return new BlockRecord(
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadUInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadBytes32());
    }
}
