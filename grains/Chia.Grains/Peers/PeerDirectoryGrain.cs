using System.Security.Cryptography;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Peers;

/// <summary>Connections, reputation and address book of one role of a node: asks <see cref="ConnectionTable"/>, <see cref="Reputation"/>,
/// <see cref="AddressBook"/>, <see cref="DialPlan"/> and <see cref="DialClaims"/>, and keeps the book.</summary>
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class PeerDirectoryGrain : Grain, IPeerDirectoryGrain, IBroadcastDirectoryGrain
{
    /// <summary>Name of the stored address book.</summary>
    public const string StateName = "peers";

    /// <summary>The address book changes with every connection; what the last seconds added may be lost.</summary>
    private static readonly TimeSpan StoreInterval = TimeSpan.FromSeconds(10);

    private readonly ConnectionTable _table;
    private readonly Reputation _reputation;
    private readonly AddressBook _book = new();
    private readonly DialPlan _plan;
    private readonly IPersistentState<StoredAddressBook> _stored;
    private readonly PeerDirectoryOptions _options;
    private readonly TimeProvider _time;
    private readonly MonotonicClock _clock;
    private readonly ILogger<PeerDirectoryGrain> _log;
    private readonly Guid _activation = Guid.NewGuid();
    private readonly SubscriptionClaims _claims = new();
    private readonly DialClaims _dials;
    private readonly Dictionary<string, BroadcastHearer> _hearers = [];
    private BroadcastSubscriptions _subscriptions = null!;
    private Task _pruning = Task.CompletedTask;
    private bool _bookChanged;
    private TimeSpan? _bookStored;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public PeerDirectoryGrain(
        [PersistentState(StateName, PeerDirectoryOptions.StorageName)] IPersistentState<StoredAddressBook> stored,
        IOptions<PeerDirectoryOptions> options,
        TimeProvider time,
        ILogger<PeerDirectoryGrain> log)
    {
        _stored = stored;
        _options = options.Value;
        _time = time;
        _clock = new MonotonicClock(time);
        _log = log;
        _table = new ConnectionTable(_options.GatewayTimeout);
        _reputation = new Reputation(_options);
        _plan = new DialPlan(_options, _book, _reputation);
        _dials = new DialClaims(_table);
    }

    private TimeSpan Now => _clock.Now;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var timeOfDay = _time.GetUtcNow();
        _book.Restore(_stored.State.Peers, Now, timeOfDay);
        _reputation.RestoreBans(_stored.State.Bans, Now, timeOfDay);
        _subscriptions = new BroadcastSubscriptions(this.GetStreamProvider(BroadcastStreams.Provider), this.GetPrimaryKeyString());
        this.RegisterGrainTimer(_ => Store(), new GrainTimerCreationOptions(StoreInterval, StoreInterval));
        this.RegisterGrainTimer(_ => BeginPruning(), new GrainTimerCreationOptions(_options.GatewayTimeout, _options.GatewayTimeout));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Store();

    /// <inheritdoc/>
    public async Task<Registration> Register(PeerConnection connection)
    {
        DropSilent();
        if (!connection.IsConfigured && _reputation.IsBanned(connection.RemoteHost, connection.AnnouncedPort, Now))
            return new Registration(RegistrationOutcome.Banned);
        if (_reputation.WaitOf(connection, Now) is not { } wait)
            return new Registration(RegistrationOutcome.Crowded);
        TellLost(_table.GiveUp(connection, Now));
        if (!_table.TryRegister(connection, Now))
            return new Registration(RegistrationOutcome.Duplicate);
        if (connection.ListensAt() is { } address)
            await Note(address, connection.IsOutbound);
        var elsewhere = connection.IsOutbound ? null : _table.Elsewhere(connection.GatewayId, Now);
        return new Registration(RegistrationOutcome.Accepted, wait, elsewhere);
    }

    /// <inheritdoc/>
    public Task<bool> Established(PeerLine line, bool isAgain)
    {
        if (isAgain)
            _table.TakeIn(line.Connection, Now);
        var hasPlace = _table.Establish(line.Connection.ConnectionId, out var replaced);
        _table.Reaches(line);
        Close(replaced, DisconnectReason.Replaced);
        return Task.FromResult(hasPlace);
    }

    /// <inheritdoc/>
    public Task<PeerLine?> FindLine(ConnectionId connectionId) => Task.FromResult(_table.FindLine(connectionId));

    /// <inheritdoc/>
    public Task<bool> Subscribed(string gatewayId, Guid[] subscriptions) =>
        Task.FromResult(_claims.Claim(gatewayId, subscriptions));

    /// <inheritdoc/>
    public Task Hears(BroadcastHearer hearer)
    {
        _table.Seen(hearer.GatewayId, Now);
        _hearers[hearer.GatewayId] = hearer;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BroadcastHearer[]> GetHearers() => Task.FromResult<BroadcastHearer[]>([.. _hearers.Values]);

    /// <inheritdoc/>
    public async Task<Bytes32> GetNodeId()
    {
        if (Bytes32.TryFromHex(_stored.State.NodeId, out var known))
            return known;
        var drawn = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
        _stored.State.NodeId = drawn.ToString();
        _bookChanged = true;
        await Store();
        return drawn;
    }

    /// <inheritdoc/>
    public Task<Guid> Beat(string gatewayId)
    {
        _table.Seen(gatewayId, Now);
        DropSilent();
        return Task.FromResult(_activation);
    }

    /// <inheritdoc/>
    public Task<PlacesElsewhere> GetPlacesElsewhere(string gatewayId) => Task.FromResult(_table.Elsewhere(gatewayId, Now));

    /// <inheritdoc/>
    public Task<string[]> GetGateways()
    {
        DropSilent();
        return Task.FromResult(_table.Gateways.ToArray());
    }

    /// <inheritdoc/>
    public Task<bool> ClaimDial(string gatewayId, string target) => Task.FromResult(_dials.Claim(gatewayId, target, Now));

    /// <inheritdoc/>
    public Task Remove(ConnectionId connectionId)
    {
        if (_table.Find(connectionId) is { } connection && _table.Since(connectionId) is { } since)
            _reputation.Left(connection, Now - since);
        _table.Remove(connectionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BannedSource[]> Renew(string gatewayId, PeerConnection[] connections)
    {
        _table.Renew(gatewayId, connections, Now);
        return Task.FromResult(_reputation.Bans(Now).ToArray());
    }

    /// <inheritdoc/>
    public Task Ban(PeerHost host, TimeSpan time)
    {
        _reputation.Ban(host, time, Now);
        Close(_table.Established().Where(c => c.RemoteHost == host.ToString()), DisconnectReason.Banned);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Unban(PeerHost host) => Task.FromResult(_reputation.Unban(host, Now));

    /// <inheritdoc/>
    public Task<BannedSource[]> GetBans() => Task.FromResult<BannedSource[]>([.. _reputation.Bans(Now)]);

    /// <inheritdoc/>
    public Task Keep(PeerAddress peer)
    {
        _plan.Keep(peer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Release(PeerAddress peer) => Task.FromResult(_plan.Release(peer));

    /// <inheritdoc/>
    public Task<PeerAddress[]> GetKept() => Task.FromResult<PeerAddress[]>([.. _plan.Kept]);

    /// <inheritdoc/>
    public Task<PeerConnection[]> GetConnections(Role role = Role.None)
    {
        var now = Now;
        return Task.FromResult<PeerConnection[]>(
            [.. _table.Established(role).Select(c => c with { Age = now - _table.Since(c.ConnectionId)!.Value })]);
    }

    /// <inheritdoc/>
    public Task<PeerPoints[]> GetPoints() => Task.FromResult<PeerPoints[]>(
        [.. _table.Established().Select(c => new PeerPoints(c.ConnectionId, _reputation.PointsOf(c, Now)))]);

    /// <inheritdoc/>
    public Task<PeerConnection?> PickRandom(Role role) => Task.FromResult(_table.PickRandom(role, Random.Shared));

    /// <inheritdoc/>
    public async Task<BlameOutcome> Penalise(ConnectionId connectionId, Blame blame)
    {
        if (_table.Find(connectionId) is not { } connection)
            return BlameOutcome.Dropped;
        var isNeeded = _table.IsNeeded(connection, _options.MinimumPeers);
        var outcome = _reputation.Penalise(connection, blame, isNeeded, Now, out var banTime);
        if (outcome != BlameOutcome.Banned)
            return outcome;
        PeersLog.Banned(_log, connection.RemoteHost, banTime.TotalMinutes, blame.Reason);
        _book.RemoveAll(peer => _reputation.IsBanned(peer.Host.ToString(), peer.Port, Now));
        await BookChanged();
        return outcome;
    }

    /// <inheritdoc/>
    public Task AddKnown(PeerAddress[] peers, string toldBy)
    {
        _plan.Learn(peers, toldBy, Now);
        return BookChanged();
    }

    /// <inheritdoc/>
    public Task Resolved(PeerAddress named, PeerAddress[] addresses)
    {
        _book.Remove(named);
        _plan.Learn(addresses, named.Host.ToString(), Now);
        return BookChanged();
    }

    /// <inheritdoc/>
    public Task<PeerAddress[]> GetKnown(int maximum, TimeSpan threshold, PeerAddress? asker)
    {
        PeerAddress[] recent =
        [
            .. _book.Recent(threshold, Now).Where(p => p.Reached is not null && p.Address != asker).Take(maximum).Select(p => p.Address),
        ];
        Random.Shared.Shuffle(recent);
        return Task.FromResult(recent);
    }

    /// <inheritdoc/>
    public Task<PeerAddress[]> GetDialCandidates()
    {
        // Asked within a start: what compares addresses is not compiled for none.
        if (_book.IsEmpty)
            return Task.FromResult<PeerAddress[]>([]);
        var missing = CountMissing();
        return Task.FromResult(missing == 0 ? [] : _plan.Candidates(AddressesOf(_table.All(Role.FullNode)), missing, Now));
    }

    /// <inheritdoc/>
    public Task<PeerAddress[]> GetVettingCandidates(int maximum) => Task.FromResult(_plan.VettingCandidates(maximum, Now));

    /// <inheritdoc/>
    public Task DialFailed(PeerAddress peer)
    {
        _book.Remove(peer);
        return BookChanged();
    }

    /// <inheritdoc/>
    public Task IsOurselves(PeerAddress peer)
    {
        _plan.IsOurselves(peer);
        return BookChanged();
    }

    /// <inheritdoc/>
    public Task Reached(PeerAddress peer)
    {
        _plan.Reached(peer);
        return Note(peer, isReached: true);
    }

    /// <inheritdoc/>
    public Task<int> GetMissingPeers() => Task.FromResult(CountMissing());

    /// <summary>
    /// Begins to prune, unless that is under way. It asks grains of Orleans, on silos that may be dead or be stopping: neither a call nor
    /// the end of this activation waits for it.
    /// </summary>
    private Task BeginPruning()
    {
        if (_pruning.IsCompleted)
            _pruning = PruneSubscriptions();
        return Task.CompletedTask;
    }

    /// <summary>Removes the stream subscriptions of gateways that died while an earlier activation had this directory.</summary>
    private async Task PruneSubscriptions()
    {
        try
        {
            await _subscriptions.Remove(_claims.Unclaimed(await _subscriptions.Find()));
        }
        catch (Exception error)
        {
            PeersLog.NotPruned(_log, this.GetPrimaryKeyString(), error.Message);
        }
    }

    /// <summary>What dead gateways held is gone: the peers' grains end, and the roles hear of it.</summary>
    private void DropSilent()
    {
        var before = _table.Gateways.ToList();
        TellLost(_table.DropSilent(Now));
        foreach (var dead in before.Except(_table.Gateways))
        {
            _hearers.Remove(dead);
            _subscriptions.Remove(_claims.Release(dead)).Ignore();
        }
    }

    /// <summary>Has connections closed and waits for none: a gateway may be frozen, and whoever wants a place waits for this.</summary>
    private void Close(IEnumerable<PeerConnection> connections, DisconnectReason reason)
    {
        foreach (var connection in connections)
            GrainFactory.GetGrain<IPeerGrain>(connection.GrainKey()).Close(reason).Ignore();
    }

    private void TellLost(IReadOnlyList<PeerConnection> connections)
    {
        foreach (var lost in connections)
            GrainFactory.GetGrain<IPeerGrain>(lost.GrainKey()).Disconnected(lost, DisconnectReason.GatewayLost).Ignore();
    }

    private int CountMissing()
    {
        DropSilent();
        return _plan.Missing(AddressesOf(_table.Established(Role.FullNode)));
    }

    private static IEnumerable<PeerAddress> AddressesOf(IEnumerable<PeerConnection> connections) =>
        connections.Select(c => c.ListensAt()).OfType<PeerAddress>();

    private Task Note(PeerAddress peer, bool isReached)
    {
        if (isReached)
            _book.Reached(peer, Now);
        else
            _book.Add(peer, Now);
        return BookChanged();
    }

    private Task BookChanged()
    {
        _bookChanged = true;
        return _bookStored is { } at && Now - at < StoreInterval ? Task.CompletedTask : Store();
    }

    /// <summary>Keeps the book, if it changed. A disk that is full costs the book, not the connection that happened to change
    /// it.</summary>
    private async Task Store()
    {
        if (!_bookChanged)
            return;
        (_bookChanged, _bookStored) = (false, Now);
        var timeOfDay = _time.GetUtcNow();
        _stored.State = new StoredAddressBook
        {
            Peers = _book.Save(Now, timeOfDay),
            NodeId = _stored.State.NodeId,
            Bans = [.. _reputation.SaveBans(Now, timeOfDay)],
        };
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
        catch (Exception error)
        {
            _bookChanged = true;
            PeersLog.BookNotStored(_log, this.GetPrimaryKeyString(), error.Message);
        }
    }
}
