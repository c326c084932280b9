using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A new tip: timelords start its proof of time (PROTOCOL.md 8.6).</summary>
/// <param name="ChallengeHash">Challenge hash of the tip.</param>
/// <param name="Weight">Total weight of the tip.</param>
public sealed record ChallengeStartMessage(Bytes32 ChallengeHash, ulong Weight) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "challenge_start";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ChallengeStartMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        new Field<ChallengeStartMessage, ulong>("weight", WireTypes.U64, m => m.Weight),
        (challengeHash, weight) => new(challengeHash, weight));
}

/// <summary>An unfinished block: how many iterations would complete it (PROTOCOL.md 8.6).</summary>
/// <param name="ChallengeHash">Challenge hash of its parent.</param>
/// <param name="IterationsNeeded">Iterations.</param>
public sealed record ProofOfSpaceInfoMessage(Bytes32 ChallengeHash, ulong IterationsNeeded) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_space_info";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfSpaceInfoMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        new Field<ProofOfSpaceInfoMessage, ulong>("iterations_needed", WireTypes.U64, m => m.IterationsNeeded),
        (challengeHash, iterationsNeeded) => new(challengeHash, iterationsNeeded));
}
