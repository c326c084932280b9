using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Handshake;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Peers;

/// <summary>Connections, scores and address book of one role of a node.</summary>
public sealed class PeerDirectoryGrain : Grain, IPeerDirectoryGrain
{
    /// <summary>Name of the stored address book.</summary>
    public const string StateName = "peers";

    /// <summary>Storage provider of everything the roles keep.</summary>
    public const string StorageName = "chia";

    /// <summary>How long a node id may be reserved by a handshake that never ends; the gateway gives up after 15 s.</summary>
    private static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(60);

    /// <summary>An address that failed is not tried again for this long.</summary>
    private static readonly TimeSpan RedialPause = TimeSpan.FromSeconds(60);

    /// <summary>The address book changes with every connection; what the last seconds added may be lost.</summary>
    private static readonly TimeSpan StoreInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, PeerScore> _scores = [];
    private readonly Dictionary<PeerEndpoint, DateTimeOffset> _dialled = [];
    private readonly Dictionary<string, DateTimeOffset> _gatewaySeen = [];
    private readonly HashSet<PeerEndpoint> _ourselves = [];
    private readonly AddressBook _book = new();
    private readonly IPersistentState<StoredAddressBook> _stored;
    private readonly PeerDirectoryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PeerDirectoryGrain> _log;
    private bool _bookChanged;
    private DateTimeOffset _bookStored;

    /// <summary>Created by the engine.</summary>
    public PeerDirectoryGrain(
        [PersistentState(StateName, StorageName)] IPersistentState<StoredAddressBook> stored,
        IOptions<PeerDirectoryOptions> options,
        TimeProvider time,
        ILogger<PeerDirectoryGrain> log)
    {
        _stored = stored;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var peer in _stored.State.Peers)
            _book.Restore(peer);
        this.RegisterGrainTimer(_ => Store(), new GrainTimerCreationOptions(StoreInterval, StoreInterval));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Store();

    /// <inheritdoc/>
    public async Task<RegistrationOutcome> Register(PeerConnection connection)
    {
        DropSilent();
        if (!connection.IsConfigured && IsBanned(ScoreKey(connection)))
            return RegistrationOutcome.Banned;
        var twin = _entries.Values.FirstOrDefault(e => e.Connection.PeerNodeId == connection.PeerNodeId);
        if (twin is not null)
        {
            if (!NewOneWins(twin, connection))
                return RegistrationOutcome.Duplicate;
            _entries.Remove(twin.Connection.ConnectionId);
            await GrainFactory.GetGrain<IPeerGrain>(twin.Connection.GrainKey()).Close("replaced by a newer connection of the same node");
        }

        _entries[connection.ConnectionId] = new Entry(connection, Now);
        _gatewaySeen[connection.GatewayId] = Now;
        if (connection.PeerInfo() is { } info)
        {
            if (connection.IsOutbound)
                _book.Reached(PeerEndpoint.Of(info), Now);
            else
                _book.Add(PeerEndpoint.Of(info), Now);
            await BookChanged();
        }

        return RegistrationOutcome.Accepted;
    }

    /// <inheritdoc/>
    public Task<bool> Established(string connectionId)
    {
        var known = _entries.TryGetValue(connectionId, out var entry);
        if (known)
            entry!.IsEstablished = true;
        return Task.FromResult(known);
    }

