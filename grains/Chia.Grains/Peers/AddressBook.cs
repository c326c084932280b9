using System.Net;
using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Peers;

/// <summary>Known full nodes: bounded, without duplicates, each with the time it was last heard of and last reached (PROTOCOL.md 7.2).</summary>
internal sealed class AddressBook
{
    /// <summary>Far more than an introducer hands out (20 at a time); about 100 kB.</summary>
    public const int Capacity = 1000;

    /// <summary>As many as one address may have connections (GatewayLimits.MaxInboundPerAddress); on loopback, where whole networks live, there is no limit.</summary>
    private const int CapacityPerHost = 8;

    private readonly Dictionary<PeerEndpoint, Entry> _entries = [];

    /// <summary>Everything known.</summary>
    public IEnumerable<KnownPeer> All => _entries.Select(e => new KnownPeer(e.Key, e.Value.Heard, e.Value.Reached));

    /// <summary>
    /// Notes an address. Those never reached make room before those that were, the ones heard of longest ago first: nobody can announce or tell
    /// the living out of the book.
    /// </summary>
    public void Add(PeerEndpoint peer, DateTimeOffset now)
    {
        if (peer.Port == 0)
            return;
        if (_entries.TryGetValue(peer, out var entry))
        {
            _entries[peer] = entry with { Heard = now };
            return;
        }

        var sameHost = IsLoopback(peer) ? [] : _entries.Where(e => e.Key.Host == peer.Host).ToList();
        if (sameHost.Count >= CapacityPerHost)
            _entries.Remove(LeastWanted(sameHost));
        else if (_entries.Count >= Capacity)
            _entries.Remove(LeastWanted(_entries));
        _entries[peer] = new Entry(now, null);
    }

    /// <summary>Notes that an address answered.</summary>
    public void Reached(PeerEndpoint peer, DateTimeOffset now)
    {
        Add(peer, now);
        if (_entries.TryGetValue(peer, out var entry))
            _entries[peer] = entry with { Reached = now };
    }

    /// <summary>Forgets an address.</summary>
    public void Remove(PeerEndpoint peer) => _entries.Remove(peer);

    /// <summary>Puts a stored entry back.</summary>
    public void Restore(KnownPeer peer) => _entries[peer.Endpoint] = new Entry(peer.Heard, peer.Reached);

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago, latest first.</summary>
    public IEnumerable<KnownPeer> Recent(TimeSpan threshold, DateTimeOffset now) =>
        All.Where(e => now - e.Heard < threshold).OrderByDescending(e => e.Reached ?? DateTimeOffset.MinValue);

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago that were not reached within <paramref name="interval"/>: those never reached first.</summary>
    public IEnumerable<PeerEndpoint> Unvetted(TimeSpan threshold, TimeSpan interval, DateTimeOffset now) =>
        _entries.Where(e => now - e.Value.Heard < threshold && (e.Value.Reached is not { } reached || now - reached > interval))
            .OrderBy(e => e.Value.Reached ?? DateTimeOffset.MinValue)
            .Select(e => e.Key);

    /// <summary>Host syntax: an address or a DNS name of printable ASCII.</summary>
    public static bool IsUsable(PeerEndpoint peer) =>
        peer.Port != 0
        && System.Text.Ascii.IsValid(peer.Host)
        && (IPAddress.TryParse(peer.Host, out _) || Uri.CheckHostName(peer.Host) == UriHostNameType.Dns);

    /// <summary>An address on the machine itself.</summary>
    public static bool IsLoopback(PeerEndpoint peer) => IPAddress.TryParse(peer.Host, out var address) && IPAddress.IsLoopback(address);

    private static PeerEndpoint LeastWanted(IEnumerable<KeyValuePair<PeerEndpoint, Entry>> entries) =>
        entries.MinBy(e => (e.Value.Reached is not null, e.Value.Heard)).Key;

    private readonly record struct Entry(DateTimeOffset Heard, DateTimeOffset? Reached);
}
