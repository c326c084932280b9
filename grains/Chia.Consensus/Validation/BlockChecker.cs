using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>
/// The rules that need nothing but the block and the network's constants: everything expensive is here. Safe for many threads.
/// Cheap comparisons come first, then the proof of space, the signatures, and the proof of time last, so that garbage costs little:
/// which rule is named when several are broken may therefore differ from the reference's order, the verdict does not.
/// </summary>
/// <param name="constants">The network's constants.</param>
/// <param name="verifier">The cryptography.</param>
public sealed class BlockChecker(ConsensusConstants constants, IProofVerifier verifier)
{
    /// <summary>Checks a finished block: sections 11 and 12 without what asks for the parent, and DECISIONS 1.</summary>
    public Verdict<CheckedBlock> Check(FullBlock block)
    {
        Bytes32 quality = default;
        var rejection = ShapeRules.CheckFinished(constants, block.HeaderBlock)
            ?? ShapeRules.CheckBody(constants, block)
            ?? ShapeRules.CheckHeights(block)
            ?? CheckProofs(block, out quality)
            ?? CheckProofOfTime(block.HeaderBlock);
        return rejection is null ? new(new CheckedBlock(block, quality)) : new(rejection);
    }

    /// <summary>Checks a block that still lacks its proof of time: section 11 without what asks for the parent.</summary>
    public Verdict<CheckedUnfinishedBlock> CheckUnfinished(FullBlock block)
    {
        Bytes32 quality = default;
        var rejection = ShapeRules.CheckProofOfSpace(constants, block.HeaderBlock)
            ?? ShapeRules.CheckBody(constants, block)
            ?? CheckProofs(block, out quality);
        return rejection is null ? new(new CheckedUnfinishedBlock(block, quality)) : new(rejection);
    }

    /// <summary>Checks a finished header block alone (DECISIONS 11). The proof of time, by far the dearest part, may be left out.</summary>
    public Verdict<CheckedHeader> CheckHeader(HeaderBlock headerBlock, bool verifyProofOfTime)
    {
        Bytes32 quality = default;
        var rejection = ShapeRules.CheckFinished(constants, headerBlock)
            ?? CheckQuality(headerBlock.ProofOfSpace, out quality)
            ?? CheckPoolKey(headerBlock.ProofOfSpace)
            ?? CheckHarvesterSignature(headerBlock)
            ?? (verifyProofOfTime ? CheckProofOfTime(headerBlock) : null);
        return rejection is null ? new(new CheckedHeader(headerBlock, quality, verifyProofOfTime)) : new(rejection);
    }

    /// <summary>Proof of space, both signatures, and that the aggregated signature decodes.</summary>
    private Rejection? CheckProofs(FullBlock block, out Bytes32 quality) =>
        CheckQuality(block.HeaderBlock.ProofOfSpace, out quality)
        ?? CheckSignatures(block)
        ?? CheckAggregatedSignature(block.Body);

    private Rejection? CheckQuality(ProofOfSpace proof, out Bytes32 quality) =>
        verifier.TryGetQuality(proof, out quality)
            ? null
            : new Rejection(ConsensusRule.ProofOfSpace, $"k = {proof.Size}, plot {proof.PlotId()}, challenge {proof.ChallengeHash}");

    /// <summary>Both in one product of pairings, a seventh cheaper than each alone; only what fails is taken apart, to name the bad one.</summary>
    private Rejection? CheckSignatures(FullBlock block) =>
        verifier.VerifySignatures([HarvesterSignature(block.HeaderBlock), CoinbaseSignature(block)])
            ? null
            : CheckHarvesterSignature(block.HeaderBlock) ?? CheckCoinbaseSignature(block);

    private static SignatureCheck HarvesterSignature(HeaderBlock block) =>
        new(block.ProofOfSpace.PlotPublicKey, SignedMessages.OfHeader(block.Header.Data), block.Header.HarvesterSignature);

    private static SignatureCheck CoinbaseSignature(FullBlock block) =>
        new(block.HeaderBlock.ProofOfSpace.PoolPublicKey, SignedMessages.OfCoinbase(block.Body.Coinbase), block.Body.CoinbaseSignature);

    private Rejection? CheckHarvesterSignature(HeaderBlock block)
    {
        var (key, hash, signature) = HarvesterSignature(block);
        if (verifier.VerifySignature(key, hash, signature))
            return null;

        // Told apart only after the failure: a decoding costs a square root, and verifying has done it already.
        return !verifier.IsPublicKey(key) ? new Rejection(ConsensusRule.PlotPublicKeyEncoding, key.ToString())
            : !verifier.IsPrependSignature(signature) ? new Rejection(ConsensusRule.HarvesterSignatureEncoding, signature.ToString())
            : new Rejection(ConsensusRule.HarvesterSignature, $"plot key {key}");
    }

    private Rejection? CheckCoinbaseSignature(FullBlock block)
    {
        var (key, hash, signature) = CoinbaseSignature(block);
        if (verifier.VerifySignature(key, hash, signature))
            return null;
        return CheckPoolKey(block.HeaderBlock.ProofOfSpace)
            ?? (!verifier.IsPrependSignature(signature) ? new Rejection(ConsensusRule.CoinbaseSignatureEncoding, signature.ToString())
                : new Rejection(ConsensusRule.CoinbaseSignature, $"pool key {key}"));
    }

    private Rejection? CheckPoolKey(ProofOfSpace proof) =>
        verifier.IsPublicKey(proof.PoolPublicKey)
            ? null
            : new Rejection(ConsensusRule.PoolPublicKeyEncoding, proof.PoolPublicKey.ToString());

    private Rejection? CheckAggregatedSignature(Body body) =>
        body.AggregatedSignature is not { } signature || verifier.IsPlainSignature(signature)
            ? null
            : new Rejection(ConsensusRule.AggregatedSignatureEncoding, signature.ToString());

    private Rejection? CheckProofOfTime(HeaderBlock block) =>
        verifier.FindFault(block.ProofOfTime!, constants.DiscriminantSizeBits) is { } fault
            ? new Rejection(ConsensusRule.ProofOfTime, $"{fault}: {block.ProofOfTime!.NumberOfIterations} iterations, challenge {block.ProofOfTime.ChallengeHash}")
            : null;
}
