using Chia.GrainInterfaces.Peers;
using Chia.Grains.Work;
using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Peers;

/// <summary>
/// The connections of one role of a node, over all gateways. A node id is a peer's word and not an identity (DECISIONS 20): what counts is
/// the id together with where it comes from; the operator's word, a configured address, counts more. Times are readings of one
/// <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class ConnectionTable(TimeSpan gatewayTimeout)
{
    /// <summary>How long a node id may be reserved by a handshake that never ends; the gateway gives up after 15 s.</summary>
    private static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks for what was lost, which is noticed after a quarter of a minute or more: thousands of connections that
    /// begin within a second must not each look at all others.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A gateway that has missed some beats may be dead: its peers come back through another, and what it held keeps them out no more. If
    /// it lives, it says again what it holds.
    /// </summary>
    private readonly TimeSpan _doubtful = gatewayTimeout / 4;

    private readonly Dictionary<ConnectionId, Entry> _entries = [];
    private readonly Dictionary<Bytes32, List<Entry>> _byNodeId = [];
    private readonly Dictionary<string, TimeSpan> _gatewaySeen = [];
    private readonly Dictionary<(string Gateway, InboundRoom Room), int> _accepted = [];
    private TimeSpan _looked = TimeSpan.MinValue;

    /// <summary>
    /// Gives a connection whose handshake is under way its place; false if another has a better right to its node id. Nobody loses a place
    /// before the peer has acknowledged (<see cref="Establish"/>).
    /// </summary>
    public bool TryRegister(PeerConnection connection, TimeSpan now)
    {
        if (_byNodeId.GetValueOrDefault(connection.PeerNodeId, []).Exists(other => KeepsOut(other, connection, now)))
            return false;
        Add(new Entry(connection, now));
        _gatewaySeen[connection.GatewayId] = now;
        return true;
    }

    /// <summary>
    /// A peer comes back through another gateway because the one that had it has died, or so it seems: what that one held of the peer is
    /// given up, so that it does not keep it out.
    /// </summary>
    /// <returns>The established connections among them.</returns>
    public IReadOnlyList<PeerConnection> GiveUp(PeerConnection fresh, TimeSpan now)
    {
        List<Entry> lost = [.. _byNodeId.GetValueOrDefault(fresh.PeerNodeId, []).Where(old => Home.Of(old.Connection) == Home.Of(fresh)
            && old.Connection.GatewayId != fresh.GatewayId && IsDoubtful(old.Connection.GatewayId, now))];
        foreach (var entry in lost)
            Remove(entry.Connection.ConnectionId);
        return [.. lost.Where(entry => entry.IsEstablished).Select(entry => entry.Connection)];
    }

    /// <summary>A connection that an earlier table had: this one began anew since.</summary>
    public void TakeIn(PeerConnection connection, TimeSpan now)
    {
        if (!_entries.ContainsKey(connection.ConnectionId))
            Add(new Entry(connection, now - connection.Age));
    }

    /// <summary>What the other gateways hold, as far as they live.</summary>
    public PlacesElsewhere Elsewhere(string gatewayId, TimeSpan now)
    {
        var others = _gatewaySeen.Keys.Where(other => other != gatewayId && !IsDoubtful(other, now)).ToHashSet();
        return new PlacesElsewhere(
            others.Count + 1,
            [.. _accepted.Where(held => others.Contains(held.Key.Gateway)).Select(held => new RoomCount(held.Key.Room, held.Value))]);
    }

    /// <summary>The gateways that were heard of not too long ago.</summary>
    public IEnumerable<string> Gateways => _gatewaySeen.Keys;

    /// <summary>A gateway lives.</summary>
    public void Seen(string gatewayId, TimeSpan now) => _gatewaySeen[gatewayId] = now;

    /// <summary>A gateway was heard of not too long ago.</summary>
    public bool IsAlive(string gatewayId, TimeSpan now) =>
        _gatewaySeen.TryGetValue(gatewayId, out var seen) && now - seen <= gatewayTimeout;

    /// <summary>
    /// The peer has acknowledged: the connection takes part from now on, unless its twin has the better right.
    /// </summary>
    /// <param name="connectionId">Which.</param>
    /// <param name="replaced">Connections that lose their places to it, to be closed.</param>
    /// <returns>False if the connection has no place, or lost it just now.</returns>
    public bool Establish(ConnectionId connectionId, out IReadOnlyList<PeerConnection> replaced)
    {
        replaced = [];
        if (!_entries.TryGetValue(connectionId, out var entry))
            return false;
        entry.IsEstablished = true;
        var others = _byNodeId[entry.Connection.PeerNodeId].Where(other => other != entry).ToList();
        if (others.Exists(other => GivesWay(entry, other)))
        {
            Remove(connectionId);
            return false;
        }

        replaced = [.. others.Where(other => GivesWay(other, entry)).Select(other => other.Connection)];
        foreach (var loser in replaced)
            Remove(loser.ConnectionId);
        return true;
    }

    /// <summary>Keeps the way to a connection, if it has a place.</summary>
    public void KeepLine(PeerLine line)
    {
        if (_entries.TryGetValue(line.Connection.ConnectionId, out var entry))
            entry.Line = line;
    }

    /// <summary>An established connection and the way to it; null if there is none.</summary>
    public PeerLine? FindLine(ConnectionId connectionId) =>
        _entries.TryGetValue(connectionId, out var entry) && entry.IsEstablished ? entry.Line : null;

    /// <summary>The connection is gone.</summary>
    public void Remove(ConnectionId connectionId)
    {
        if (!_entries.Remove(connectionId, out var entry))
            return;
        Count(entry.Connection, -1);
        var namesakes = _byNodeId[entry.Connection.PeerNodeId];
        namesakes.Remove(entry);
        if (namesakes.Count == 0)
            _byNodeId.Remove(entry.Connection.PeerNodeId);
    }

    /// <summary>A gateway lives and holds just these established connections. One that it had only begun when it made the list is not
    /// among them, and is not lost.</summary>
    /// <returns>Those that it holds no more, and did not say so: the call that told of their end was lost.</returns>
    public IReadOnlyList<PeerConnection> Renew(string gatewayId, IReadOnlyCollection<PeerConnection> connections, TimeSpan now)
    {
        _gatewaySeen[gatewayId] = now;
        var held = connections.Select(c => c.ConnectionId).ToHashSet();
        List<Entry> lost = [.. _entries.Values.Where(e => e.IsEstablished && e.Connection.GatewayId == gatewayId
            && !held.Contains(e.Connection.ConnectionId) && now - e.Since > ReservationTime)];
        foreach (var entry in lost)
            Remove(entry.Connection.ConnectionId);
        foreach (var connection in connections.Where(c => !_entries.ContainsKey(c.ConnectionId)))
            Add(new Entry(connection, now - connection.Age) { IsEstablished = true });
        return [.. lost.Select(entry => entry.Connection)];
    }

    /// <summary>Forgets what gateways that died held, and reservations that nobody came back to. To be called as often as one likes: it
    /// looks through all connections once in a while only.</summary>
    /// <returns>The established connections among them.</returns>
    public IReadOnlyList<PeerConnection> DropSilent(TimeSpan now)
    {
        if (_looked != TimeSpan.MinValue && now - _looked < LookPause)
            return [];
        _looked = now;
        List<PeerConnection> lost = [];
        foreach (var entry in _entries.Values.ToList())
        {
            var gatewayIsSilent = now - _gatewaySeen.GetValueOrDefault(entry.Connection.GatewayId, entry.Since) > gatewayTimeout;
            var isAbandoned = !entry.IsEstablished && now - entry.Since > ReservationTime;
            if (gatewayIsSilent || isAbandoned)
                Remove(entry.Connection.ConnectionId);
            if (gatewayIsSilent && entry.IsEstablished)
                lost.Add(entry.Connection);
        }

        foreach (var (gateway, seen) in _gatewaySeen)
        {
            if (now - seen > gatewayTimeout)
                _gatewaySeen.Remove(gateway);
        }

        return lost;
    }

    /// <summary>A connection that has a place, whether established or not; null if there is none.</summary>
    public PeerConnection? Find(ConnectionId connectionId) => _entries.GetValueOrDefault(connectionId)?.Connection;

    /// <summary>Since when a connection has its place; null if it has none.</summary>
    public TimeSpan? Since(ConnectionId connectionId) => _entries.GetValueOrDefault(connectionId)?.Since;

    /// <summary>All connections of a role that have a place, those whose handshake is under way included.</summary>
    public IEnumerable<PeerConnection> All(Role role) => _entries.Values.Select(e => e.Connection).Where(c => c.PeerRole == role);

    /// <summary>The established connections, all or of one role, oldest first.</summary>
    public IEnumerable<PeerConnection> Established(Role role = Role.None) =>
        EstablishedEntries(role).OrderBy(e => e.Since).Select(e => e.Connection);

    /// <summary>Too few full nodes would be left without this one: it is not sent away for being slow.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="minimum">How many others are enough.</param>
    public bool IsNeeded(PeerConnection connection, int minimum) =>
        connection.PeerRole == Role.FullNode
        && EstablishedEntries(Role.FullNode).Count(e => e.Connection.ConnectionId != connection.ConnectionId) < minimum;

    private IEnumerable<Entry> EstablishedEntries(Role role) =>
        _entries.Values.Where(e => e.IsEstablished && (role == Role.None || e.Connection.PeerRole == role));

    private void Add(Entry entry)
    {
        Remove(entry.Connection.ConnectionId);
        _entries[entry.Connection.ConnectionId] = entry;
        Count(entry.Connection, 1);
        if (!_byNodeId.TryGetValue(entry.Connection.PeerNodeId, out var namesakes))
            _byNodeId[entry.Connection.PeerNodeId] = namesakes = [];
        namesakes.Add(entry);
    }

    private bool IsDoubtful(string gatewayId, TimeSpan now) =>
        _gatewaySeen.TryGetValue(gatewayId, out var seen) && now - seen > _doubtful;

    private void Count(PeerConnection connection, int change)
    {
        if (connection.IsOutbound)
            return;
        var key = (connection.GatewayId, InboundRoom.Of(connection));
        var count = _accepted.GetValueOrDefault(key) + change;
        if (count == 0)
            _accepted.Remove(key);
        else
            _accepted[key] = count;
    }

    /// <summary>
    /// Whether a new connection is refused for the sake of one that is there (PROTOCOL.md 4.4). A half-open one is found by TCP
    /// keep-alive, so silence does not count here.
    /// </summary>
    private static bool KeepsOut(Entry old, PeerConnection fresh, TimeSpan now)
    {
        // Another claims the same id from elsewhere: neither keeps the other out, unless it stands where the operator said.
        if (Home.Of(old.Connection) != Home.Of(fresh))
            return old.Connection.IsConfigured && !fresh.IsConfigured;

        // To the peer two gateways of ours are two nodes: it would close neither.
        return old.Connection.LocalNodeId != fresh.LocalNodeId
            || !DuplicateRule.GoesOn(
                new ConnectionFacts(old.Connection.IsOutbound, now - old.Since, old.IsEstablished),
                new ConnectionFacts(fresh.IsOutbound, TimeSpan.Zero, IsEstablished: false));
    }

    /// <summary>Whether one connection gives way to another of the same id.</summary>
    private static bool GivesWay(Entry one, Entry other)
    {
        if (Home.Of(one.Connection) != Home.Of(other.Connection))
            return other.IsEstablished && other.Connection.IsConfigured && !one.Connection.IsConfigured;
        return one.IsEstablished && other.IsEstablished
            && DuplicateRule.OwnDialStays(one.Connection.LocalNodeId, one.Connection.PeerNodeId) == other.Connection.IsOutbound;
    }

    /// <summary>Where a node id lives: the address, and the port that the peer says it listens on, which tells the nodes of one machine
    /// apart.</summary>
    private readonly record struct Home(string Host, ushort Port)
    {
        public static Home Of(PeerConnection connection) => new(connection.RemoteHost, connection.AnnouncedPort);
    }

    private sealed class Entry(PeerConnection connection, TimeSpan since)
    {
        public PeerConnection Connection { get; } = connection;

        public TimeSpan Since { get; } = since;

        public bool IsEstablished { get; set; }

        public PeerLine? Line { get; set; }
    }
}
