namespace Chia.GrainInterfaces.Roles;

/// <summary>A challenge of a farmer and what came of it, for status displays.</summary>
/// <param name="Challenge">The challenge in hexadecimal.</param>
/// <param name="Height">Height of its block.</param>
/// <param name="Weight">Total weight of its block.</param>
/// <param name="Difficulty">Difficulty of the next block.</param>
/// <param name="Age">Since it was announced first.</param>
/// <param name="Answers">Qualities that harvesters answered.</param>
/// <param name="Followed">Those that were good enough to be followed up.</param>
/// <param name="Proofs">Proofs that came of it and were verified.</param>
/// <param name="Signed">Headers signed with them.</param>
/// <param name="BestIterations">Fewest iterations of a followed quality; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("chia.FarmerChallengeView")]
public sealed record FarmerChallengeView(
    string Challenge,
    uint Height,
    ulong Weight,
    ulong Difficulty,
    TimeSpan Age,
    int Answers,
    int Followed,
    int Proofs,
    int Signed,
    ulong? BestIterations);
