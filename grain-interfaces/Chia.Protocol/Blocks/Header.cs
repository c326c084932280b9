using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>Header data and its signature; 264 bytes. Its SHA-256, over both, is the block id (CONSENSUS.md 4).</summary>
/// <param name="Data">What is signed.</param>
/// <param name="HarvesterSignature">Prepend signature by the plot key over H(ser(data)).</param>
public sealed record Header(HeaderData Data, Bytes96 HarvesterSignature) : IStreamable<Header>
{
    /// <inheritdoc/>
    public static Header Read(ref StreamableReader reader) =>
        new(HeaderData.Read(ref reader), reader.ReadPrependSignature());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        Data.Write(writer);
        writer.WriteBytes96(HarvesterSignature);
    }
}

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
