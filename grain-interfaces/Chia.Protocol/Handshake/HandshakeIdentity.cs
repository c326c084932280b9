using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Handshake;

/// <summary>What one side of a connection says about itself (PROTOCOL.md 4.2).</summary>
/// <param name="NetworkId">Name of the network.</param>
/// <param name="Version">Protocol version.</param>
/// <param name="NodeId">Drawn at random once per process (PROTOCOL.md 4.1).</param>
/// <param name="ServerPort">TCP port on which it listens; 0 if it does not.</param>
/// <param name="Role">Role.</param>
public sealed record HandshakeIdentity(string NetworkId, string Version, Bytes32 NodeId, ushort ServerPort, Role Role)
{
    /// <summary>What a peer's handshake says.</summary>
    internal static HandshakeIdentity Of(HandshakeMessage message) =>
        new(message.NetworkId, message.Version, message.NodeId, message.ServerPort, message.NodeType);

    /// <summary>The handshake that says it.</summary>
    internal HandshakeMessage ToMessage() => new(NetworkId, Version, NodeId, ServerPort, Role);
}

/// <summary>What we insist on beyond the reference.</summary>
/// <param name="AcceptAnyNetworkId">Accept peers that announce another network, as the reference does (DECISIONS 7).</param>
public sealed record HandshakePolicy(bool AcceptAnyNetworkId = false);