    /// <inheritdoc/>
    public Task Remove(string connectionId)
    {
        _entries.Remove(connectionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Renew(string gatewayId, PeerConnection[] connections)
    {
        _gatewaySeen[gatewayId] = Now;
        foreach (var gone in _entries.Values.Where(e => e.IsEstablished && e.Connection.GatewayId == gatewayId)
            .ExceptBy(connections.Select(c => c.ConnectionId), e => e.Connection.ConnectionId).ToList())
            _entries.Remove(gone.Connection.ConnectionId);
        foreach (var held in connections)
            _entries.TryAdd(held.ConnectionId, new Entry(held, held.ConnectedAt) { IsEstablished = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PeerConnection[]> GetConnections(NodeType role = NodeType.None) =>
        Task.FromResult(Established(role).Select(e => e.Connection).OrderBy(c => c.ConnectedAt).ToArray());

    /// <inheritdoc/>
    public Task<PeerConnection?> PickRandom(NodeType role)
    {
        var candidates = Established(role).ToList();
        return Task.FromResult(candidates.Count == 0 ? null : candidates[Random.Shared.Next(candidates.Count)].Connection);
    }

    /// <inheritdoc/>
    public async Task<bool> Penalise(string connectionId, Blame blame)
    {
        if (!_entries.TryGetValue(connectionId, out var entry))
            return true;
        var connection = entry.Connection;
        var score = Score(ScoreKey(connection));
        if (!score.Add(blame.Points, Now))
            return false;
        var others = Established(NodeType.FullNode).Count(e => e.Connection.ConnectionId != connectionId);
        var cutsOff = connection.PeerRole == NodeType.FullNode && others < _options.MinimumPeers;
        if (connection.IsConfigured || cutsOff)
        {
            // It is needed and will be back at once: a trifle must not end the next connection.
            score.Halve(Now);
            return true;
        }

        score.BannedUntil = Now + _options.BanTime;
        PeersLog.Banned(_log, connection.RemoteHost, _options.BanTime.TotalMinutes, blame.Reason);
        if (connection.PeerInfo() is { } info)
        {
            _book.Remove(PeerEndpoint.Of(info));
            await BookChanged();
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task AddKnown(PeerEndpoint[] peers, string toldBy)
    {
        var mustBePublic = AddressScope.IsPublic(toldBy);
        foreach (var peer in peers)
        {
            if (AddressBook.IsUsable(peer) && !_ourselves.Contains(peer) && (!mustBePublic || AddressScope.IsPublic(peer.Host)))
                _book.Add(peer, Now);
        }

        await BookChanged();
    }

    /// <inheritdoc/>
    public Task<PeerEndpoint[]> GetKnown(int maximum, TimeSpan threshold, PeerEndpoint? asker)
    {
        var recent = _book.Recent(threshold, Now)
            .Where(p => p.Reached is not null && p.Endpoint != asker)
            .Take(maximum)
            .Select(p => p.Endpoint)
            .ToArray();
        Random.Shared.Shuffle(recent);
        return Task.FromResult(recent);
    }

    /// <inheritdoc/>
    public async Task<PeerEndpoint[]> GetDialCandidates()
    {
        var missing = await GetMissingPeers();
        if (missing == 0)
            return [];
        var connected = Established(NodeType.FullNode).Select(e => e.Connection.PeerInfo()).OfType<Protocol.Blocks.PeerInfo>()
            .Select(PeerEndpoint.Of).ToHashSet();
        var candidates = _book.Recent(_options.RecentPeerThreshold, Now)
            .Select(p => p.Endpoint)
            .Where(p => !connected.Contains(p) && MayDial(p) && !IsBanned(ScoreKey(p)))
            .Take(missing)
            .ToArray();
        NoteDialled(candidates);
        return candidates;
    }

    /// <inheritdoc/>
    public Task<PeerEndpoint[]> GetVettingCandidates(int maximum)
    {
        var candidates = _book.Unvetted(_options.RecentPeerThreshold, _options.VettingInterval, Now)
            .Where(MayDial)
            .Take(maximum)
            .ToArray();
        NoteDialled(candidates);
        return Task.FromResult(candidates);
    }

    /// <inheritdoc/>
    public async Task DialFailed(PeerEndpoint peer)
    {
        _book.Remove(peer);
        await BookChanged();
    }

    /// <inheritdoc/>
    public async Task IsOurselves(PeerEndpoint peer)
    {
        // Whoever sends our own node id back gets here too: the book's bound is enough for us.
        if (_ourselves.Count >= AddressBook.Capacity)
            _ourselves.Clear();
        _ourselves.Add(peer);
        _book.Remove(peer);
        await BookChanged();
    }

    /// <inheritdoc/>
    public async Task Reached(PeerEndpoint peer)
    {
        _book.Reached(peer, Now);
        await BookChanged();
    }

    /// <inheritdoc/>
    public Task<int> GetMissingPeers()
    {
        DropSilent();
        var have = Established(NodeType.FullNode).Count(e => e.Connection.PeerInfo() is not null);
        return Task.FromResult(Math.Max(0, _options.TargetPeerCount - have));
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>
    /// Two processes that dialled each other keep the same one of the two connections; otherwise the older lives (PROTOCOL.md 4.4).
    /// A half-open one is found by TCP keep-alive, so silence does not count here.
    /// </summary>
    private bool NewOneWins(Entry old, PeerConnection fresh) =>
        DuplicateRule.Resolve(
            fresh.LocalNodeId,
            fresh.PeerNodeId,
            new ConnectionFacts(old.Connection.IsOutbound, old.Connection.RemoteHost, Now - old.Since, TimeSpan.Zero, old.IsEstablished),
            new ConnectionFacts(fresh.IsOutbound, fresh.RemoteHost, TimeSpan.Zero, TimeSpan.Zero, false)) == DuplicateVerdict.KeepNew;

    private IEnumerable<Entry> Established(NodeType role) =>
        _entries.Values.Where(e => e.IsEstablished && (role == NodeType.None || e.Connection.PeerRole == role));

    private static string ScoreKey(PeerConnection connection) =>
        ScoreKey(new PeerEndpoint(connection.RemoteHost, connection.AnnouncedPort));

    /// <summary>Addresses answer for their peers; on loopback, where whole networks share one, the announced port does.</summary>
    private static string ScoreKey(PeerEndpoint peer) =>
        AddressBook.IsLoopback(peer) ? peer.ToString() : peer.Host;

    private bool IsBanned(string key) => _scores.TryGetValue(key, out var score) && score.BannedUntil > Now;

    private bool MayDial(PeerEndpoint peer) =>
        !_ourselves.Contains(peer) && (!_dialled.TryGetValue(peer, out var at) || Now - at > RedialPause);

    private void NoteDialled(PeerEndpoint[] peers)
    {
        foreach (var (old, at) in _dialled)
        {
            if (Now - at > RedialPause)
                _dialled.Remove(old);
        }

        foreach (var peer in peers)
            _dialled[peer] = Now;
    }

    private PeerScore Score(string key)
    {
        if (_scores.TryGetValue(key, out var score))
            return score;
        if (_scores.Count >= AddressBook.Capacity)
            _scores.Remove(_scores.MinBy(s => s.Value.At(Now)).Key);
        return _scores[key] = new PeerScore();
    }

    private void DropSilent()
    {
        foreach (var entry in _entries.Values.ToList())
        {
            var gatewaySilent = Now - _gatewaySeen.GetValueOrDefault(entry.Connection.GatewayId, entry.Since) > _options.GatewayTimeout;
            var abandoned = !entry.IsEstablished && Now - entry.Since > ReservationTime;
            if (gatewaySilent || abandoned)
                _entries.Remove(entry.Connection.ConnectionId);
        }

        foreach (var (gateway, seen) in _gatewaySeen)
        {
            if (Now - seen > _options.GatewayTimeout)
                _gatewaySeen.Remove(gateway);
        }
    }

    private Task BookChanged()
    {
        _bookChanged = true;
        return Now - _bookStored >= StoreInterval ? Store() : Task.CompletedTask;
    }

    /// <summary>Keeps the book, if it changed. A disk that is full costs the book, not the connection that happened to change it.</summary>
    private async Task Store()
    {
        if (!_bookChanged)
            return;
        (_bookChanged, _bookStored) = (false, Now);
        _stored.State = new StoredAddressBook { Peers = [.. _book.All] };
        try
        {
            await _stored.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Another activation keeps the book now.
            DeactivateOnIdle();
            throw;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            PeersLog.BookNotStored(_log, this.GetPrimaryKeyString(), error.Message);
        }
    }

    private sealed class Entry(PeerConnection connection, DateTimeOffset since)
    {
        public PeerConnection Connection { get; } = connection;

        public DateTimeOffset Since { get; } = since;

        public bool IsEstablished { get; set; }
    }
}
