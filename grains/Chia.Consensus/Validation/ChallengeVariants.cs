using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>
/// The challenge of a block is not covered by its header hash (CONSENSUS.md 18.1): it follows from the proof of time, and this says how
/// (DECISIONS 1). The output hash is H(ser(output)) where a full node completed the block. Networks of the reference's test tools also
/// have H(ser(proof of time)): there a block has two variants, anyone can turn one into the other, and its children answer only one of
/// them.
/// </summary>
public static class ChallengeVariants
{
    /// <summary>
    /// Checks that a finished block carries a challenge which follows from its own proof of time; the genesis block's is given. Says
    /// nothing about the proof of time itself. Also for what is stored already: a copy from before this rule was kept may break it.
    /// </summary>
    /// <param name="allowed">The variants that the network allows.</param>
    /// <param name="block">A header block with proof of time and challenge.</param>
    /// <returns>The broken rule, which condemns this copy and not the header hash; null if there is none.</returns>
    internal static Rejection? Check(ChallengeOutput allowed, HeaderBlock block)
    {
        if (CopyRules.CheckPresence(block) is { } absence)
            return absence;
        var (challenge, proofOfTime) = (block.Challenge!, block.ProofOfTime!);
        if (challenge.Height == 0)
            return null;
        if (challenge.PrevChallengeHash != proofOfTime.ChallengeHash)
            return new Rejection(
                ConsensusRule.ChallengePreviousHash, $"{challenge.PrevChallengeHash}, expected {proofOfTime.ChallengeHash}");
        return OutputHashes(allowed, proofOfTime).Contains(challenge.ProofOfTimeOutputHash)
            ? null
            : new Rejection(
                ConsensusRule.ChallengeOutputHash, $"{challenge.ProofOfTimeOutputHash}, expected {proofOfTime.Output.Sha256()}");
    }

    /// <summary>
    /// The stored <paramref name="block"/> in the variant whose challenge hash is <paramref name="challengeHash"/>, made from its own
    /// proof of time; null if no allowed variant has it. (Another proof of time for the same output makes further whole-proof variants:
    /// those must be fetched.) A checked block stays checked: the change touches nothing that a check reads except the rule of the
    /// variants itself.
    /// </summary>
    public static CheckedBlock? TryRebuild(ConsensusConstants constants, FullBlock block, Bytes32 quality, Bytes32 challengeHash)
    {
        var header = block.HeaderBlock;
        if (header.Challenge is not { Height: > 0 } challenge || header.ProofOfTime is not { } proofOfTime)
            return null;
        foreach (var outputHash in OutputHashes(constants.ChallengeOutput, proofOfTime))
        {
            var variant = challenge with { ProofOfTimeOutputHash = outputHash };
            if (variant.Sha256() == challengeHash)
                return new CheckedBlock(block with { HeaderBlock = header with { Challenge = variant } }, quality);
        }

        return null;
    }

    /// <summary>The output hashes that a challenge may have, lazily: the second is hardly ever asked for.</summary>
    private static IEnumerable<Bytes32> OutputHashes(ChallengeOutput allowed, ProofOfTime proofOfTime)
    {
        yield return proofOfTime.Output.Sha256();
        if (allowed == ChallengeOutput.WholeProofAllowed)
            yield return proofOfTime.Sha256();
    }
}
