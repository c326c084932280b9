using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Chia.Grains.Peers;

/// <summary>Connections, reputation and address book of one role of a node: asks <see cref="ConnectionTable"/>, <see cref="Reputation"/>,
/// <see cref="AddressBook"/>, <see cref="DialPlan"/>, <see cref="DialClaims"/> and <see cref="BookKeeper"/>.</summary>
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
internal sealed class PeerDirectoryGrain : Grain, IPeerDirectoryGrain, IBroadcastDirectoryGrain
{
    /// <summary>Name of the stored address book.</summary>
    public const string StateName = "peers";

    private readonly ConnectionTable _table;
    private readonly Reputation _reputation;
    private readonly AddressBook _book = new();
    private readonly DialPlan _plan;
    private readonly BookKeeper _keeper;
    private readonly PeerDirectoryOptions _options;
    private readonly MonotonicClock _clock;
    private readonly ILogger<PeerDirectoryGrain> _log;
    private readonly Guid _activation = Guid.NewGuid();
    private readonly SubscriptionClaims _claims = new();
    private readonly DialClaims _dials;
    private readonly Dictionary<string, BroadcastHearer> _hearers = [];
    private BroadcastSubscriptions _subscriptions = null!;
    private Task _pruning = Task.CompletedTask;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public PeerDirectoryGrain(
        [PersistentState(StateName, PeerDirectoryOptions.StorageName)] IPersistentState<StoredAddressBook> stored,
        IOptions<PeerDirectoryOptions> options,
        TimeProvider time,
        ILogger<PeerDirectoryGrain> log)
    {
        _options = options.Value;
        _clock = new MonotonicClock(time);
        _log = log;
        _table = new ConnectionTable(_options.GatewayTimeout);
        _reputation = new Reputation(_options);
        _plan = new DialPlan(_options, _book, _reputation);
        _dials = new DialClaims(_table);
        _keeper = new BookKeeper(
            stored, _book, _reputation, time, DeactivateOnIdle,
            error => PeersLog.BookNotStored(_log, this.GetPrimaryKeyString(), CallFaults.Said(error)));
    }

    private TimeSpan Now => _clock.Now;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _keeper.Restore(Now);
        _subscriptions = new BroadcastSubscriptions(this.GetStreamProvider(BroadcastStreams.Provider), this.GetPrimaryKeyString());
        this.RegisterGrainTimer(KeepBook, new GrainTimerCreationOptions(BookKeeper.Interval, BookKeeper.Interval));
        this.RegisterGrainTimer(_ => BeginPruning(), new GrainTimerCreationOptions(_options.GatewayTimeout, _options.GatewayTimeout));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await _keeper.Flush(Now).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <inheritdoc/>
    public Task<Registration> Register(PeerConnection connection) => Task.FromResult(Judge(connection));

    private Registration Judge(PeerConnection connection)
    {
        DropSilent();
        if (!connection.IsConfigured && _reputation.IsBanned(connection, Now))
            return new Registration(RegistrationOutcome.Banned);
        if (_reputation.WaitOf(connection, Now) is not { } wait)
            return new Registration(RegistrationOutcome.Crowded);
        TellLost(_table.GiveUp(connection, Now));
        if (!_table.TryRegister(connection, Now))
            return new Registration(RegistrationOutcome.Duplicate);
        if (connection.ListensAt() is { } address)
            Note(address, connection.IsOutbound);
        var elsewhere = connection.IsOutbound ? null : _table.Elsewhere(connection.GatewayId, Now);
        return new Registration(RegistrationOutcome.Accepted, wait, elsewhere);
    }

    /// <inheritdoc/>
    public Task<bool> Established(PeerLine line, bool isAgain)
    {
        if (isAgain)
            _table.TakeIn(line.Connection, Now);
        var hasPlace = _table.Establish(line.Connection.ConnectionId, out var replaced);
        _table.KeepLine(line);
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
    public Task<Bytes32> GetNodeId() => _keeper.GetNodeId(Now);

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
        TellLost(_table.Renew(gatewayId, connections, Now));
        return Task.FromResult(_reputation.Bans(Now).ToArray());
    }

    /// <inheritdoc/>
    public Task Ban(PeerHost host, TimeSpan time)
    {
        _reputation.Ban(host, time, Now);
        CloseBanned();
        _keeper.Changed(Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Unban(PeerHost host)
    {
        var wasBanned = _reputation.Unban(host, Now);
        if (wasBanned)
            _keeper.Changed(Now);
        return Task.FromResult(wasBanned);
    }

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
    public Task<BlameOutcome> Penalise(ConnectionId connectionId, Blame blame) => Task.FromResult(Weigh(connectionId, blame));

    private BlameOutcome Weigh(ConnectionId connectionId, Blame blame)
    {
        if (_table.Find(connectionId) is not { } connection)
            return BlameOutcome.Dropped;
        var isNeeded = _table.IsNeeded(connection, _options.MinimumPeers);
        var outcome = _reputation.Penalise(connection, blame, isNeeded, Now, out var banTime);
        if (outcome != BlameOutcome.Banned)
            return outcome;
        PeersLog.Banned(_log, connection.RemoteHost, banTime.TotalMinutes, blame.Reason);
        _book.RemoveAll(peer => _reputation.IsBanned(peer, Now));
        CloseBanned();
        _keeper.Changed(Now);
        return outcome;
    }

    /// <inheritdoc/>
    public Task AddKnown(PeerAddress[] peers, string toldBy)
    {
        _plan.Learn(peers, toldBy, Now);
        _keeper.Changed(Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Resolved(PeerAddress named, PeerAddress[] addresses)
    {
        _book.Remove(named);
        _plan.Learn(addresses, named.Host.ToString(), Now);
        _keeper.Changed(Now);
        return Task.CompletedTask;
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
        // Nobody is known, as at a first start: nothing need be compared, nor the code for it compiled.
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
        _keeper.Changed(Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task IsOurselves(PeerAddress peer)
    {
        _plan.IsOurselves(peer);
        _keeper.Changed(Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Reached(PeerAddress peer)
    {
        _plan.Reached(peer);
        Note(peer, isReached: true);
        return Task.CompletedTask;
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

    /// <summary>Who is kept out is sent away as well, with all his connections: each would cost a lie more. On loopback a word is banned,
    /// which others may say as well.</summary>
    private void CloseBanned() => Close(
        _table.Established().Where(c => !c.IsConfigured && !Reputation.IsLocal(c) && _reputation.IsBanned(c, Now)),
        DisconnectReason.Banned);

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

    private void Note(PeerAddress peer, bool isReached)
    {
        if (isReached)
            _book.Reached(peer, Now);
        else
            _book.Add(peer, Now);
        _keeper.Changed(Now);
    }

    private Task KeepBook(CancellationToken cancellation)
    {
        _keeper.Tick(Now);
        return Task.CompletedTask;
    }
}
