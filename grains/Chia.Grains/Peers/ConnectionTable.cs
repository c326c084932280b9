using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Peers;

/// <summary>What became of a registration.</summary>
/// <param name="IsAccepted">The connection has its place.</param>
/// <param name="Replaced">A connection that lost its place to it, to be closed; null for none.</param>
internal readonly record struct TableEntry(bool IsAccepted, PeerConnection? Replaced = null);

/// <summary>
/// The connections of one role of a node, over all gateways. A node id is a peer's word and not an identity (DECISIONS 20): what counts is the id
/// together with where it comes from; the operator's word, a configured address, counts more. Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class ConnectionTable(TimeSpan gatewayTimeout)
{
    /// <summary>How long a node id may be reserved by a handshake that never ends; the gateway gives up after 15 s.</summary>
    private static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ConnectionId, Entry> _entries = [];
    private readonly Dictionary<Bytes32, List<Entry>> _byNodeId = [];
    private readonly Dictionary<string, TimeSpan> _gatewaySeen = [];

    /// <summary>Gives a connection whose handshake is under way its place, if no other has a better right to its node id.</summary>
    public TableEntry Register(PeerConnection connection, TimeSpan now)
    {
        PeerConnection? replaced = null;
        foreach (var other in _byNodeId.GetValueOrDefault(connection.PeerNodeId, []).ToList())
        {
            if (Home.Of(other.Connection) == Home.Of(connection))
            {
                if (!NewOneWins(other, connection, now))
                    return new TableEntry(false);
            }
            else if (other.Connection.IsConfigured == connection.IsConfigured)
            {
                // Another claims the same id from elsewhere: neither keeps the other out, and the earlier one stays.
                continue;
            }
            else if (other.Connection.IsConfigured)
            {
                return new TableEntry(false);
            }

            Remove(other.Connection.ConnectionId);
            replaced = other.Connection;
        }

        Add(new Entry(connection, now));
        _gatewaySeen[connection.GatewayId] = now;
        return new TableEntry(true, replaced);
    }

    /// <summary>The handshake is done. False if the connection lost its place meanwhile.</summary>
    public bool Establish(ConnectionId connectionId)
    {
        if (!_entries.TryGetValue(connectionId, out var entry))
            return false;
        entry.IsEstablished = true;
        return true;
    }

    /// <summary>The connection is gone.</summary>
    public void Remove(ConnectionId connectionId)
    {
        if (!_entries.Remove(connectionId, out var entry))
            return;
        var namesakes = _byNodeId[entry.Connection.PeerNodeId];
        namesakes.Remove(entry);
        if (namesakes.Count == 0)
            _byNodeId.Remove(entry.Connection.PeerNodeId);
    }

    /// <summary>A gateway lives and holds just these established connections.</summary>
    public void Renew(string gatewayId, IReadOnlyCollection<PeerConnection> connections, TimeSpan now)
    {
        _gatewaySeen[gatewayId] = now;
        var held = connections.Select(c => c.ConnectionId).ToHashSet();
        foreach (var entry in _entries.Values.Where(e => e.IsEstablished && e.Connection.GatewayId == gatewayId).ToList())
        {
            if (!held.Contains(entry.Connection.ConnectionId))
                Remove(entry.Connection.ConnectionId);
        }

        foreach (var connection in connections.Where(c => !_entries.ContainsKey(c.ConnectionId)))
            Add(new Entry(connection, now) { IsEstablished = true });
    }

    /// <summary>Forgets what gateways that died held, and reservations that nobody came back to.</summary>
    public void DropSilent(TimeSpan now)
    {
        foreach (var entry in _entries.Values.ToList())
        {
            var gatewayIsSilent = now - _gatewaySeen.GetValueOrDefault(entry.Connection.GatewayId, entry.Since) > gatewayTimeout;
            var isAbandoned = !entry.IsEstablished && now - entry.Since > ReservationTime;
            if (gatewayIsSilent || isAbandoned)
                Remove(entry.Connection.ConnectionId);
        }

        foreach (var (gateway, seen) in _gatewaySeen)
        {
            if (now - seen > gatewayTimeout)
                _gatewaySeen.Remove(gateway);
        }
    }

    /// <summary>A connection that has a place, whether established or not; null if there is none.</summary>
    public PeerConnection? Find(ConnectionId connectionId) => _entries.GetValueOrDefault(connectionId)?.Connection;

    /// <summary>Since when a connection has its place; null if it has none.</summary>
    public TimeSpan? Since(ConnectionId connectionId) => _entries.GetValueOrDefault(connectionId)?.Since;

    /// <summary>The established connections, all or of one role, oldest first.</summary>
    public IEnumerable<PeerConnection> Established(Role role = Role.None) =>
        EstablishedEntries(role).OrderBy(e => e.Since).Select(e => e.Connection);

    /// <summary>One of them, drawn uniformly; null if there is none.</summary>
    public PeerConnection? PickRandom(Role role, Random random)
    {
        var candidates = EstablishedEntries(role).ToList();
        return candidates.Count == 0 ? null : candidates[random.Next(candidates.Count)].Connection;
    }

    private IEnumerable<Entry> EstablishedEntries(Role role) =>
        _entries.Values.Where(e => e.IsEstablished && (role == Role.None || e.Connection.PeerRole == role));

    private void Add(Entry entry)
    {
        Remove(entry.Connection.ConnectionId);
        _entries[entry.Connection.ConnectionId] = entry;
        if (!_byNodeId.TryGetValue(entry.Connection.PeerNodeId, out var namesakes))
            _byNodeId[entry.Connection.PeerNodeId] = namesakes = [];
        namesakes.Add(entry);
    }

    /// <summary>
    /// Two processes that dialled each other keep the same one of the two connections; otherwise the older lives (PROTOCOL.md 4.4).
    /// A half-open one is found by TCP keep-alive, so silence does not count here.
    /// </summary>
    private static bool NewOneWins(Entry old, PeerConnection fresh, TimeSpan now) =>
        DuplicateRule.Resolve(
            fresh.LocalNodeId,
            fresh.PeerNodeId,
            new ConnectionFacts(old.Connection.IsOutbound, old.Connection.RemoteHost, now - old.Since, TimeSpan.Zero, old.IsEstablished),
            new ConnectionFacts(fresh.IsOutbound, fresh.RemoteHost, TimeSpan.Zero, TimeSpan.Zero, false)) == DuplicateVerdict.KeepNew;

    /// <summary>Where a node id lives: the address, and the port that the peer says it listens on, which tells the nodes of one machine apart.</summary>
    private readonly record struct Home(string Host, ushort Port)
    {
        public static Home Of(PeerConnection connection) => new(connection.RemoteHost, connection.AnnouncedPort);
    }

    private sealed class Entry(PeerConnection connection, TimeSpan since)
    {
        public PeerConnection Connection { get; } = connection;

        public TimeSpan Since { get; } = since;

        public bool IsEstablished { get; set; }
    }
}
