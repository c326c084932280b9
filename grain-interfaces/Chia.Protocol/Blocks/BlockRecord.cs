using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>
/// What the rules ask of an accepted block, so that chains are followed without reading blocks: derived once, when the block is validated,
/// and stored beside it.
/// </summary>
/// <param name="HeaderHash">Block id.</param>
/// <param name="PrevHeaderHash">Block id of the parent; zero for genesis.</param>
/// <param name="ChallengeHash">H(ser(challenge)): what the children's proofs must answer.</param>
/// <param name="Height">Height; coinbase and challenge agree on it once a block is valid.</param>
/// <param name="TotalWeight">Sum of difficulties up to and with this block.</param>
/// <param name="TotalIterations">Sum of iterations up to and with this block.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="Difficulty">Difficulty in force for this block, units of 2^32.</param>
/// <param name="IterationsPerSecond">ips in force for this block (CONSENSUS.md 8).</param>
/// <param name="Quality">Quality of its proof of space, for the farmers.</param>
public sealed record BlockRecord(
    Bytes32 HeaderHash,
    Bytes32 PrevHeaderHash,
    Bytes32 ChallengeHash,
    uint Height,
    ulong TotalWeight,
    ulong TotalIterations,
    ulong Timestamp,
    ulong Difficulty,
    ulong IterationsPerSecond,
    Bytes32 Quality);

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

/// <summary>One entry of the height table (CONSENSUS.md 13.1): the chain to the tips' least common ancestor.</summary>
/// <param name="Height">Height.</param>
/// <param name="HeaderHash">Block id.</param>
public readonly record struct HeightEntry(uint Height, Bytes32 HeaderHash);
