using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>
/// Whether the parts of one copy of a finished block agree with each other and with its header hash: a few hashes, no cryptography. The
/// header hash covers the header, through it proof of space and body; of the rest (CONSENSUS.md 18.1) this checks what DECISIONS 1 asks
/// for. Says nothing about what the parts hold. An honest node's copy always passes.
/// </summary>
public static class CopyRules
{
    /// <summary>What contradicts what in a header block; null if nothing does.</summary>
    /// <param name="allowed">The challenge's variants that the network allows.</param>
    /// <param name="block">A copy.</param>
    public static Rejection? Check(ChallengeOutput allowed, HeaderBlock block)
    {
        if (CheckPresence(block) is { } absence)
            return absence;
        var (challenge, proofOfTime) = (block.Challenge!, block.ProofOfTime!);
        var spaceHash = block.ProofOfSpace.Sha256();
        if (block.Header.Data.ProofOfSpaceHash != spaceHash)
            return Rejection.Mismatch(ConsensusRule.ProofOfSpaceHash, block.Header.Data.ProofOfSpaceHash, spaceHash);
        if (challenge.ProofOfSpaceHash != spaceHash)
            return Rejection.Mismatch(ConsensusRule.ChallengeProofOfSpaceHash, challenge.ProofOfSpaceHash, spaceHash);
        if (proofOfTime.ChallengeHash != block.ProofOfSpace.ChallengeHash)
            return Rejection.Mismatch(ConsensusRule.ProofOfTimeChallenge, proofOfTime.ChallengeHash, block.ProofOfSpace.ChallengeHash);
        return ChallengeVariants.Check(allowed, block);
    }

    /// <summary>The same for a full block: its body and its heights as well.</summary>
    /// <param name="allowed">The challenge's variants that the network allows.</param>
    /// <param name="block">A copy.</param>
    public static Rejection? Check(ChallengeOutput allowed, FullBlock block) =>
        Check(allowed, block.HeaderBlock) ?? CheckHeights(block) ?? CheckBody(block);

    /// <summary>A finished block has both its challenge and its proof of time.</summary>
    internal static Rejection? CheckPresence(HeaderBlock block) =>
        block.Challenge is null ? new Rejection(ConsensusRule.ChallengePresent, "absent")
        : block.ProofOfTime is null ? new Rejection(ConsensusRule.ProofOfTimePresent, "absent")
        : null;

    /// <summary>The header names this body.</summary>
    internal static Rejection? CheckBody(FullBlock block)
    {
        var hash = block.Body.Sha256();
        return block.HeaderBlock.Header.Data.BodyHash == hash
            ? null
            : Rejection.Mismatch(ConsensusRule.BodyHash, block.HeaderBlock.Header.Data.BodyHash, hash);
    }

    /// <summary>Coinbase and challenge of a finished block agree on the height.</summary>
    internal static Rejection? CheckHeights(FullBlock block) =>
        block.Height == block.HeaderBlock.Challenge!.Height
            ? null
            : new Rejection(
                ConsensusRule.CoinbaseChallengeHeight, $"coinbase {block.Height}, challenge {block.HeaderBlock.Challenge.Height}");
}
