using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;

namespace Chia.Gateway.Connections;

/// <summary>How a connection came to be.</summary>
/// <param name="Dialled">The address we dialled; null if the peer dialled us.</param>
/// <param name="IsConfigured">The configuration names that address.</param>
/// <param name="AsksForPeers">It is a visit to the introducer: ask for peers first (PROTOCOL.md 4.5, hook 1).</param>
internal sealed record LinkOrigin(PeerAddress? Dialled, bool IsConfigured = false, bool AsksForPeers = false)
{
    public static LinkOrigin Accepted { get; } = new((PeerAddress?)null);
}
