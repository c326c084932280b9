using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Surrogates;

/// <summary>A connection's name as the Orleans serializer writes it.</summary>
[GenerateSerializer, Immutable, Alias("chia.ConnectionId")]
internal struct ConnectionIdSurrogate
{
    /// <summary>The name; empty for none.</summary>
    [Id(0)]
    public string Text;
}

/// <summary>Lets <see cref="ConnectionId"/> cross processes.</summary>
[RegisterConverter]
internal sealed class ConnectionIdConverter : IConverter<ConnectionId, ConnectionIdSurrogate>
{
    public ConnectionId ConvertFromSurrogate(in ConnectionIdSurrogate surrogate) =>
        ConnectionId.TryParse(surrogate.Text, out var id) ? id : default;

    public ConnectionIdSurrogate ConvertToSurrogate(in ConnectionId value) => new() { Text = value.ToString() };
}
