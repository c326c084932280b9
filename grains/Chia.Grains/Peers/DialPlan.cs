using Chia.Grains.Work;
using Chia.Protocol.Addresses;

namespace Chia.Grains.Peers;

/// <summary>
/// Whom to dial, and whom not: nobody twice at once, nobody banned, never ourselves, nobody on another's word at an address that leads
/// nowhere or back into our own machine (PROTOCOL.md 11.14, DECISIONS 21). Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class DialPlan(PeerDirectoryOptions options, AddressBook book, Reputation reputation)
{
    /// <summary>An address that failed is not tried again for this long.</summary>
    private static readonly TimeSpan RedialPause = TimeSpan.FromSeconds(60);

    private readonly Dictionary<PeerAddress, TimeSpan> _dialled = [];
    private readonly HashSet<PeerAddress> _ourselves = [];
    private readonly HashSet<PeerAddress> _kept = [];

    /// <summary>Peers that the operator wants kept connected, beside those of the configuration.</summary>
    public IReadOnlyCollection<PeerAddress> Kept => _kept;

    /// <summary>The operator wants a peer kept connected.</summary>
    public void Keep(PeerAddress peer) => _kept.Add(peer);

    /// <summary>The operator does not want it any more. False if nobody did.</summary>
    public bool Release(PeerAddress peer) => _kept.Remove(peer);

    /// <summary>How many full nodes are missing to the target (PROTOCOL.md 7.3).</summary>
    /// <param name="connected">Addresses of the established connections; a peer that cannot be dialled does not count.</param>
    public int Missing(IEnumerable<PeerAddress> connected) => Math.Max(0, options.TargetPeerCount - connected.Count());

    /// <summary>Takes addresses that somebody told into the book, if they may be dialled on his word.</summary>
    /// <param name="peers">The addresses, or names to be resolved before they are dialled.</param>
    /// <param name="toldBy">Who told them.</param>
    /// <param name="now">The time.</param>
    public void Learn(IEnumerable<PeerAddress> peers, string toldBy, TimeSpan now)
    {
        foreach (var peer in peers)
        {
            if (!_ourselves.Contains(peer) && MayBeTold(peer.Host, toldBy))
                book.Add(peer, now);
        }
    }

    /// <summary>Full nodes worth dialling now.</summary>
    /// <param name="connected">Those that need not be.</param>
    /// <param name="missing">At most so many.</param>
    /// <param name="now">The time.</param>
    public PeerAddress[] Candidates(IEnumerable<PeerAddress> connected, int missing, TimeSpan now)
    {
        var known = connected.ToHashSet();
        PeerAddress[] candidates =
        [
            .. book.Recent(options.RecentPeerThreshold, now)
                .Select(entry => entry.Address)
                .Where(peer => !known.Contains(peer) && MayDial(peer, now) && !reputation.IsBanned(peer, now))
                .Take(missing),
        ];
        NoteDialled(candidates, now);
        return candidates;
    }

    /// <summary>Addresses to try out, for an introducer: heard of but not reached from here for a while (DECISIONS 14).</summary>
    public PeerAddress[] VettingCandidates(int maximum, TimeSpan now)
    {
        PeerAddress[] candidates =
        [
            .. book.Unvetted(options.RecentPeerThreshold, options.VettingInterval, now).Where(peer => MayDial(peer, now)).Take(maximum),
        ];
        NoteDialled(candidates, now);
        return candidates;
    }

    /// <summary>An address answered: it need not wait for its next dial.</summary>
    public void Reached(PeerAddress peer) => _dialled.Remove(peer);

    /// <summary>An address turned out to be ourselves: it leaves the book for good.</summary>
    public void IsOurselves(PeerAddress peer)
    {
        // Whoever sends our own node id back gets here too: the book's bound is enough for us.
        if (_ourselves.Count >= AddressBook.Capacity)
            _ourselves.Clear();
        _ourselves.Add(peer);
        book.Remove(peer);
    }

    /// <summary>Names are judged when they have been resolved.</summary>
    private bool MayBeTold(PeerHost told, string toldBy) =>
        told.IsPublic
        || told.Scope == options.ListensWithin
        || (told.Scope == AddressScope.Private
            && PeerHost.TryParse(toldBy, out var teller) && teller.Scope is AddressScope.Private or AddressScope.Loopback);

    private bool MayDial(PeerAddress peer, TimeSpan now) =>
        !_ourselves.Contains(peer) && (!_dialled.TryGetValue(peer, out var at) || now - at > RedialPause);

    private void NoteDialled(PeerAddress[] peers, TimeSpan now)
    {
        foreach (var (old, at) in _dialled)
        {
            if (now - at > RedialPause)
                _dialled.Remove(old);
        }

        foreach (var peer in peers)
            _dialled[peer] = now;
    }
}
