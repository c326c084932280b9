using Chia.Grains.Work;
using Chia.Protocol.Addresses;

namespace Chia.Grains.Peers;

/// <summary>An address and how long ago things happened to it.</summary>
/// <param name="Address">Where.</param>
/// <param name="Heard">When it was last told or connected.</param>
/// <param name="Reached">When it was last reached from here; null if never.</param>
internal readonly record struct BookEntry(PeerAddress Address, TimeSpan Heard, TimeSpan? Reached);

/// <summary>
/// Known full nodes: bounded, one spelling each, with the time each was last heard of and last reached (PROTOCOL.md 7.2, DECISIONS 21).
/// Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class AddressBook
{
    /// <summary>Far more than an introducer hands out (20 at a time); about 100 kB.</summary>
    public const int Capacity = 1000;

    /// <summary>As many as one subscriber may have connections (GatewayLimits.MaxInboundPerSubscriber); on loopback, where whole networks
    /// live, there is no limit.</summary>
    private const int CapacityPerSubscriber = 8;

    private readonly Dictionary<PeerAddress, BookEntry> _entries = [];

    /// <summary>Nobody is known, as at a first start.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Everything known.</summary>
    public IEnumerable<BookEntry> All => _entries.Values;

    /// <summary>
    /// Notes an address. Those never reached make room before those that were, the ones heard of longest ago first: nobody can announce or
    /// tell the living out of the book.
    /// </summary>
    public void Add(PeerAddress peer, TimeSpan now)
    {
        if (_entries.TryGetValue(peer, out var entry))
        {
            _entries[peer] = entry with { Heard = now };
            return;
        }

        MakeRoom(peer);
        _entries[peer] = new BookEntry(peer, now, null);
    }

    /// <summary>Notes that an address answered.</summary>
    public void Reached(PeerAddress peer, TimeSpan now)
    {
        Add(peer, now);
        _entries[peer] = _entries[peer] with { Reached = now };
    }

    /// <summary>Forgets an address.</summary>
    public void Remove(PeerAddress peer) => _entries.Remove(peer);

    /// <summary>Forgets what a predicate says.</summary>
    public void RemoveAll(Func<PeerAddress, bool> isUnwanted)
    {
        foreach (var peer in _entries.Keys.Where(isUnwanted).ToList())
            _entries.Remove(peer);
    }

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago, those reached latest first.</summary>
    public IEnumerable<BookEntry> Recent(TimeSpan threshold, TimeSpan now) =>
        _entries.Values.Where(e => now - e.Heard < threshold).OrderByDescending(e => e.Reached ?? TimeSpan.MinValue);

    /// <summary>Addresses heard of less than <paramref name="threshold"/> ago that were not reached within <paramref name="interval"/>:
    /// those never reached first.</summary>
    public IEnumerable<PeerAddress> Unvetted(TimeSpan threshold, TimeSpan interval, TimeSpan now) =>
        _entries.Values.Where(e => now - e.Heard < threshold && (e.Reached is not { } reached || now - reached > interval))
            .OrderBy(e => e.Reached ?? TimeSpan.MinValue)
            .Select(e => e.Address);

    /// <summary>The book as it is kept, in the time of day.</summary>
    public List<KnownPeer> Save(TimeSpan now, DateTimeOffset timeOfDay) =>
        [.. _entries.Values.Select(
            e => new KnownPeer(
            StoredAddress.Of(e.Address), timeOfDay - (now - e.Heard), e.Reached is { } at ? timeOfDay - (now - at) : null))];

    /// <summary>Puts kept entries back, those that are any. What seems to come from the future is as old as the newest can be.</summary>
    public void Restore(IEnumerable<KnownPeer> peers, TimeSpan now, DateTimeOffset timeOfDay)
    {
        foreach (var peer in peers.Where(peer => peer?.Endpoint?.Host is not null))
        {
            if (PeerAddress.TryOf(peer.Endpoint.Host, peer.Endpoint.Port, out var address) && _entries.Count < Capacity)
                _entries[address] = new BookEntry(address, Reading(peer.Heard), peer.Reached is { } at ? Reading(at) : null);
        }

        TimeSpan Reading(DateTimeOffset at) => now - (at < timeOfDay ? timeOfDay - at : TimeSpan.Zero);
    }

    private void MakeRoom(PeerAddress newcomer)
    {
        var neighbours = SourceOf(newcomer) is { } source ? _entries.Values.Where(e => SourceOf(e.Address) == source).ToList() : [];
        if (neighbours.Count >= CapacityPerSubscriber)
            _entries.Remove(LeastWanted(neighbours));
        else if (_entries.Count >= Capacity)
            _entries.Remove(LeastWanted(_entries.Values));
    }

    /// <summary>Whom an address counts for; null on loopback, where it says nothing.</summary>
    private static string? SourceOf(PeerAddress peer) => peer.Host.IsLoopback ? null : peer.Host.Subscriber.Text;

    private static PeerAddress LeastWanted(IEnumerable<BookEntry> entries) => entries.MinBy(e => (e.Reached is not null, e.Heard)).Address;
}
