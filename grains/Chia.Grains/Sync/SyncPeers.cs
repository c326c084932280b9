using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Sync;

/// <summary>
/// The connected full nodes, as the sync grain knows them. The full node tells of each that comes and goes; a new activation, which was
/// told of none of those that were connected before, also learns them from the peer directory.
/// </summary>
internal sealed class SyncPeers
{
    /// <summary>Peers named in one log line.</summary>
    private const int MostNamed = 5;

    private readonly Dictionary<ConnectionId, PeerConnection> _connected = [];
    private HashSet<ConnectionId>? _goneWhileAsking;

    /// <summary>A peer is connected.</summary>
    public void Add(PeerConnection peer) => _connected[peer.ConnectionId] = peer;

    /// <summary>A peer is gone.</summary>
    public void Remove(ConnectionId peer)
    {
        _connected.Remove(peer);
        _goneWhileAsking?.Add(peer);
    }

    /// <summary>True if the peer is connected.</summary>
    public bool Contains(ConnectionId peer) => _connected.ContainsKey(peer);

    /// <summary>The connection of a peer; null if it is gone.</summary>
    public PeerConnection? Find(ConnectionId peer) => _connected.GetValueOrDefault(peer);

    /// <summary>Asks the directory who is connected; one question at a time.</summary>
    /// <param name="directory">Asks it.</param>
    /// <returns>Those that were not known. One that went while the list was on its way is not among them: nobody would tell of its end
    /// again.</returns>
    public async Task<IReadOnlyList<PeerConnection>> FindUnknown(Func<Task<PeerConnection[]>> directory)
    {
        HashSet<ConnectionId> gone = _goneWhileAsking = [];
        var listed = await directory();
        return [.. listed.Where(peer => !Contains(peer.ConnectionId) && !gone.Contains(peer.ConnectionId))];
    }

    /// <summary>Peers for a log line: the first few by name, the others by number.</summary>
    public string Describe(IReadOnlyList<ConnectionId> peers)
    {
        var known = peers.Select(Find).OfType<PeerConnection>().Select(peer => peer.Describe()).ToList();
        return known.Count switch
        {
            0 => "nobody who is still connected",
            <= MostNamed => string.Join(", ", known),
            _ => $"{string.Join(", ", known.Take(MostNamed))} and {known.Count - MostNamed} more",
        };
    }
}
