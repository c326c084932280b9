using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;

namespace Chia.Gateway.Connections;

/// <summary>How a connection ended.</summary>
/// <param name="WasEstablished">The handshake had been done.</param>
/// <param name="Failure">Why the handshake failed; null if it did not.</param>
/// <param name="Reason">Why the connection ended; meaningless if the handshake failed.</param>
/// <param name="Detail">What exactly was wrong, for the log; empty if the reason says it all.</param>
internal sealed record LinkEnd(bool WasEstablished, HandshakeFailure? Failure, DisconnectReason Reason, string Detail = "")
{
    /// <summary>One line for the log.</summary>
    public string Describe() => Failure is not null || Detail.Length > 0 ? Detail : Reason.Describe();
}

/// <summary>How a connection came to be.</summary>
/// <param name="Dialled">The address we dialled; null if the peer dialled us.</param>
/// <param name="IsConfigured">The configuration names that address.</param>
/// <param name="AsksForPeers">It is a visit to the introducer: ask for peers first (PROTOCOL.md 4.5, hook 1).</param>
internal sealed record LinkOrigin(PeerAddress? Dialled, bool IsConfigured = false, bool AsksForPeers = false)
{
    public static LinkOrigin Accepted { get; } = new((PeerAddress?)null);
}
