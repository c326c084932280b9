using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>What ties an unfinished block to its proof of time (SYNC.md 4.1 step 3).</summary>
/// <param name="ChallengeHash">The challenge.</param>
/// <param name="Iterations">Iterations of the proof of time.</param>
internal readonly record struct UnfinishedKey(Bytes32 ChallengeHash, ulong Iterations);
