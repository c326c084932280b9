using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A block without its body (CONSENSUS.md 3). Proof of time and challenge are absent while the block is unfinished.</summary>
/// <param name="ProofOfSpace">The winning proof.</param>
/// <param name="ProofOfTime">Absent in an unfinished block.</param>
/// <param name="Challenge">Absent in an unfinished block.</param>
/// <param name="Header">Signed header data.</param>
public sealed record HeaderBlock(
    ProofOfSpace ProofOfSpace,
    ProofOfTime? ProofOfTime,
    Challenge? Challenge,
    Header Header) : IStreamable<HeaderBlock>
{
    /// <summary>Block id of the previous block.</summary>
    public Bytes32 PrevHeaderHash => Header.Data.PrevHeaderHash;

    /// <summary>The block id: H(ser(header)). Computed at each call.</summary>
    public Bytes32 HeaderHash() => Header.Sha256();

    /// <inheritdoc/>
    public static HeaderBlock Read(ref StreamableReader reader) =>
        new(
            ProofOfSpace.Read(ref reader),
            reader.ReadPresent() ? ProofOfTime.Read(ref reader) : null,
            reader.ReadPresent() ? Challenge.Read(ref reader) : null,
            Header.Read(ref reader));

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        ProofOfSpace.Write(writer);
        writer.WritePresent(ProofOfTime is not null);
        ProofOfTime?.Write(writer);
        writer.WritePresent(Challenge is not null);
        Challenge?.Write(writer);
        Header.Write(writer);
    }
}
