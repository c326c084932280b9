using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>The cheap rules about a block alone: comparisons and hashes (CONSENSUS.md 11, 12, 18.1).</summary>
internal static class ShapeRules
{
    /// <summary>Bytes of a proof of space per bit of k: 64 values of k bits (CONSENSUS.md 17.2).</summary>
    private const int ProofBytesPerSize = 8;

    /// <summary>A finished header block: presence, hashes, the challenge.</summary>
    public static Rejection? CheckFinished(ConsensusConstants constants, HeaderBlock block)
    {
        if (block.Challenge is not { } challenge)
            return new Rejection(ConsensusRule.ChallengePresent, "absent");
        if (block.ProofOfTime is not { } proofOfTime)
            return new Rejection(ConsensusRule.ProofOfTimePresent, "absent");
        if (CheckProofOfSpace(constants, block) is { } rejection)
            return rejection;

        // The header data's proof-of-space hash has just been found to be the real one.
        if (challenge.ProofOfSpaceHash != block.Header.Data.ProofOfSpaceHash)
            return Mismatch(ConsensusRule.ChallengeProofOfSpaceHash, challenge.ProofOfSpaceHash, block.Header.Data.ProofOfSpaceHash);
        if (proofOfTime.ChallengeHash != block.ProofOfSpace.ChallengeHash)
            return Mismatch(ConsensusRule.ProofOfTimeChallenge, proofOfTime.ChallengeHash, block.ProofOfSpace.ChallengeHash);
        return ChallengeVariants.Check(constants, block);
    }

    /// <summary>Proof-of-space hash, size and length.</summary>
    public static Rejection? CheckProofOfSpace(ConsensusConstants constants, HeaderBlock block)
    {
        var proof = block.ProofOfSpace;
        if (proof.Size < constants.MinPlotSize || proof.Size > constants.MaxPlotSize)
            return new Rejection(ConsensusRule.PlotSize, $"k = {proof.Size}, accepted {constants.MinPlotSize} to {constants.MaxPlotSize}");
        if (proof.Proof.Length != ProofBytesPerSize * proof.Size)
            return new Rejection(ConsensusRule.ProofOfSpaceLength, $"{proof.Proof.Length} bytes for k = {proof.Size}");
        var hash = proof.Sha256();
        return block.Header.Data.ProofOfSpaceHash == hash
            ? null
            : Mismatch(ConsensusRule.ProofOfSpaceHash, block.Header.Data.ProofOfSpaceHash, hash);
    }

    /// <summary>Body hash and reward.</summary>
    public static Rejection? CheckBody(ConsensusConstants constants, FullBlock block)
    {
        if (block.Body.Coinbase.Amount != constants.BlockReward)
            return new Rejection(ConsensusRule.CoinbaseAmount, $"{block.Body.Coinbase.Amount}, reward is {constants.BlockReward}");
        var hash = block.Body.Sha256();
        return block.HeaderBlock.Header.Data.BodyHash == hash
            ? null
            : Mismatch(ConsensusRule.BodyHash, block.HeaderBlock.Header.Data.BodyHash, hash);
    }

    /// <summary>Coinbase and challenge of a finished block agree on the height.</summary>
    public static Rejection? CheckHeights(FullBlock block) =>
        block.Height == block.HeaderBlock.Challenge!.Height
            ? null
            : new Rejection(
                ConsensusRule.CoinbaseChallengeHeight, $"coinbase {block.Height}, challenge {block.HeaderBlock.Challenge.Height}");

    private static Rejection Mismatch(ConsensusRule rule, Bytes32 found, Bytes32 expected) =>
        new(rule, $"{found}, expected {expected}");
}
