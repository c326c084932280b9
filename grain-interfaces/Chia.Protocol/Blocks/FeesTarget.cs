using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

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
