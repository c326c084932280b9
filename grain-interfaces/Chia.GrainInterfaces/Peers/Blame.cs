namespace Chia.GrainInterfaces.Peers;

/// <summary>What a peer did wrong and how much it weighs. A fault of ours never makes one.</summary>
/// <param name="Reason">What it did, for the log and the operator.</param>
/// <param name="Points">Score; at <see cref="Limit"/> the connection is closed and the address banned for a while.</param>
[GenerateSerializer, Immutable, Alias("chia.Blame")]
public sealed record Blame(string Reason, int Points)
{
    /// <summary>Points at which a peer is dropped and its address banned. They fade: half of them in ten minutes.</summary>
    public const int Limit = 100;

    /// <summary>A breach of the protocol: malformed, not allowed, or provably false. Ends the connection at once.</summary>
    public static Blame Breach(string reason) => new(reason, Limit);

    /// <summary>Bad data that an honest node might have relayed without knowing.</summary>
    public static Blame BadData(string reason) => new(reason, Limit / 4);

    /// <summary>A promise not kept: silence, an answer cut short. Slow is not wrong, so it weighs little.</summary>
    public static Blame Unhelpful(string reason) => new(reason, Limit / 20);
}
