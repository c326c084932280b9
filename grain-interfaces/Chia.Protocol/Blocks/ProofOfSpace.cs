using System.Security.Cryptography;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>Proof that a plot holds an answer to a challenge; 133 + 8·k bytes (CONSENSUS.md 3, POSPACE.md).</summary>
/// <param name="ChallengeHash">The challenge it answers: the challenge hash of the previous block.</param>
/// <param name="PoolPublicKey">Key that signs the coinbase.</param>
/// <param name="PlotPublicKey">Key that signs the header data.</param>
/// <param name="Size">k.</param>
/// <param name="Proof">64 values of k bits: 8·k bytes.</param>
public sealed record ProofOfSpace(
    Bytes32 ChallengeHash,
    Bytes48 PoolPublicKey,
    Bytes48 PlotPublicKey,
    byte Size,
    ByteString Proof) : IStreamable<ProofOfSpace>
{
    /// <summary>The plot seed, also called plot id: H(pool key ‖ plot key).</summary>
    public Bytes32 PlotId()
    {
        Span<byte> keys = stackalloc byte[2 * Bytes48.Size];
        PoolPublicKey.Span.CopyTo(keys);
        PlotPublicKey.Span.CopyTo(keys[Bytes48.Size..]);
        return new Bytes32(SHA256.HashData(keys));
    }

    /// <inheritdoc/>
    public static ProofOfSpace Read(ref StreamableReader reader) =>
        new(reader.ReadBytes32(), reader.ReadPublicKey(), reader.ReadPublicKey(), reader.ReadUInt8(), reader.ReadByteList());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes32(ChallengeHash);
        writer.WriteBytes48(PoolPublicKey);
        writer.WriteBytes48(PlotPublicKey);
        writer.WriteUInt8(Size);
        writer.WriteByteList(Proof);
    }
}
