using System.Collections.Concurrent;
using Chia.Gateway.Configuration;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections;

/// <summary>The connections of one gateway, in handshake or established, and the rules of who may have one.</summary>
internal sealed class LinkTable(GatewayOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ConnectionId, PeerLink> _links = new();

    public ICollection<PeerLink> All => _links.Values;

    /// <summary>Places of accepted connections.</summary>
    public InboundPlaces Places { get; } = new(options.Limits, options.Role, ConfiguredHosts(options), time);

    /// <summary>Who is refused when it connects.</summary>
    public BanList Bans { get; } = new(time);

    public void Add(PeerLink link) => _links[link.ConnectionId] = link;

    public void Remove(PeerLink link) => _links.TryRemove(link.ConnectionId, out _);

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
    /// True if somebody who says that it listens at this address is connected, or in its handshake. Names are not resolved: nobody
    /// listens at a name.
    /// </summary>
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
