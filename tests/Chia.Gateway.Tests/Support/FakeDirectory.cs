using System.Threading.Channels;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Support;

/// <summary>A directory that answers as the test wants, when the test wants.</summary>
internal sealed class FakeDirectory : IPeerDirectoryGrain
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private int _dialQuestions;

    public List<PeerConnection> Registered { get; } = [];

    public List<ConnectionId> Removed { get; } = [];

    /// <summary>Whom to dial or try out next; asked for once.</summary>
    public List<PeerAddress> Candidates { get; } = [];

    /// <summary>Peers that are missing.</summary>
    public int Missing { get; set; }

    /// <summary>What became of a dial, as it was told.</summary>
    public Task<string> Heard() => _told.Reader.ReadAsync().AsTask().InTime();

    /// <summary>The answer to the next registration.</summary>
    public Func<Task<Registration>> OnRegister { get; set; } = () => Task.FromResult(new Registration(RegistrationOutcome.Accepted));

    public Task<Registration> Register(PeerConnection connection)
    {
        Registered.Add(connection);
        return OnRegister();
    }

    /// <summary>The answer to the next removal.</summary>
    public Func<Task> OnRemove { get; set; } = () => Task.CompletedTask;

    public Task Remove(ConnectionId connectionId)
    {
        Removed.Add(connectionId);
        return OnRemove();
    }

    public Task<bool> Established(PeerLine line, bool isAgain) => throw new NotSupportedException();

    public Task<PeerLine?> FindLine(ConnectionId connectionId) => throw new NotSupportedException();

    /// <summary>Subscriptions that it has removed.</summary>
    public HashSet<Guid> Unsubscribed { get; } = [];

    public Task<bool> Subscribed(string gatewayId, Guid[] subscriptions) => Task.FromResult(!Unsubscribed.Overlaps(subscriptions));

    public Task<Bytes32> GetNodeId() => throw new NotSupportedException();

    /// <summary>The directory's activation.</summary>
    public Guid Activation { get; set; } = Guid.NewGuid();

    /// <summary>How often a gateway said that it lives.</summary>
    public int Beats { get; private set; }

    public Task<Guid> Beat(string gatewayId)
    {
        Beats++;
        return Task.FromResult(Activation);
    }

    /// <summary>What other gateways hold.</summary>
    public PlacesElsewhere Elsewhere { get; set; } = PlacesElsewhere.None;

    public Task<PlacesElsewhere> GetPlacesElsewhere(string gatewayId) => Task.FromResult(Elsewhere);

    public Task<string[]> GetGateways() => throw new NotSupportedException();

    /// <summary>Another gateway dials the configured peers.</summary>
    public bool IsDialledElsewhere { get; set; }

    public Task<bool> ClaimDial(string gatewayId, string target) => Task.FromResult(!IsDialledElsewhere);

    public Task<BannedSource[]> Renew(string gatewayId, PeerConnection[] connections)
    {
        Assert.True(_told.Writer.TryWrite($"renewed {connections.Length}"));
        return GetBans();
    }

    public Task<PeerConnection[]> GetConnections(Role role = Role.None) => throw new NotSupportedException();

    public Task<PeerPoints[]> GetPoints() => throw new NotSupportedException();

    public Task<BlameOutcome> Penalise(ConnectionId connectionId, Blame blame) => throw new NotSupportedException();

    public Task AddKnown(PeerAddress[] peers, string toldBy) => throw new NotSupportedException();

    public Task Resolved(PeerAddress named, PeerAddress[] addresses) => Note($"resolved {named}");

    public Task<PeerAddress[]> GetKnown(int maximum, TimeSpan threshold, PeerAddress? asker) => throw new NotSupportedException();

    /// <summary>How often it was asked whom to dial.</summary>
    public int DialQuestions => Volatile.Read(ref _dialQuestions);

    public Task<PeerAddress[]> GetDialCandidates()
    {
        Interlocked.Increment(ref _dialQuestions);
        PeerAddress[] now = [.. Candidates];
        Candidates.Clear();
        return Task.FromResult(now);
    }

    public Task<PeerAddress[]> GetVettingCandidates(int maximum) => GetDialCandidates();

    public Task DialFailed(PeerAddress peer) => Note($"failed {peer}");

    public Task IsOurselves(PeerAddress peer) => Note($"ourselves {peer}");

    public Task Reached(PeerAddress peer) => Note($"reached {peer}");

    public Task<int> GetMissingPeers() => Task.FromResult(Missing);

    public Task Ban(PeerHost host, TimeSpan time) => Note($"banned {host}");

    public Task<bool> Unban(PeerHost host) => Task.FromResult(false);

    /// <summary>Who is kept out.</summary>
    public List<BannedSource> Bans { get; } = [];

    public Task<BannedSource[]> GetBans() => Task.FromResult<BannedSource[]>([.. Bans]);

    public Task Keep(PeerAddress peer) => Note($"kept {peer}");

    public Task<bool> Release(PeerAddress peer) => Task.FromResult(false);

    /// <summary>Whom the operator wants connected.</summary>
    public List<PeerAddress> Kept { get; } = [];

    public Task<PeerAddress[]> GetKept() => Task.FromResult<PeerAddress[]>([.. Kept]);

    private Task Note(string what)
    {
        Assert.True(_told.Writer.TryWrite(what));
        return Task.CompletedTask;
    }
}
