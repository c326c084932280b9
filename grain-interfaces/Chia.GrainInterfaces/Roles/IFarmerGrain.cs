namespace Chia.GrainInterfaces.Roles;

/// <summary>The farmer (ROLES.md 3); key: the node's name.</summary>
[Alias("chia.IFarmerGrain"), Version(1)]
public interface IFarmerGrain : IRoleGrain
{
    /// <summary>Its state, for status displays.</summary>
    [Alias("GetStatus"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<FarmerStatus> GetStatus();

    /// <summary>The newest challenges, newest first, at most so many.</summary>
    [Alias("GetChallenges"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<FarmerChallengeView[]> GetChallenges(int most);
}

/// <summary>What a farmer is doing, for status displays. Counts are since its start.</summary>
/// <param name="FullNodes">Connected full nodes.</param>
/// <param name="Harvesters">Connected harvesters.</param>
/// <param name="Height">Height of the heaviest challenge's block; null if no full node has announced one.</param>
/// <param name="Weight">Its total weight.</param>
/// <param name="Challenge">The challenge in hexadecimal; empty if there is none.</param>
/// <param name="Challenges">Challenges kept.</param>
/// <param name="Qualities">Qualities that are being followed up.</param>
/// <param name="ProofsFound">Proofs that were verified.</param>
/// <param name="HeadersSigned">Blocks handed to full nodes, signed.</param>
/// <param name="Shares">Shares for the pool.</param>
/// <param name="ProofsPerChallenge">Proofs that the harvesters' plots had for a challenge, on average over those kept; null before the
/// first was asked.</param>
[GenerateSerializer, Immutable, Alias("chia.FarmerStatus")]
public sealed record FarmerStatus(
    int FullNodes,
    int Harvesters,
    uint? Height,
    ulong Weight,
    string Challenge,
    int Challenges,
    int Qualities,
    long ProofsFound,
    long HeadersSigned,
    long Shares,
    double? ProofsPerChallenge);

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
