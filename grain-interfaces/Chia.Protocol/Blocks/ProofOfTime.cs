using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A verifiable delay function's output and its n-Wesolowski proof; 303 + n bytes (CONSENSUS.md 3, 17.1).</summary>
/// <param name="ChallengeHash">Seed of the discriminant.</param>
/// <param name="NumberOfIterations">Squarings done.</param>
/// <param name="Output">The form after them.</param>
/// <param name="WitnessType">Number of intermediate segments, n.</param>
/// <param name="Witness">130 + 268·n bytes.</param>
public sealed record ProofOfTime(
    Bytes32 ChallengeHash,
    ulong NumberOfIterations,
    ClassgroupElement Output,
    byte WitnessType,
    ByteString Witness) : IStreamable<ProofOfTime>
{
    /// <inheritdoc/>
    public static ProofOfTime Read(ref StreamableReader reader) =>
        new(
            reader.ReadBytes32(),
            reader.ReadUInt64(),
            ClassgroupElement.Read(ref reader),
            reader.ReadUInt8(),
            reader.ReadByteList());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes32(ChallengeHash);
        writer.WriteUInt64(NumberOfIterations);
        Output.Write(writer);
        writer.WriteUInt8(WitnessType);
        writer.WriteByteList(Witness);
    }
}

/// <summary>A binary quadratic form (a, b) as it travels: two int1024, 258 bytes (CONSENSUS.md 3). It need not be reduced.</summary>
/// <param name="A">129 bytes, two's complement, big-endian.</param>
/// <param name="B">129 bytes, two's complement, big-endian.</param>
public sealed record ClassgroupElement(ByteString A, ByteString B) : IStreamable<ClassgroupElement>
{
    /// <summary>Bytes of an int1024.</summary>
    public const int NumberSize = 129;

    /// <inheritdoc/>
    public static ClassgroupElement Read(ref StreamableReader reader) =>
        new(reader.ReadBytes(NumberSize), reader.ReadBytes(NumberSize));

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes(A.Span);
        writer.WriteBytes(B.Span);
    }
}
