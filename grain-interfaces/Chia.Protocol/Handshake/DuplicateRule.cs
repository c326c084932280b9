using Chia.Protocol.Primitives;

namespace Chia.Protocol.Handshake;

/// <summary>
/// Two connections between the same two processes (PROTOCOL.md 4.4). The reference keeps the older one, which loses both when two
/// processes dial each other at once: each may know the other one first. So nothing that stands is given up until the peer has
/// acknowledged what would replace it, and of two that both ends acknowledged the same one stays at both: what the smaller id dialled. A
/// reference peer acknowledges one of the two only.
/// </summary>
public static class DuplicateRule
{
    /// <summary>
    /// Two dials within this time are simultaneous: as long as a handshake may take. What was established before that is so at the peer as
    /// well, and the peer would not dial.
    /// </summary>
    public static readonly TimeSpan SimultaneousWindow = TimeSpan.FromSeconds(15);

    /// <summary>The handshake of a second connection has arrived: whether it goes on, so that the peer's ack decides. If not, it is
    /// closed, and nothing else.</summary>
    /// <param name="existing">The connection that is there.</param>
    /// <param name="candidate">The one whose handshake has just arrived.</param>
    public static bool GoesOn(in ConnectionFacts existing, in ConnectionFacts candidate)
    {
        if (existing.DialledByUs == candidate.DialledByUs)
            return false;

        // What we dialled in vain we take back; what the peer dialled long after it has acknowledged the other is no simultaneous dial.
        return !existing.IsEstablished || (!candidate.DialledByUs && existing.Age <= SimultaneousWindow);
    }

    /// <summary>Of two established connections, one dialled by each end: whether the one that we dialled stays. The peer comes to the
    /// opposite answer.</summary>
    /// <param name="ownId">Our node id.</param>
    /// <param name="peerId">The peer's node id.</param>
    public static bool OwnDialStays(Bytes32 ownId, Bytes32 peerId) => ownId < peerId;
}

/// <summary>What decides between two connections to one node id.</summary>
/// <param name="DialledByUs">True if we dialled, false if we accepted.</param>
/// <param name="Age">Since its handshake arrived.</param>
/// <param name="IsEstablished">The peer's ack has arrived: it has registered this connection.</param>
public readonly record struct ConnectionFacts(bool DialledByUs, TimeSpan Age, bool IsEstablished);
