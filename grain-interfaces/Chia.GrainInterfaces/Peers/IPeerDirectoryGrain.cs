using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>Who is connected to one role of a node, and whom it knows; key <see cref="NodeKey.OfRole"/> (PROTOCOL.md 7).</summary>
[Alias("chia.IPeerDirectoryGrain"), Version(2)]
public interface IPeerDirectoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Reserves the node id of a connection whose handshake is under way, unless it is a duplicate. One from elsewhere that claims the
    /// same id is another node (DECISIONS 20).
    /// </summary>
    [Alias("Register"), ResponseTimeout(AnswerTime.Memory)]
    Task<Registration> Register(PeerConnection connection);

    /// <summary>
    /// The handshake is done: the connection takes part in broadcasts and random choices, and those that give way to it are closed. False
    /// if it gives way itself: of two nodes that dialled each other at once both keep the same connection (PROTOCOL.md 4.4).
    /// </summary>
    /// <param name="line">The connection, and the way to it.</param>
    /// <param name="isAgain">It was established before: a directory that lives elsewhere since takes it in.</param>
    [Alias("Established"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> Established(PeerLine line, bool isAgain);

    /// <summary>An established connection and the way to it, for a peer's grain that lives elsewhere since; null if it is gone.</summary>
    [Alias("FindLine"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerLine?> FindLine(ConnectionId connectionId);

    /// <summary>
    /// A gateway lives and reads broadcasts by these subscriptions. Those of gateways that died are taken out, for whoever publishes would
    /// try to reach them for ever.
    /// </summary>
    /// <returns>False if some were taken out, because the gateway was silent for too long: it has to subscribe anew.</returns>
    [Alias("Subscribed"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> Subscribed(string gatewayId, Guid[] subscriptions);

    /// <summary>The node id that all gateways of this role announce (PROTOCOL.md 4.1): drawn once, kept with the address book.</summary>
    [Alias("GetNodeId"), ResponseTimeout(AnswerTime.Disk)]
    Task<Bytes32> GetNodeId();

    /// <summary>
    /// A gateway lives. Names this activation, as <see cref="Roles.IRoleGrain.Beat"/> does: a new one wants <see cref="Renew"/>.
    /// Connections of gateways that have not beaten for a while are forgotten.
    /// </summary>
    [Alias("Beat"), ResponseTimeout(AnswerTime.Memory)]
    Task<Guid> Beat(string gatewayId);

    /// <summary>What the other gateways hold of the places for accepted connections, which all share.</summary>
    [Alias("GetPlacesElsewhere"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PlacesElsewhere> GetPlacesElsewhere(string gatewayId);

    /// <summary>The gateways that have beaten lately.</summary>
    [Alias("GetGateways"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<string[]> GetGateways();

    /// <summary>Of several gateways of a node one dials a configured peer: true for the one that asked first, as long as it
    /// lives.</summary>
    /// <param name="gatewayId">Who asks.</param>
    /// <param name="target">Whom it would dial.</param>
    [Alias("ClaimDial"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> ClaimDial(string gatewayId, string target);

    /// <summary>The connection is gone, whether established or not.</summary>
    [Alias("Remove"), ResponseTimeout(AnswerTime.Memory)]
    Task Remove(ConnectionId connectionId);

    /// <summary>
    /// A gateway lives and holds these established connections. Entries of gateways that stay silent are dropped; a directory that had to
    /// start anew learns its connections again.
    /// </summary>
    /// <returns>Who is kept out, so that the gateway can turn them away at the door.</returns>
    [Alias("Renew"), ResponseTimeout(AnswerTime.Memory)]
    Task<BannedSource[]> Renew(string gatewayId, PeerConnection[] connections);

    /// <summary>The established connections, all of them or those of one role.</summary>
    [Alias("GetConnections"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerConnection[]> GetConnections(Role role = Role.None);

    /// <summary>What is held against the peers of the established connections.</summary>
    [Alias("GetPoints"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerPoints[]> GetPoints();

    /// <summary>
    /// Adds to what is held against a peer's address. A liar is kept out whatever it costs; a slow peer is kept out only if enough others
    /// are left.
    /// </summary>
    [Alias("Penalise"), ResponseTimeout(AnswerTime.Memory)]
    Task<BlameOutcome> Penalise(ConnectionId connectionId, Blame blame);

    /// <summary>
    /// Adds addresses told by an introducer: unusable ones and our own are dropped, the book stays bounded. A public introducer tells
    /// public addresses only (PROTOCOL.md 11.14).
    /// </summary>
    /// <param name="peers">The addresses.</param>
    /// <param name="toldBy">The introducer's host.</param>
    [Alias("AddKnown"), ResponseTimeout(AnswerTime.Memory)]
    Task AddKnown(PeerAddress[] peers, string toldBy);

    /// <summary>A told name was resolved: its addresses take its place in the book, if they may be dialled on another's word
    /// (DECISIONS 21).</summary>
    /// <param name="named">The name and port that were told.</param>
    /// <param name="addresses">What the name stands for; empty if for nothing.</param>
    [Alias("Resolved"), ResponseTimeout(AnswerTime.Memory)]
    Task Resolved(PeerAddress named, PeerAddress[] addresses);

    /// <summary>Addresses heard of in the last <paramref name="threshold"/>, at most <paramref name="maximum"/>, shuffled. For the
    /// introducer: only those that it reached itself, never the asker (DECISIONS 14).</summary>
    [Alias("GetKnown"), ReadOnly, AlwaysInterleave, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerAddress[]> GetKnown(int maximum, TimeSpan threshold, PeerAddress? asker);

    /// <summary>Addresses worth dialling now, at most as many as peers are missing.</summary>
    [Alias("GetDialCandidates"), ResponseTimeout(AnswerTime.Memory)]
    Task<PeerAddress[]> GetDialCandidates();

    /// <summary>Addresses to try out: heard of but never reached from here, or reached too long ago. For the introducer, which hands out
    /// only what it reached (DECISIONS 14).</summary>
    [Alias("GetVettingCandidates"), ResponseTimeout(AnswerTime.Memory)]
    Task<PeerAddress[]> GetVettingCandidates(int maximum);

    /// <summary>An address could not be reached: it leaves the book.</summary>
    [Alias("DialFailed"), ResponseTimeout(AnswerTime.Memory)]
    Task DialFailed(PeerAddress peer);

    /// <summary>An address turned out to be ourselves: it leaves the book for good.</summary>
    [Alias("IsOurselves"), ResponseTimeout(AnswerTime.Memory)]
    Task IsOurselves(PeerAddress peer);

    /// <summary>An address was reached from here, be it by a dial that turned out to be a duplicate; it may be dialled again at any
    /// time.</summary>
    [Alias("Reached"), ResponseTimeout(AnswerTime.Memory)]
    Task Reached(PeerAddress peer);

    /// <summary>How many full-node connections are missing to the target (PROTOCOL.md 7.3).</summary>
    [Alias("GetMissingPeers"), ResponseTimeout(AnswerTime.Memory)]
    Task<int> GetMissingPeers();

    /// <summary>The operator keeps an address out: its connections are closed, and it is not let in again before the time is
    /// over.</summary>
    [Alias("Ban"), ResponseTimeout(AnswerTime.Memory)]
    Task Ban(PeerHost host, TimeSpan time);

    /// <summary>Lets an address in again, whoever kept it out. False if it was not kept out.</summary>
    [Alias("Unban"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> Unban(PeerHost host);

    /// <summary>Who is kept out.</summary>
    [Alias("GetBans"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<BannedSource[]> GetBans();

    /// <summary>The operator wants a peer kept connected, until the node ends or <see cref="Release"/>.</summary>
    [Alias("Keep"), ResponseTimeout(AnswerTime.Memory)]
    Task Keep(PeerAddress peer);

    /// <summary>The operator does not want it any more. False if nobody did.</summary>
    [Alias("Release"), ResponseTimeout(AnswerTime.Memory)]
    Task<bool> Release(PeerAddress peer);

    /// <summary>Peers that the operator wants kept connected, beside those of the configuration.</summary>
    [Alias("GetKept"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<PeerAddress[]> GetKept();
}

/// <summary>The answer to a connection that wants a place.</summary>
/// <param name="Outcome">Whether it gets it.</param>
/// <param name="Wait">How long the handshake is to be held back before its ack; zero except for newcomers on loopback after a ban
/// there.</param>
/// <param name="Elsewhere">What the other gateways hold; null if that does not matter.</param>
[GenerateSerializer, Immutable, Alias("chia.Registration")]
public sealed record Registration(RegistrationOutcome Outcome, TimeSpan Wait = default, PlacesElsewhere? Elsewhere = null);

/// <summary>Peers that are kept out.</summary>
/// <param name="Subscriber">Whoever is behind their address (<see cref="Chia.Protocol.Addresses.PeerHost.Subscriber"/>):
/// <c>203.0.113.5/32</c>, <c>2001:db8:0:1::/64</c>.</param>
/// <param name="Left">For how much longer.</param>
[GenerateSerializer, Immutable, Alias("chia.BannedSource")]
public sealed record BannedSource(string Subscriber, TimeSpan Left);
