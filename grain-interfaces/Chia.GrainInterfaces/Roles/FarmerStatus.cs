namespace Chia.GrainInterfaces.Roles;

/// <summary>What a farmer is at, for status displays. Counts are since its start.</summary>
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
