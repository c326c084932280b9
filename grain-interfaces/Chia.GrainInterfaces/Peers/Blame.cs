using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Peers;

/// <summary>What a peer did wrong and how much it weighs. A fault of ours never makes one.</summary>
/// <param name="Kind">What kind of wrong.</param>
/// <param name="Reason">What it did, for the log and the operator.</param>
[GenerateSerializer, Immutable, Alias("chia.Blame")]
public sealed record Blame(BlameKind Kind, string Reason)
{
    /// <summary>Points at which a peer is dropped. They fade: half of them in ten minutes.</summary>
    public const int Limit = 100;

    /// <summary>What it weighs: one breach, four pieces of bad data or twenty delays are the limit.</summary>
    public int Points => Kind switch
    {
        BlameKind.Breach => Limit,
        BlameKind.BadData => Limit / 4,
        _ => Limit / 20,
    };

    /// <summary>A breach of the protocol: malformed, not allowed, or provably false. Ends the connection at once.</summary>
    public static Blame Breach(string reason) => new(BlameKind.Breach, reason);

    /// <summary>Bad data that an honest node might have relayed without knowing.</summary>
    public static Blame BadData(string reason) => new(BlameKind.BadData, reason);

    /// <summary>A promise not kept: silence, an answer cut short. Slow is not wrong, so it weighs little.</summary>
    public static Blame Unhelpful(string reason) => new(BlameKind.Unhelpful, reason);
}

/// <summary>What follows from a blame.</summary>
public enum BlameOutcome
{
    /// <summary>The connection stays.</summary>
    Tolerated,

    /// <summary>The connection ends; its peer may come back.</summary>
    Dropped,

    /// <summary>The connection ends and its address is kept out for a while.</summary>
    Banned,
}
