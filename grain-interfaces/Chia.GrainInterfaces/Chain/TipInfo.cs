using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>A block of the chain as other grains need it: its place, and what farmers and timelords are told of it.</summary>
/// <param name="HeaderHash">Block id.</param>
/// <param name="PrevHeaderHash">Block id of the parent.</param>
/// <param name="ChallengeHash">What its children's proofs must answer.</param>
/// <param name="Height">Height.</param>
/// <param name="TotalWeight">Sum of difficulties.</param>
/// <param name="TotalIterations">Sum of iterations.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="Difficulty">Difficulty in force for it; genesis: its weight.</param>
/// <param name="IterationsPerSecond">ips in force for it.</param>
/// <param name="Quality">Quality of its proof of space.</param>
/// <param name="NextDifficulty">Difficulty of its children; 0 if none can be valid (CONSENSUS.md 9).</param>
/// <param name="NextIterationsPerSecond">ips of its children; 0 if none can be valid (CONSENSUS.md 10).</param>
[GenerateSerializer, Immutable, Alias("chia.TipInfo")]
public sealed record TipInfo(
    Bytes32 HeaderHash,
    Bytes32 PrevHeaderHash,
    Bytes32 ChallengeHash,
    uint Height,
    ulong TotalWeight,
    ulong TotalIterations,
    ulong Timestamp,
    ulong Difficulty,
    ulong IterationsPerSecond,
    Bytes32 Quality,
    ulong NextDifficulty,
    ulong NextIterationsPerSecond)
{
    /// <summary>The part of it that is stored.</summary>
    public BlockRecord ToRecord() =>
        new(HeaderHash, PrevHeaderHash, ChallengeHash, Height, TotalWeight, TotalIterations, Timestamp, Difficulty, IterationsPerSecond,
            Quality);
}
