using Chia.Consensus.Validation;

namespace Chia.Grains.Validation;

/// <summary>
/// What a broken rule condemns. The header hash covers header data and signature, and through them proof of space and body; it covers neither
/// proof of time nor challenge (CONSENSUS.md 18.1), so a fault there condemns the copy and its sender, not the block.
/// </summary>
public static class RuleScope
{
    /// <summary>Another copy of the same block may be good.</summary>
    public static bool IsCopyOnly(ConsensusRule rule) => rule is
        ConsensusRule.ProofOfTimePresent
        or ConsensusRule.ChallengePresent
        or ConsensusRule.ProofOfSpaceHash
        or ConsensusRule.BodyHash
        or ConsensusRule.ChallengeProofOfSpaceHash
        or ConsensusRule.CoinbaseChallengeHeight
        or ConsensusRule.ProofOfTimeChallenge
        or ConsensusRule.ChallengePreviousHash
        or ConsensusRule.ChallengeOutputHash
        or ConsensusRule.ProofOfTime
        or ConsensusRule.NumberOfIterations
        or ConsensusRule.ChallengeHeight
        or ConsensusRule.TotalWeight
        or ConsensusRule.TotalIterations
        or ConsensusRule.HeaderHashList;
}
