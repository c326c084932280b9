using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

/// <summary>How a connection ended.</summary>
/// <param name="WasEstablished">The handshake had been done.</param>
/// <param name="Failure">Why the handshake failed; null if it did not.</param>
/// <param name="PeerNodeId">The peer's node id, if it told one.</param>
/// <param name="Reason">One line for the log.</param>
internal sealed record LinkEnd(bool WasEstablished, HandshakeFailure? Failure, Bytes32? PeerNodeId, string Reason);
