using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>Who is connected to one role of a node, and whom it knows; key <see cref="NodeKey.OfRole"/> (PROTOCOL.md 7).</summary>
[Alias("chia.IPeerDirectoryGrain")]
public interface IPeerDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Reserves the node id of a connection whose handshake is under way. An older connection that loses the tie-break is closed.</summary>
    [Alias("Register")]
    Task<RegistrationOutcome> Register(PeerConnection connection);

    /// <summary>The handshake is done: the connection takes part in broadcasts and random choices. False if it lost its place to a twin meanwhile.</summary>
    [Alias("Established")]
    Task<bool> Established(string connectionId);

    /// <summary>The connection is gone, whether established or not.</summary>
    [Alias("Remove")]
    Task Remove(string connectionId);

    /// <summary>
    /// A gateway lives and holds these established connections. Entries of gateways that stay silent are dropped; a directory that had to start
    /// anew learns its connections again.
    /// </summary>
    [Alias("Renew")]
    Task Renew(string gatewayId, PeerConnection[] connections);

    /// <summary>The established connections, all of them or those of one role.</summary>
    [Alias("GetConnections")]
    Task<PeerConnection[]> GetConnections(NodeType role = NodeType.None);

    /// <summary>One established connection of a role, drawn uniformly; null if there is none.</summary>
    [Alias("PickRandom")]
    Task<PeerConnection?> PickRandom(NodeType role);

    /// <summary>Adds to a peer's score. True if it has reached the limit: the connection is to be closed, its address banned unless too few peers would remain.</summary>
    [Alias("Penalise")]
    Task<bool> Penalise(string connectionId, Blame blame);

    /// <summary>
    /// Adds addresses told by an introducer: unusable ones and our own are dropped, the book stays bounded. A public introducer tells public
    /// addresses only (PROTOCOL.md 11.14).
    /// </summary>
    /// <param name="peers">The addresses.</param>
    /// <param name="toldBy">The introducer's host.</param>
    [Alias("AddKnown")]
    Task AddKnown(PeerEndpoint[] peers, string toldBy);

    /// <summary>Addresses heard of in the last <paramref name="threshold"/>, at most <paramref name="maximum"/>, shuffled. For the introducer: only those that it reached itself, never the asker (DECISIONS 14).</summary>
    [Alias("GetKnown")]
    Task<PeerEndpoint[]> GetKnown(int maximum, TimeSpan threshold, PeerEndpoint? asker);

    /// <summary>Addresses worth dialling now, at most as many as peers are missing.</summary>
    [Alias("GetDialCandidates")]
    Task<PeerEndpoint[]> GetDialCandidates();

    /// <summary>Addresses to try out: heard of but never reached from here, or reached too long ago. For the introducer, which hands out only what it reached (DECISIONS 14).</summary>
    [Alias("GetVettingCandidates")]
    Task<PeerEndpoint[]> GetVettingCandidates(int maximum);

    /// <summary>An address could not be reached: it leaves the book.</summary>
    [Alias("DialFailed")]
    Task DialFailed(PeerEndpoint peer);

    /// <summary>An address turned out to be ourselves: it leaves the book for good.</summary>
    [Alias("IsOurselves")]
    Task IsOurselves(PeerEndpoint peer);

    /// <summary>An address was reached from here.</summary>
    [Alias("Reached")]
    Task Reached(PeerEndpoint peer);

    /// <summary>How many full-node connections are missing to the target (PROTOCOL.md 7.3).</summary>
    [Alias("GetMissingPeers")]
    Task<int> GetMissingPeers();
}
