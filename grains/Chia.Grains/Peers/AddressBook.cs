using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;

namespace Chia.Grains.Peers;

/// <summary>An address and how long ago things happened to it.</summary>
/// <param name="Endpoint">Where; its host in canonical spelling.</param>
/// <param name="Heard">When it was last told or connected.</param>
/// <param name="Reached">When it was last reached from here; null if never.</param>
internal readonly record struct BookEntry(PeerEndpoint Endpoint, TimeSpan Heard, TimeSpan? Reached);

/// <summary>
/// Known full nodes: bounded, one spelling each, with the time each was last heard of and last reached (PROTOCOL.md 7.2, DECISIONS 21).
/// Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class AddressBook
{
    /// <summary>Far more than an introducer hands out (20 at a time); about 100 kB.</summary>
    public const int Capacity = 1000;

    /// <summary>As many as one subscriber may have connections (GatewayLimits.MaxInboundPerSubscriber); on loopback, where whole networks live, there is no limit.</summary>
    private const int CapacityPerSubscriber = 8;

    private readonly Dictionary<PeerEndpoint, BookEntry> _entries = [];

    /// <summary>Everything known.</summary>
    public IEnumerable<BookEntry> All => _entries.Values;

    /// <summary>
    /// Notes an address. Those never reached make room before those that were, the ones heard of longest ago first: nobody can announce or tell
    /// the living out of the book.
    /// </summary>
    /// <returns>False if it is no address that could be dialled.</returns>
    public bool Add(PeerEndpoint peer, TimeSpan now)
    {
        if (Canonical(peer) is not { } endpoint)
            return false;
        if (_entries.TryGetValue(endpoint, out var entry))
        {
            _entries[endpoint] = entry with { Heard = now };
            return true;
        }

        MakeRoom(endpoint);
        _entries[endpoint] = new BookEntry(endpoint, now, null);
        return true;
    }

    /// <summary>Notes that an address answered.</summary>
    public void Reached(PeerEndpoint peer, TimeSpan now)
    {
        if (Add(peer, now))
        {
            var endpoint = Canonical(peer)!;
            _entries[endpoint] = _entries[endpoint] with { Reached = now };
        }
    }

    /// <summary>Forgets an address.</summary>
    public void Remove(PeerEndpoint peer) => _entries.Remove(Canonical(peer) ?? peer);

    /// <summary>Forgets what a predicate says.</summary>
    public void RemoveAll(Func<PeerEndpoint, bool> isUnwanted)
    {
        foreach (var endpoint in _entries.Keys.Where(isUnwanted).ToList())
            _entries.Remove(endpoint);
    }

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago, those reached latest first.</summary>
    public IEnumerable<BookEntry> Recent(TimeSpan threshold, TimeSpan now) =>
        _entries.Values.Where(e => now - e.Heard < threshold).OrderByDescending(e => e.Reached ?? TimeSpan.MinValue);

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago that were not reached within <paramref name="interval"/>: those never reached first.</summary>
    public IEnumerable<PeerEndpoint> Unvetted(TimeSpan threshold, TimeSpan interval, TimeSpan now) =>
        _entries.Values.Where(e => now - e.Heard < threshold && (e.Reached is not { } reached || now - reached > interval))
            .OrderBy(e => e.Reached ?? TimeSpan.MinValue)
            .Select(e => e.Endpoint);

    /// <summary>The book as it is kept, in the time of day.</summary>
    public List<KnownPeer> Save(TimeSpan now, DateTimeOffset timeOfDay) =>
        [.. _entries.Values.Select(e => new KnownPeer(e.Endpoint, timeOfDay - (now - e.Heard), e.Reached is { } at ? timeOfDay - (now - at) : null))];

    /// <summary>Puts kept entries back. What seems to come from the future is as old as the newest can be.</summary>
    public void Restore(IEnumerable<KnownPeer> peers, TimeSpan now, DateTimeOffset timeOfDay)
    {
        foreach (var peer in peers)
        {
            if (Canonical(peer.Endpoint) is { } endpoint && _entries.Count < Capacity)
                _entries[endpoint] = new BookEntry(endpoint, Reading(peer.Heard), peer.Reached is { } at ? Reading(at) : null);
        }

        TimeSpan Reading(DateTimeOffset at) => now - (at < timeOfDay ? timeOfDay - at : TimeSpan.Zero);
    }

    /// <summary>An endpoint in its one spelling; null if it cannot be dialled.</summary>
    public static PeerEndpoint? Canonical(PeerEndpoint peer) =>
        PeerAddress.TryOf(peer.Host, peer.Port, out var address) ? new PeerEndpoint(address.Host.ToString(), address.Port) : null;

    private void MakeRoom(PeerEndpoint newcomer)
    {
        var neighbours = SourceOf(newcomer) is { } source ? _entries.Values.Where(e => SourceOf(e.Endpoint) == source).ToList() : [];
        if (neighbours.Count >= CapacityPerSubscriber)
            _entries.Remove(LeastWanted(neighbours));
        else if (_entries.Count >= Capacity)
            _entries.Remove(LeastWanted(_entries.Values));
    }

    /// <summary>Whom an address counts for; null on loopback, where it says nothing.</summary>
    private static string? SourceOf(PeerEndpoint peer)
    {
        var host = PeerHost.Parse(peer.Host);
        return host.IsLoopback ? null : host.Subscriber.Text;
    }

    private static PeerEndpoint LeastWanted(IEnumerable<BookEntry> entries) => entries.MinBy(e => (e.Reached is not null, e.Heard)).Endpoint;
}
