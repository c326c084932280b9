using Chia.Protocol.Addresses;

namespace Chia.GrainInterfaces.Surrogates;

/// <summary>A canonical address as the Orleans serializer writes it.</summary>
[GenerateSerializer, Immutable, Alias("chia.PeerAddress")]
internal struct PeerAddressSurrogate
{
    /// <summary>The canonical host; empty for no address.</summary>
    [Id(0)]
    public string Host;

    /// <summary>The port; 0 for no address.</summary>
    [Id(1)]
    public ushort Port;
}

/// <summary>Lets <see cref="PeerAddress"/> cross processes.</summary>
[RegisterConverter]
internal sealed class PeerAddressConverter : IConverter<PeerAddress, PeerAddressSurrogate>
{
    public PeerAddress ConvertFromSurrogate(in PeerAddressSurrogate surrogate) =>
        PeerAddress.TryOf(surrogate.Host, surrogate.Port, out var address) ? address : default;

    public PeerAddressSurrogate ConvertToSurrogate(in PeerAddress value) => new() { Host = value.Host.ToString(), Port = value.Port };
}
