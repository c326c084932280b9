using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>The block reward; 44 bytes (CONSENSUS.md 3).</summary>
/// <param name="Height">Height of the block that carries it: the height of a full block.</param>
/// <param name="Amount">Reward; CONSENSUS.md 6.</param>
/// <param name="PuzzleHash">Where it goes.</param>
public sealed record CoinbaseInfo(uint Height, ulong Amount, Bytes32 PuzzleHash) : IStreamable<CoinbaseInfo>
{
    /// <inheritdoc/>
    public static CoinbaseInfo Read(ref StreamableReader reader) =>
        new(reader.ReadUInt32(), reader.ReadUInt64(), reader.ReadBytes32());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteUInt32(Height);
        writer.WriteUInt64(Amount);
        writer.WriteBytes32(PuzzleHash);
    }
}

/// <summary>A coinbase with the pool's signature; 140 bytes (PROTOCOL.md 8.7).</summary>
/// <param name="Coinbase">The reward.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key.</param>
internal sealed record SignedCoinbase(CoinbaseInfo Coinbase, Bytes96 CoinbaseSignature) : IStreamable<SignedCoinbase>
{
    /// <inheritdoc/>
    public static SignedCoinbase Read(ref StreamableReader reader) =>
        new(CoinbaseInfo.Read(ref reader), reader.ReadPrependSignature());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        Coinbase.Write(writer);
        writer.WriteBytes96(CoinbaseSignature);
    }
}

/// <summary>Where the fees go; 40 bytes (CONSENSUS.md 3). Not checked by consensus.</summary>
/// <param name="PuzzleHash">Target.</param>
/// <param name="Amount">Sum of fees.</param>
public sealed record FeesTarget(Bytes32 PuzzleHash, ulong Amount) : IStreamable<FeesTarget>
{
    /// <inheritdoc/>
    public static FeesTarget Read(ref StreamableReader reader) => new(reader.ReadBytes32(), reader.ReadUInt64());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes32(PuzzleHash);
        writer.WriteUInt64(Amount);
    }
}
