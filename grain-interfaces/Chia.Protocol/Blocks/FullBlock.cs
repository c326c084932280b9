using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A whole block; about 2 kB (CONSENSUS.md 3).</summary>
/// <param name="HeaderBlock">Proofs, challenge and header.</param>
/// <param name="Body">Coinbase and the rest.</param>
public sealed record FullBlock(HeaderBlock HeaderBlock, Body Body) : IStreamable<FullBlock>
{
    /// <summary>Largest encoding that can be valid: a witness of type 255 and a proof of k = 59 in the largest frame of fields.</summary>
    public const int MaxSize = 133 + (8 * 59) + 1 + 303 + StreamableReader.MaxByteListLength + 1 + 116 + 264 + 317;

    /// <summary>Height as a full block tells it: the coinbase's. Before validation it may differ from the challenge's
    /// (CONSENSUS.md 18.10).</summary>
    public uint Height => Body.Coinbase.Height;

    /// <summary>The claimed total weight, 0 if the challenge is absent.</summary>
    public ulong Weight => HeaderBlock.Challenge?.TotalWeight ?? 0;

    /// <summary>Block id of the previous block.</summary>
    public Bytes32 PrevHeaderHash => HeaderBlock.PrevHeaderHash;

    /// <summary>The block id: H(ser(header)). Computed at each call.</summary>
    public Bytes32 HeaderHash() => HeaderBlock.HeaderHash();

    /// <inheritdoc/>
    public static FullBlock Read(ref StreamableReader reader) => new(HeaderBlock.Read(ref reader), Body.Read(ref reader));

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        HeaderBlock.Write(writer);
        Body.Write(writer);
    }
}
