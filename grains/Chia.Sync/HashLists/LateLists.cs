using Chia.Protocol.Primitives;

namespace Chia.Sync.HashLists;

/// <summary>
/// Hash lists that are still to come for targets that another one overtook, and those of them that came: a long list on a slow line is not
/// asked for again and again, however often another target takes over meanwhile (DECISIONS 19).
/// </summary>
/// <param name="capacity">Hashes kept, of all lists together; the oldest lists make room.</param>
internal sealed class LateLists(int capacity)
{
    /// <summary>A few of each of 20 peers.</summary>
    private const int MostAwaited = 64;

    private readonly List<(Bytes32 Target, ConnectionId Peer)> _awaited = [];
    private readonly List<(Bytes32 Target, ConnectionId Peer, IReadOnlyList<Bytes32> Hashes)> _arrived = [];

    /// <summary>A list was asked for, and its target is given up for now.</summary>
    public void Await(Bytes32 target, ConnectionId peer)
    {
        if (_awaited.Contains((target, peer)))
            return;
        _awaited.Add((target, peer));
        if (_awaited.Count > MostAwaited)
            _awaited.RemoveAt(0);
    }

    /// <summary>Keeps a list that somebody still owed us. False if nobody did.</summary>
    public bool Arrived(ConnectionId peer, IReadOnlyList<Bytes32> hashes)
    {
        if (hashes.Count > capacity || !_awaited.Remove((hashes[^1], peer)))
            return false;
        _arrived.RemoveAll(a => a.Peer == peer);
        _arrived.Add((hashes[^1], peer, hashes));
        while (_arrived.Sum(a => a.Hashes.Count) > capacity)
            _arrived.RemoveAt(0);
        return true;
    }

    /// <summary>Its target is taken up again: whoever still owes a list need not be asked.</summary>
    public List<ConnectionId> Resume(Bytes32 target)
    {
        var peers = _awaited.FindAll(a => a.Target == target).ConvertAll(a => a.Peer);
        _awaited.RemoveAll(a => a.Target == target);
        return peers;
    }

    /// <summary>Takes out a list of this target; null if none came.</summary>
    public (ConnectionId Peer, IReadOnlyList<Bytes32> Hashes)? Take(Bytes32 target)
    {
        var at = _arrived.FindIndex(a => a.Target == target);
        if (at < 0)
            return null;
        var (_, peer, hashes) = _arrived[at];
        _arrived.RemoveAt(at);
        return (peer, hashes);
    }

    /// <summary>The peer is gone, or is believed nothing any more.</summary>
    public void Forget(ConnectionId peer)
    {
        _awaited.RemoveAll(a => a.Peer == peer);
        _arrived.RemoveAll(a => a.Peer == peer);
    }
}
