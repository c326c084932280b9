using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Surrogates;

/// <summary>A node's name as the Orleans serializer writes it.</summary>
[GenerateSerializer, Immutable, Alias("chia.NodeName")]
internal struct NodeNameSurrogate
{
    /// <summary>The name; empty for none.</summary>
    [Id(0)]
    public string Text;
}

/// <summary>Lets <see cref="NodeName"/> cross processes.</summary>
[RegisterConverter]
internal sealed class NodeNameConverter : IConverter<NodeName, NodeNameSurrogate>
{
    public NodeName ConvertFromSurrogate(in NodeNameSurrogate surrogate) =>
        NodeName.TryParse(surrogate.Text, out var name) ? name : default;

    public NodeNameSurrogate ConvertToSurrogate(in NodeName value) => new() { Text = value.ToString() };
}
