using Chia.Cryptography.ClassGroups;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Consensus.Validation;

/// <summary>
/// What a stored block may have wrong although it was accepted once: a copy from before one proof had one encoding and one block one
/// challenge (DECISIONS 1, 2). Such a copy poses a challenge that no honest child answers.
/// </summary>
public static class StoredCopies
{
    /// <summary>Why this copy of a block would be refused today, for people; null if it would not. Signatures and proofs are not verified
    /// again.</summary>
    /// <param name="constants">The network's constants.</param>
    /// <param name="block">A stored block, which was accepted by these or by older rules.</param>
    public static string? FindFault(ConsensusConstants constants, FullBlock block)
    {
        if (ChallengeVariants.Check(constants.ChallengeOutput, block.HeaderBlock) is { } rejection)
            return rejection.ToString();
        var verdict = block.Height == 0
            ? ProofOfTimeVerdict.Valid
            : ProofOfTimeVerifier.CheckEncoding(block.HeaderBlock.ProofOfTime!, constants.DiscriminantSizeBits);
        return verdict == ProofOfTimeVerdict.Valid ? null : $"the proof of time is not in its one encoding: {verdict}";
    }
}
