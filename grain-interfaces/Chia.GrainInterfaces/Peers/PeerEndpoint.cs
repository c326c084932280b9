using Chia.Protocol.Blocks;

namespace Chia.GrainInterfaces.Peers;

/// <summary>An address that can be dialled.</summary>
/// <param name="Host">Host name or address, ASCII.</param>
/// <param name="Port">TCP port.</param>
[GenerateSerializer, Immutable, Alias("chia.PeerEndpoint")]
public sealed record PeerEndpoint(string Host, ushort Port)
{
    /// <summary>From the wire's form.</summary>
    public static PeerEndpoint Of(PeerInfo info) => new(info.Host, info.Port);

    /// <summary>To the wire's form.</summary>
    public PeerInfo ToPeerInfo() => new(Host, Port);

    /// <summary>host:port, with brackets around an IPv6 address.</summary>
    public override string ToString() => ToPeerInfo().ToString();
}
