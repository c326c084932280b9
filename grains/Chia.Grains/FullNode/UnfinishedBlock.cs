using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>An accepted block that waits for its proof of time.</summary>
/// <param name="Block">The block; proof of time and challenge are absent.</param>
/// <param name="ChallengeHash">Challenge its proofs answer: the parent's.</param>
/// <param name="Iterations">Iterations its proof of time must have.</param>
/// <param name="ParentHash">Block id of the parent.</param>
/// <param name="Difficulty">Its difficulty.</param>
internal sealed record UnfinishedBlock(
    FullBlock Block, Bytes32 ChallengeHash, ulong Iterations, Bytes32 ParentHash, ulong Difficulty)
{
    /// <summary>What a proof of time names.</summary>
    public UnfinishedKey Key => new(ChallengeHash, Iterations);
}
