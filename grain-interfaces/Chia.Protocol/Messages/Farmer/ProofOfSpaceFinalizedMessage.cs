using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A block became a tip: farmers look for proofs of space for its challenge (PROTOCOL.md 8.4).</summary>
/// <param name="ChallengeHash">Challenge hash of the block.</param>
/// <param name="Height">Height of the block.</param>
/// <param name="Weight">Total weight of the block.</param>
/// <param name="Quality">Quality of the block's proof of space.</param>
/// <param name="Difficulty">Difficulty of the next block, units of 2^32.</param>
public sealed record ProofOfSpaceFinalizedMessage(
    Bytes32 ChallengeHash,
    uint Height,
    ulong Weight,
    Bytes32 Quality,
    ulong Difficulty) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_space_finalized";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfSpaceFinalizedMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        new Field<ProofOfSpaceFinalizedMessage, uint>("height", WireTypes.U32, m => m.Height),
        new Field<ProofOfSpaceFinalizedMessage, ulong>("weight", WireTypes.U64, m => m.Weight),
        new Field<ProofOfSpaceFinalizedMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<ProofOfSpaceFinalizedMessage, ulong>("difficulty", WireTypes.U64, m => m.Difficulty),
        (challengeHash, height, weight, quality, difficulty) => new(challengeHash, height, weight, quality, difficulty));
}

/// <summary>Defined and handled, never sent (PROTOCOL.md 8.4).</summary>
/// <param name="Weight">Total weight.</param>
/// <param name="Quality">Quality of a proof of space.</param>
public sealed record ProofOfSpaceArrivedMessage(ulong Weight, Bytes32 Quality) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_space_arrived";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfSpaceArrivedMessage, ulong>("weight", WireTypes.U64, m => m.Weight),
        new Field<ProofOfSpaceArrivedMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        (weight, quality) => new(weight, quality));
}

/// <summary>The full node's estimate of the speed of proofs of time (PROTOCOL.md 8.4).</summary>
/// <param name="PotEstimateIps">Iterations per second.</param>
public sealed record ProofOfTimeRateMessage(ulong PotEstimateIps) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_time_rate";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfTimeRateMessage, ulong>("pot_estimate_ips", WireTypes.U64, m => m.PotEstimateIps),
        potEstimateIps => new(potEstimateIps));
}
