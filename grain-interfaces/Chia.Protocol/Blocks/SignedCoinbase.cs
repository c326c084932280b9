using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A coinbase with the pool's signature; 140 bytes (PROTOCOL.md 8.7).</summary>
/// <param name="Coinbase">The reward.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key.</param>
public sealed record SignedCoinbase(CoinbaseInfo Coinbase, Bytes96 CoinbaseSignature) : IStreamable<SignedCoinbase>
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
