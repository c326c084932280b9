using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The first message of both sides: who they are (PROTOCOL.md 4.2).</summary>
/// <param name="NetworkId">The network, by name; the reference does not compare it.</param>
/// <param name="Version">Protocol version; compared for exact equality once both acks are through.</param>
/// <param name="NodeId">Random per process; proves nothing.</param>
/// <param name="ServerPort">TCP port on which the sender listens; 0 if it does not.</param>
/// <param name="NodeType">The sender's role.</param>
internal sealed record HandshakeMessage(string NetworkId, string Version, Bytes32 NodeId, ushort ServerPort, Role NodeType) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "handshake";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HandshakeMessage, string>("network_id", WireTypes.Text, m => m.NetworkId),
        new Field<HandshakeMessage, string>("version", WireTypes.Text, m => m.Version),
        new Field<HandshakeMessage, Bytes32>("node_id", WireTypes.B32, m => m.NodeId),
        new Field<HandshakeMessage, ushort>("server_port", WireTypes.U16, m => m.ServerPort),
        new Field<HandshakeMessage, Role>("node_type", WireTypes.Role, m => m.NodeType),
        (networkId, version, nodeId, serverPort, nodeType) => new(networkId, version, nodeId, serverPort, nodeType));
}

/// <summary>The second message of both sides: the handshake was accepted (PROTOCOL.md 4.2).</summary>
internal sealed record HandshakeAckMessage : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "handshake_ack";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(Name, () => new HandshakeAckMessage());
}
