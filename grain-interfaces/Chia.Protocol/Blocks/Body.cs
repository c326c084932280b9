using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A block's body; 221 or 317 bytes (CONSENSUS.md 3).</summary>
/// <param name="Coinbase">The reward.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key over ser(coinbase).</param>
/// <param name="FeesTarget">Where fees go.</param>
/// <param name="AggregatedSignature">Optional plain signature; never verified, but it must decode.</param>
/// <param name="SolutionsGenerator">Not checked by consensus.</param>
/// <param name="Cost">Not checked by consensus.</param>
public sealed record Body(
    CoinbaseInfo Coinbase,
    Bytes96 CoinbaseSignature,
    FeesTarget FeesTarget,
    Bytes96? AggregatedSignature,
    Bytes32 SolutionsGenerator,
    ulong Cost) : IStreamable<Body>
{
    /// <inheritdoc/>
    public static Body Read(ref StreamableReader reader) =>
        new(
            CoinbaseInfo.Read(ref reader),
            reader.ReadPrependSignature(),
            FeesTarget.Read(ref reader),
            reader.ReadPresent() ? reader.ReadPlainSignature() : null,
            reader.ReadBytes32(),
            reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        Coinbase.Write(writer);
        writer.WriteBytes96(CoinbaseSignature);
        FeesTarget.Write(writer);
        writer.WritePresent(AggregatedSignature is not null);
        if (AggregatedSignature is { } signature)
            writer.WriteBytes96(signature);
        writer.WriteBytes32(SolutionsGenerator);
        writer.WriteUInt64(Cost);
    }
}
