using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>What a finished block poses to the next one; 116 bytes (CONSENSUS.md 3). Its SHA-256 is the challenge hash.</summary>
/// <param name="PrevChallengeHash">Challenge hash of the previous block.</param>
/// <param name="ProofOfSpaceHash">H(ser(proof of space)).</param>
/// <param name="ProofOfTimeOutputHash">H(ser(output)); in blocks made by the reference's test tools H(ser(proof of time))
/// (CONSENSUS.md 4).</param>
/// <param name="Height">Height of the block.</param>
/// <param name="TotalWeight">Sum of difficulties up to and with the block.</param>
/// <param name="TotalIterations">Sum of iterations up to and with the block.</param>
public sealed record Challenge(
    Bytes32 PrevChallengeHash,
    Bytes32 ProofOfSpaceHash,
    Bytes32 ProofOfTimeOutputHash,
    uint Height,
    ulong TotalWeight,
    ulong TotalIterations) : IStreamable<Challenge>
{
    /// <inheritdoc/>
    public static Challenge Read(ref StreamableReader reader) =>
        new(
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadUInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes32(PrevChallengeHash);
        writer.WriteBytes32(ProofOfSpaceHash);
        writer.WriteBytes32(ProofOfTimeOutputHash);
        writer.WriteUInt32(Height);
        writer.WriteUInt64(TotalWeight);
        writer.WriteUInt64(TotalIterations);
    }
}
