using System.Collections.Concurrent;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections.Entry;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

/// <summary>The connections of one gateway, whether established or shaking hands; who may have one.</summary>
internal sealed class LinkTable(GatewayOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ConnectionId, PeerLink> _links = new();

    public ICollection<PeerLink> All => _links.Values;

    /// <summary>Places of accepted connections.</summary>
    public InboundPlaces Places { get; } = new(options.Limits, options.Role, ConfiguredHosts(options), time);

    /// <summary>Who is turned away at the door.</summary>
    public BanList Bans { get; } = new(time);

    public void Add(PeerLink link)
    {
        if (_links.TryAdd(link.ConnectionId, link))
            GatewayMeter.Begun(options.Role);
    }

    public void Remove(PeerLink link)
    {
        if (_links.TryRemove(link.ConnectionId, out _))
            GatewayMeter.Ended(options.Role);
    }

    /// <summary>Established links to peers of a role.</summary>
    public IEnumerable<PeerLink> Established(Role role)
    {
        foreach (var (_, link) in _links)
        {
            if (link.Connection?.PeerRole == role && link.IsEstablished)
                yield return link;
        }
    }

    /// <summary>The same peer is connected, or its handshake is under way: its node id alone is only a word (DECISIONS 20).</summary>
    /// <param name="seen">What is known of the peer.</param>
    /// <param name="besides">A link that does not count; null for none.</param>
    public bool HasPeer(PeerConnection seen, PeerLink? besides = null)
    {
        foreach (var (_, link) in _links)
        {
            if (link != besides && link.Connection is { } c
                && c.PeerNodeId == seen.PeerNodeId && c.RemoteHost == seen.RemoteHost && c.AnnouncedPort == seen.AnnouncedPort)
                return true;
        }

        return false;
    }

    /// <summary>
    /// We hold a connection that the configuration asks for, to a peer of this node id: of a node with several gateways, all of which the
    /// configuration names, one is enough. An id is only a word: this says why a peer hung up, and keeps nobody out.
    /// </summary>
    /// <param name="nodeId">What the gateways of a node have in common.</param>
    /// <param name="besides">A link that does not count; null for none.</param>
    public bool HasGatewayOf(Bytes32 nodeId, PeerLink? besides = null)
    {
        foreach (var (_, link) in _links)
        {
            if (link != besides && link.IsEstablished && link.Connection is { IsConfigured: true } c && c.PeerNodeId == nodeId)
                return true;
        }

        return false;
    }

    /// <summary>Somebody who says to listen at this address is connected, or his handshake is under way. Names are not resolved: nobody
    /// listens there.</summary>
    public bool HasPeerAt(PeerAddress target)
    {
        foreach (var (_, link) in _links)
        {
            if (link.Connection is { } c && c.AnnouncedPort == target.Port && c.RemoteHost == target.Host.ToString())
                return true;
        }

        return false;
    }

    private static HashSet<PeerHost> ConfiguredHosts(GatewayOptions options) =>
        [.. options.ConfiguredPeers.Select(peer => peer.Host).Where(host => !host.IsName)];
}
