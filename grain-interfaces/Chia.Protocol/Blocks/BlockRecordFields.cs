using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>
/// The fields of a <see cref="BlockRecord"/> that no place in a chain tells, as bytes: big-endian, in order. Stores and checkpoints write
/// them behind what they know of the block otherwise.
/// </summary>
public static class BlockRecordFields
{
    /// <summary>Bytes: five numbers and the quality.</summary>
    public const int Size = (5 * sizeof(ulong)) + Bytes32.Size;

    /// <summary>Writes weight, iterations, timestamp, difficulty, iterations per second, quality.</summary>
    public static void Write(StreamableWriter writer, BlockRecord record)
    {
        writer.WriteUInt64(record.TotalWeight);
        writer.WriteUInt64(record.TotalIterations);
        writer.WriteUInt64(record.Timestamp);
        writer.WriteUInt64(record.Difficulty);
        writer.WriteUInt64(record.IterationsPerSecond);
        writer.WriteBytes32(record.Quality);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, for the block of which the rest is known.</summary>
    public static BlockRecord Read(
        ref StreamableReader reader, Bytes32 headerHash, Bytes32 prevHeaderHash, Bytes32 challengeHash, uint height) =>
        new(
            headerHash,
            prevHeaderHash,
            challengeHash,
            height,
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadBytes32());
}
