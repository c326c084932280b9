using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>What the harvester signs; 168 bytes (CONSENSUS.md 3). The farmer protocol calls its SHA-256 "header hash".</summary>
/// <param name="PrevHeaderHash">Block id of the previous block.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="FilterHash">Not checked by consensus.</param>
/// <param name="ProofOfSpaceHash">H(ser(proof of space)).</param>
/// <param name="BodyHash">H(ser(body)).</param>
/// <param name="ExtensionData">Not checked by consensus.</param>
public sealed record HeaderData(
    Bytes32 PrevHeaderHash,
    ulong Timestamp,
    Bytes32 FilterHash,
    Bytes32 ProofOfSpaceHash,
    Bytes32 BodyHash,
    Bytes32 ExtensionData) : IStreamable<HeaderData>
{
    /// <inheritdoc/>
    public static HeaderData Read(ref StreamableReader reader) =>
        new(
            reader.ReadBytes32(),
            reader.ReadUInt64(),
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadBytes32(),
            reader.ReadBytes32());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes32(PrevHeaderHash);
        writer.WriteUInt64(Timestamp);
        writer.WriteBytes32(FilterHash);
        writer.WriteBytes32(ProofOfSpaceHash);
        writer.WriteBytes32(BodyHash);
        writer.WriteBytes32(ExtensionData);
    }
}
