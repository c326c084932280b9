using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A structure without fields; 0 bytes (CONSENSUS.md 3).</summary>
internal sealed record Transaction : IStreamable<Transaction>
{
    /// <inheritdoc/>
    public static Transaction Read(ref StreamableReader reader) => new();

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
    }
}
