using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Handshake;

/// <summary>
/// A second connection to a node id that is connected already. The reference keeps the older one (PROTOCOL.md 4.4), which loses both when
/// two processes dial each other at once, and blocks the owner of an id whose old connection died unnoticed (11.9).
/// </summary>
public static class DuplicateRule
{
    /// <summary>Two dials within this time are simultaneous: a dial and a handshake take a few round trips.</summary>
    public static readonly TimeSpan SimultaneousWindow = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A connection that was silent for so long may be dead: twice the time between two tips of the testnet, of which all but introducers hear.
    /// </summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(10);

    /// <summary>Decides. Both ends of a simultaneous dial come to the same verdict if neither had finished a handshake.</summary>
    /// <param name="ownId">Our node id.</param>
    /// <param name="peerId">The peer's node id.</param>
    /// <param name="existing">The registered connection.</param>
    /// <param name="candidate">The connection whose handshake has just arrived.</param>
    public static DuplicateVerdict Resolve(Bytes32 ownId, Bytes32 peerId, in ConnectionFacts existing, in ConnectionFacts candidate)
    {
        if (IsSimultaneousDial(existing, candidate))
        {
            var smallerDialled = candidate.DialledByUs == ownId < peerId;
            return smallerDialled ? DuplicateVerdict.KeepNew : DuplicateVerdict.KeepExisting;
        }

        var returned = existing.Silence >= StaleAfter && existing.RemoteAddress == candidate.RemoteAddress;
        return returned ? DuplicateVerdict.KeepNew : DuplicateVerdict.KeepExisting;
    }

    /// <summary>
    /// An established connection is no longer up for choice: the peer registered it before it sent its ack, and a reference peer refuses
    /// every other.
    /// </summary>
    private static bool IsSimultaneousDial(in ConnectionFacts existing, in ConnectionFacts candidate) =>
        existing.DialledByUs != candidate.DialledByUs && !existing.Established && existing.Age <= SimultaneousWindow;
}

/// <summary>Which of two connections to one node id stays.</summary>
public enum DuplicateVerdict
{
    /// <summary>Close the new one (<see cref="RegistrationOutcome.Duplicate"/>).</summary>
    KeepExisting,

    /// <summary>Close the old one and register the new one (<see cref="RegistrationOutcome.Accepted"/>).</summary>
    KeepNew,
}

/// <summary>What decides between two connections to one node id.</summary>
/// <param name="DialledByUs">True if we dialled, false if we accepted.</param>
/// <param name="RemoteAddress">The peer's address as seen on the socket, without port.</param>
/// <param name="Age">Since the TCP connection came up.</param>
/// <param name="Silence">Since the last byte arrived, or since the connection came up.</param>
/// <param name="Established">The peer's ack has arrived: it has registered this connection.</param>
public readonly record struct ConnectionFacts(bool DialledByUs, string RemoteAddress, TimeSpan Age, TimeSpan Silence, bool Established);
