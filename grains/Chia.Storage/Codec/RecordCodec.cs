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

    private const int FieldsSize = (3 * Bytes32.Size) + sizeof(uint) + BlockRecordFields.Size;

    /// <summary>Encodes.</summary>
    internal static byte[] Encode(BlockRecord record)
    {
        var writer = new StreamableWriter(Size);
        writer.WriteBytes32(record.HeaderHash);
        writer.WriteBytes32(record.PrevHeaderHash);
        writer.WriteBytes32(record.ChallengeHash);
        writer.WriteUInt32(record.Height);
        BlockRecordFields.Write(writer, record);
        writer.WriteUInt32(Crc32C.Of(writer.Written));
        return writer.Written.ToArray();
    }

    /// <summary>Decodes; null if length or checksum is wrong.</summary>
    internal static BlockRecord? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(bytes[FieldsSize..]) != Crc32C.Of(bytes[..FieldsSize]))
            return null;
        var reader = new StreamableReader(bytes[..FieldsSize]);
        var (headerHash, prevHeaderHash, challengeHash) = (reader.ReadBytes32(), reader.ReadBytes32(), reader.ReadBytes32());
        var height = reader.ReadUInt32();
        return BlockRecordFields.Read(ref reader, headerHash, prevHeaderHash, challengeHash, height);
    }
}
