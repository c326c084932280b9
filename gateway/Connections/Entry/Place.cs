using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections.Entry;

/// <summary>The place of one accepted connection, and what speaks for keeping it. Times are readings of the owner's clock.</summary>
internal sealed class Place(PeerHost host, bool isConfigured, TimeSpan since, Action evict)
{
    /// <summary>Where the peer is.</summary>
    public PeerHost Host { get; } = host;

    /// <summary>The network that it belongs to, by which connections are counted.</summary>
    public NetworkGroup Group { get; } = host.Group;

    /// <summary>The operator named its address: it is never evicted.</summary>
    public bool IsConfigured { get; } = isConfigured;

    /// <summary>When it was accepted.</summary>
    public TimeSpan Since { get; } = since;

    /// <summary>The peer's role; none while it shakes hands.</summary>
    public Role Role { get; set; }

    /// <summary>The peer has sent its handshake, so it is not silent.</summary>
    public bool HasSpoken { get; set; }

    /// <summary>When it last told us something new; null if never.</summary>
    public TimeSpan? LastNews { get; set; }

    /// <summary>When it last answered a question; null if never.</summary>
    public TimeSpan? LastAnswer { get; set; }

    /// <summary>
    /// The time of its fastest answer, which nobody can fake: a question must have been read to be answered. Null if it never answered.
    /// </summary>
    public TimeSpan? FastestAnswer { get; set; }

    /// <summary>Ends the connection, for the sake of another.</summary>
    public Action Evict { get; set; } = evict;
}
