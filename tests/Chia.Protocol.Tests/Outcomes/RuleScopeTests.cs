using Chia.Protocol.Outcomes;

namespace Chia.Protocol.Tests.Outcomes;

/// <summary>The malleability table against the list of what a header hash does not cover (CONSENSUS.md 18.1).</summary>
public sealed class RuleScopeTests
{
    /// <summary>Rules about proof of time, or about parts that a copy may lack or swap without another header hash.</summary>
    private static readonly ConsensusRule[] Copy =
    [
        ConsensusRule.ProofOfTimePresent,
        ConsensusRule.ChallengePresent,
        ConsensusRule.ProofOfSpaceHash,
        ConsensusRule.BodyHash,
        ConsensusRule.ProofOfTimeChallenge,
        ConsensusRule.ChallengePreviousHash,
        ConsensusRule.ChallengeOutputHash,
        ConsensusRule.ProofOfTime,
        ConsensusRule.NumberOfIterations,
        ConsensusRule.HeaderHashList,
    ];

    /// <summary>Rules about fields of the challenge, which the next header's proof of space names.</summary>
    private static readonly ConsensusRule[] Challenge =
    [
        ConsensusRule.ChallengeProofOfSpaceHash,
        ConsensusRule.CoinbaseChallengeHeight,
        ConsensusRule.ChallengeHeight,
        ConsensusRule.TotalWeight,
        ConsensusRule.TotalIterations,
    ];

    private static readonly ConsensusRule[] Ourselves = [ConsensusRule.TimestampTooLate, ConsensusRule.MissingAncestor];

    public static TheoryData<ConsensusRule> Rules => [.. Enum.GetValues<ConsensusRule>()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_condemns_what_its_part_is_covered_by(ConsensusRule rule)
    {
        var expected = Copy.Contains(rule) ? RuleScope.Copy
            : Challenge.Contains(rule) ? RuleScope.Challenge
            : Ourselves.Contains(rule) ? RuleScope.Ourselves
            : RuleScope.Block;

        Assert.Equal(expected, rule.Scope());
    }
}
