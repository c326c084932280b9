namespace Chia.Protocol.Streamable;

/// <summary>A structure with a consensus serialisation: its fields in declaration order (CONSENSUS.md 2.1).</summary>
/// <typeparam name="TSelf">The structure itself.</typeparam>
public interface IStreamable<TSelf>
    where TSelf : IStreamable<TSelf>
{
    /// <summary>Reads the fields; errors stick to the reader.</summary>
    static abstract TSelf Read(ref StreamableReader reader);

    /// <summary>Writes the fields.</summary>
    void Write(StreamableWriter writer);
}
