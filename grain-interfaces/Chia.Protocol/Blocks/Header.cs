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
