namespace Chia.Protocol.Outcomes;

/// <summary>
/// What a broken rule condemns. The header hash covers header data and signature, and through them proof of space and body; it covers
/// neither proof of time nor challenge (CONSENSUS.md 18.1), so copies of one block may differ there.
/// </summary>
public enum RuleScope
{
    /// <summary>The block: the header hash covers what is wrong, so no copy of it can be valid.</summary>
    Block,

    /// <summary>This copy and its sender only: another copy of the same block may be good.</summary>
    Copy,

    /// <summary>
    /// This copy only, as long as nothing else covers its challenge. Once a header on top of it is verified, whose proof of space names
    /// the challenge's hash, the challenge is covered too, and the fault condemns the block.
    /// </summary>
    Challenge,

    /// <summary>Nobody: our clock or our index decides, and may decide otherwise later.</summary>
    Ourselves,
}

/// <summary>The malleability table: the scope of each <see cref="ConsensusRule"/>.</summary>
public static class RuleScopes
{
    /// <summary>What a broken rule condemns.</summary>
    public static RuleScope Scope(this ConsensusRule rule) => rule switch
    {
        ConsensusRule.TimestampTooLate
            or ConsensusRule.MissingAncestor => RuleScope.Ourselves,

        ConsensusRule.ProofOfTimePresent
            or ConsensusRule.ChallengePresent
            or ConsensusRule.ProofOfSpaceHash
            or ConsensusRule.BodyHash
            or ConsensusRule.ProofOfTimeChallenge
            or ConsensusRule.ChallengePreviousHash
            or ConsensusRule.ChallengeOutputHash
            or ConsensusRule.ProofOfTime
            or ConsensusRule.NumberOfIterations
            or ConsensusRule.HeaderHashList => RuleScope.Copy,

        ConsensusRule.ChallengeProofOfSpaceHash
            or ConsensusRule.CoinbaseChallengeHeight
            or ConsensusRule.ChallengeHeight
            or ConsensusRule.TotalWeight
            or ConsensusRule.TotalIterations => RuleScope.Challenge,

        _ => RuleScope.Block,
    };
}
