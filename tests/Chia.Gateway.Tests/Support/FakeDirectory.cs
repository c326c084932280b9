using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Support;

/// <summary>A directory that answers as the test wants, when the test wants.</summary>
internal sealed class FakeDirectory : IPeerDirectoryGrain
{
    public List<PeerConnection> Registered { get; } = [];

    public List<ConnectionId> Removed { get; } = [];

    /// <summary>The answer to the next registration.</summary>
    public Func<Task<Registration>> OnRegister { get; set; } = () => Task.FromResult(Registration.Accepted);

    public Task<Registration> Register(PeerConnection connection)
    {
        Registered.Add(connection);
        return OnRegister();
    }

    public Task Remove(ConnectionId connectionId)
    {
        Removed.Add(connectionId);
        return Task.CompletedTask;
    }

    public Task<bool> Established(ConnectionId connectionId) => throw new NotSupportedException();

    public Task<BannedSource[]> Renew(string gatewayId, PeerConnection[] connections) => throw new NotSupportedException();

    public Task<PeerConnection[]> GetConnections(NodeType role = NodeType.None) => throw new NotSupportedException();

    public Task<PeerConnection?> PickRandom(NodeType role) => throw new NotSupportedException();

    public Task<BlameOutcome> Penalise(ConnectionId connectionId, Blame blame) => throw new NotSupportedException();

    public Task AddKnown(PeerEndpoint[] peers, string toldBy) => throw new NotSupportedException();

    public Task Resolved(PeerEndpoint named, string[] addresses) => throw new NotSupportedException();

    public Task<PeerEndpoint[]> GetKnown(int maximum, TimeSpan threshold, PeerEndpoint? asker) => throw new NotSupportedException();

    public Task<PeerEndpoint[]> GetDialCandidates() => throw new NotSupportedException();

    public Task<PeerEndpoint[]> GetVettingCandidates(int maximum) => throw new NotSupportedException();

    public Task DialFailed(PeerEndpoint peer) => throw new NotSupportedException();

    public Task IsOurselves(PeerEndpoint peer) => throw new NotSupportedException();

    public Task Reached(PeerEndpoint peer) => throw new NotSupportedException();

    public Task<int> GetMissingPeers() => throw new NotSupportedException();
}
