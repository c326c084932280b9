using Chia.Protocol.Primitives;

namespace Chia.Sync.Peers;

/// <summary>The connected full nodes, in order of arrival, and the choice among them.</summary>
internal sealed class PeerTable(SyncOptions options, Random random)
{
    /// <summary>Assumed answer time of a peer that was never measured.</summary>
    private static readonly TimeSpan UnknownLatency = TimeSpan.FromSeconds(1);

    private readonly List<PeerState> _peers = [];

    /// <summary>All connected peers.</summary>
    public IReadOnlyList<PeerState> All => _peers;

    /// <summary>The peer, if it is connected.</summary>
    public PeerState? Find(ConnectionId id)
    {
        foreach (var peer in _peers)
        {
            if (peer.Id == id)
                return peer;
        }

        return null;
    }

    /// <summary>The peer, added if it is new.</summary>
    public PeerState Add(ConnectionId id)
    {
        if (Find(id) is { } known)
            return known;
        var peer = new PeerState(id);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Forgets a peer.</summary>
    public void Remove(ConnectionId id) => _peers.RemoveAll(p => p.Id == id);

    /// <summary>Forgets what concerned the previous target.</summary>
    public void ForgetTarget()
    {
        foreach (var peer in _peers)
            peer.ForgetTarget();
    }

    /// <summary>True if no connected peer is left whose tips could still be collected.</summary>
    public bool AllAnnounced()
    {
        foreach (var peer in _peers)
        {
            if (!peer.HasAnnounced && !peer.Excluded)
                return false;
        }

        return _peers.Count > 0;
    }

    /// <summary>Ends silence: those who were silent may be asked once more.</summary>
    public bool ForgiveSilence()
    {
        var any = false;
        foreach (var peer in _peers)
        {
            if (!peer.Silent)
                continue;
            any |= !peer.Excluded;
            peer.Silent = false;
            peer.ListsLeft = 0;
        }

        return any;
    }

    /// <summary>
    /// Peers that may be asked for something of the target now, best first: those that have it before those that only might, then by
    /// expected time to the answer, then by lot (a fixed order would load the first of equals).
    /// </summary>
    public List<PeerState> Candidates(Bytes32 target, TimeSpan now)
    {
        var usable = new List<(PeerState Peer, bool Has, double Wait, int Lot)>();
        foreach (var peer in _peers)
        {
            var has = peer.Has(target);
            var free = peer.Overdue == 0 && peer.Open < (has ? options.RequestsPerPeer : 1);
            if (free && peer is { Excluded: false, Silent: false, Contradicts: false } && peer.AskedBefore.HasRoom(isGuess: !has, now))
                usable.Add((peer, has, (peer.Open + 1) * (peer.Latency ?? UnknownLatency).TotalSeconds, random.Next()));
        }

        usable.Sort((a, b) => (!a.Has, a.Wait, a.Lot).CompareTo((!b.Has, b.Wait, b.Lot)));
        return usable.ConvertAll(u => u.Peer);
    }
}
