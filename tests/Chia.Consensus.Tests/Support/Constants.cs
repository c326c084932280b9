using Chia.Protocol.Networks;

namespace Chia.Consensus.Tests.Support;

/// <summary>Constants for short chains: those of the reference's own tests (CONSENSUS.md 5).</summary>
internal static class Constants
{
    public static readonly ConsensusConstants Small = new()
    {
        DifficultyStarting = 5,
        DifficultyEpoch = 12,
        DifficultyDelay = 3,
        BlockTimeTarget = 10,
        MinBlockTime = 2,
    };

    /// <summary>The testnet's, but for challenges that hash the whole proof of time (DECISIONS 1).</summary>
    public static readonly ConsensusConstants WithWholeProof = new() { ChallengeOutput = ChallengeOutput.WholeProofAllowed };
}
