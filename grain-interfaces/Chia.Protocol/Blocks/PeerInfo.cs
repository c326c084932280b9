using Chia.Protocol.Streamable;

namespace Chia.Protocol.Blocks;

/// <summary>Where a full node can be dialled (CONSENSUS.md 3).</summary>
/// <param name="Host">ASCII host name or address.</param>
/// <param name="Port">TCP port.</param>
public sealed record PeerInfo(string Host, ushort Port) : IStreamable<PeerInfo>
{
    /// <inheritdoc/>
    public static PeerInfo Read(ref StreamableReader reader) => new(reader.ReadText(), reader.ReadUInt16());

    /// <inheritdoc/>
    public void Write(StreamableWriter writer)
    {
        writer.WriteText(Host);
        writer.WriteUInt16(Port);
    }

    /// <summary>host:port, with brackets around an IPv6 address.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
