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
