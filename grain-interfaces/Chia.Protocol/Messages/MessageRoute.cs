using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A direction that a message may take.</summary>
/// <param name="Sender">Role of the peer that sends it.</param>
/// <param name="Receiver">Role of the peer that handles it.</param>
public readonly record struct MessageRoute(NodeType Sender, NodeType Receiver);
