using Chia.Protocol.Primitives;
using Chia.Sync.Peers;
using Chia.Sync.Questions;

namespace Chia.Sync.Requests;

/// <summary>A request that was sent and not answered yet.</summary>
/// <param name="peer">Who was asked.</param>
/// <param name="kind">For what.</param>
/// <param name="tip">The tip whose chain is meant.</param>
/// <param name="first">First height; 0 for a hash list.</param>
/// <param name="lastNew">Last height that is needed from the answer.</param>
/// <param name="last">Last height requested; headers ask for one more than needed, which proves the challenge of the last one
/// needed.</param>
/// <param name="sentAt">When.</param>
internal sealed class PendingRequest(
    PeerState peer, RequestKind kind, Bytes32 tip, uint first, uint lastNew, uint last, TimeSpan sentAt)
{
    /// <summary>Who was asked.</summary>
    public PeerState Peer { get; } = peer;

    /// <summary>For what.</summary>
    public RequestKind Kind { get; } = kind;

    /// <summary>First height.</summary>
    public uint First { get; } = first;

    /// <summary>Last height needed.</summary>
    public uint LastNew { get; } = lastNew;

    /// <summary>Last height requested.</summary>
    public uint Last { get; } = last;

    /// <summary>Heights requested.</summary>
    public int Count => (int)(Last - First) + 1;

    /// <summary>The question as it went out.</summary>
    public Question Question => new(Kind, tip, First, Count);

    /// <summary>When it was sent.</summary>
    public TimeSpan SentAt { get; } = sentAt;

    /// <summary>When another peer is asked as well.</summary>
    public required TimeSpan OverdueAt { get; init; }

    /// <summary>When the peer counts as silent.</summary>
    public required TimeSpan SilentAt { get; set; }

    /// <summary>Another peer may be asked; the answer is still welcome.</summary>
    public bool Overdue { get; set; }

    /// <summary>The next time at which something must be done about it.</summary>
    public TimeSpan Deadline => Overdue ? SilentAt : OverdueAt;
}
