using Chia.Protocol.Addresses;

namespace Chia.GrainInterfaces.Surrogates;

/// <summary>A canonical host as the Orleans serializer writes it.</summary>
[GenerateSerializer, Immutable, Alias("chia.PeerHost")]
internal struct PeerHostSurrogate
{
    /// <summary>The canonical spelling; empty for no host.</summary>
    [Id(0)]
    public string Text;
}

/// <summary>Lets <see cref="PeerHost"/> cross processes.</summary>
[RegisterConverter]
internal sealed class PeerHostConverter : IConverter<PeerHost, PeerHostSurrogate>
{
    public PeerHost ConvertFromSurrogate(in PeerHostSurrogate surrogate) =>
        PeerHost.TryParse(surrogate.Text, out var host) ? host : default;

    public PeerHostSurrogate ConvertToSurrogate(in PeerHost value) => new() { Text = value.ToString() };
}
