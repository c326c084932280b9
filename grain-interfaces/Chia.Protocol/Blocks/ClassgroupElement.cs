using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>A binary quadratic form (a, b) as it travels: two int1024, 258 bytes (CONSENSUS.md 3). It need not be reduced.</summary>
/// <param name="A">129 bytes, two's complement, big-endian.</param>
/// <param name="B">129 bytes, two's complement, big-endian.</param>
public sealed record ClassgroupElement(ByteString A, ByteString B) : IStreamable<ClassgroupElement>
{
    /// <summary>Bytes of an int1024.</summary>
    public const int NumberSize = 129;

    /// <inheritdoc/>
    public static ClassgroupElement Read(ref StreamableReader reader) =>
        new(reader.ReadBytes(NumberSize), reader.ReadBytes(NumberSize));

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteBytes(A.Span);
        writer.WriteBytes(B.Span);
    }
}
