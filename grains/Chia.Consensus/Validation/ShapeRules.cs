using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>The cheap rules about a block alone: comparisons and hashes (CONSENSUS.md 11, 12, 18.1).</summary>
internal static class ShapeRules
{
    /// <summary>Bytes of a proof of space per bit of k: 64 values of k bits (CONSENSUS.md 17.2).</summary>
    private const int ProofBytesPerSize = 8;

    /// <summary>A finished header block: presence, size and length of the proof of space, and that its parts agree.</summary>
    public static Rejection? CheckFinished(ConsensusConstants constants, HeaderBlock block) =>
        CopyRules.CheckPresence(block) ?? CheckPlot(constants, block.ProofOfSpace) ?? CopyRules.Check(constants.ChallengeOutput, block);

    /// <summary>Proof-of-space hash, size and length of an unfinished one.</summary>
    public static Rejection? CheckProofOfSpace(ConsensusConstants constants, HeaderBlock block)
    {
        if (CheckPlot(constants, block.ProofOfSpace) is { } rejection)
            return rejection;
        var hash = block.ProofOfSpace.Sha256();
        return block.Header.Data.ProofOfSpaceHash == hash
            ? null
            : Rejection.Mismatch(ConsensusRule.ProofOfSpaceHash, block.Header.Data.ProofOfSpaceHash, hash);
    }

    /// <summary>Reward and body hash.</summary>
    public static Rejection? CheckBody(ConsensusConstants constants, FullBlock block) =>
        block.Body.Coinbase.Amount == constants.BlockReward
            ? CopyRules.CheckBody(block)
            : new Rejection(ConsensusRule.CoinbaseAmount, $"{block.Body.Coinbase.Amount}, reward is {constants.BlockReward}");

    private static Rejection? CheckPlot(ConsensusConstants constants, ProofOfSpace proof)
    {
        if (proof.Size < constants.MinPlotSize || proof.Size > constants.MaxPlotSize)
            return new Rejection(ConsensusRule.PlotSize, $"k = {proof.Size}, accepted {constants.MinPlotSize} to {constants.MaxPlotSize}");
        return proof.Proof.Length == ProofBytesPerSize * proof.Size
            ? null
            : new Rejection(ConsensusRule.ProofOfSpaceLength, $"{proof.Proof.Length} bytes for k = {proof.Size}");
    }
}
