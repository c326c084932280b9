using Chia.Consensus.Validation;

namespace Chia.Grains.Sync;

/// <summary>Whom a broken rule condemns while the header chain is known (see <see cref="FailureScope"/>).</summary>
internal static class FailureScopes
{
    /// <summary>The scope of a rule at the target's own height or below it.</summary>
    public static FailureScope Of(ConsensusRule rule, bool atTarget) => rule switch
    {
        ConsensusRule.TimestampTooLate or ConsensusRule.MissingAncestor => FailureScope.Local,
        ConsensusRule.ProofOfTimePresent or ConsensusRule.ChallengePresent or ConsensusRule.ProofOfSpaceHash or ConsensusRule.BodyHash
            or ConsensusRule.ProofOfTime or ConsensusRule.NumberOfIterations or ConsensusRule.ProofOfTimeChallenge
            or ConsensusRule.ChallengePreviousHash or ConsensusRule.ChallengeOutputHash => FailureScope.Copy,
        ConsensusRule.ChallengeProofOfSpaceHash or ConsensusRule.CoinbaseChallengeHeight or ConsensusRule.ChallengeHeight
            or ConsensusRule.TotalWeight or ConsensusRule.TotalIterations => atTarget ? FailureScope.Copy : FailureScope.Target,
        _ => FailureScope.Target,
    };

    /// <summary>As the other, by the rule's name, which is what crosses grains.</summary>
    public static FailureScope Of(string rule, bool atTarget) =>
        Enum.TryParse<ConsensusRule>(rule, out var known) ? Of(known, atTarget) : FailureScope.Local;
}
