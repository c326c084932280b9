using System.Runtime.InteropServices;
using Chia.Consensus.Verdicts;
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
/// <param name="verifiedHeaders">Headers whose proof of space and signature need no second look; null to keep none in mind.</param>
public sealed class BlockChecker(ConsensusConstants constants, IProofVerifier verifier, VerifiedHeaders? verifiedHeaders = null)
{
    /// <summary>Checks a finished block: sections 11 and 12 without what asks for the parent, and DECISIONS 1.</summary>
    public Verdict<CheckedBlock> Check(FullBlock block) => Check([block])[0];

    /// <summary>
    /// Checks finished blocks as <see cref="Check(FullBlock)"/> does each, with all their signatures in one product of pairings: from two
    /// on that is cheaper a signature. If it fails it is halved until the bad ones are found, so that one bad block among n costs about
    /// 2·log2(n) products more, which its sender is blamed for once.
    /// </summary>
    public IReadOnlyList<Verdict<CheckedBlock>> Check(IReadOnlyList<FullBlock> blocks)
    {
        var checks = blocks.Select(Begin).ToArray();
        VerifySignatures(checks);
        foreach (var check in checks)
            check.Rejection ??= CheckAggregatedSignature(check.Block!.Body);
        CheckProofsOfTime([.. checks.Where(check => check.Rejection is null)]);
        return [.. checks.Select((check, i) => check.Rejection is { } rejection
            ? new Verdict<CheckedBlock>(rejection)
            : new Verdict<CheckedBlock>(new CheckedBlock(blocks[i], check.Quality)))];
    }

    /// <summary>Checks a block that still lacks its proof of time: section 11 without what asks for the parent.</summary>
    public Verdict<CheckedUnfinishedBlock> CheckUnfinished(FullBlock block)
    {
        var check = new PendingCheck(block.HeaderBlock, block)
        {
            Rejection = ShapeRules.CheckProofOfSpace(constants, block.HeaderBlock) ?? ShapeRules.CheckBody(constants, block),
        };
        FindQuality(check);
        VerifySignatures([check]);
        return (check.Rejection ?? CheckAggregatedSignature(block.Body)) is { } rejection
            ? new(rejection)
            : new(new CheckedUnfinishedBlock(block, check.Quality));
    }

    /// <summary>Checks finished header blocks alone (DECISIONS 11), all their signatures in one product of pairings. The proof of time, by
    /// far the dearest part, may be left out. The verdicts come in the order of the headers.</summary>
    public IReadOnlyList<Verdict<CheckedHeader>> CheckHeaders(IReadOnlyList<HeaderBlock> headers, bool verifyProofOfTime)
    {
        var checks = headers.Select(Begin).ToArray();
        VerifySignatures(checks);
        if (verifyProofOfTime)
            CheckProofsOfTime([.. checks.Where(check => check.Rejection is null)]);
        return [.. checks.Select((check, i) =>
            check.Rejection is { } rejection
                ? new Verdict<CheckedHeader>(rejection)
                : new Verdict<CheckedHeader>(new CheckedHeader(headers[i], check.Quality)))];
    }

    private PendingCheck Begin(FullBlock block)
    {
        var check = new PendingCheck(block.HeaderBlock, block)
        {
            Rejection = ShapeRules.CheckFinished(constants, block.HeaderBlock)
                ?? ShapeRules.CheckBody(constants, block)
                ?? CopyRules.CheckHeights(block),
        };
        FindQuality(check);
        return check;
    }

    private PendingCheck Begin(HeaderBlock header)
    {
        var check = new PendingCheck(header, null) { Rejection = ShapeRules.CheckFinished(constants, header) };
        FindQuality(check);
        check.Rejection ??= check.Known is not null ? null : CheckPoolKey(header.ProofOfSpace);
        return check;
    }

    /// <summary>The quality, by verifying the proof of space or from memory. The shape has been checked: the proof is the one that the
    /// header names.</summary>
    private void FindQuality(PendingCheck check)
    {
        if (check.Rejection is not null)
            return;
        var proof = check.Header.ProofOfSpace;
        check.Known = verifiedHeaders?.Find(check.Header.HeaderHash());
        if (check.Known is { } known)
            check.Quality = known.Quality;
        else if (verifier.TryGetQuality(proof, out var quality))
            check.Quality = quality;
        else
            check.Rejection = new Rejection(
                ConsensusRule.ProofOfSpace, $"k = {proof.Size}, plot {proof.PlotId()}, challenge {proof.ChallengeHash}");
    }

    /// <summary>The signatures of what passed so far: at once, or by halves where that fails, down to the block that is taken
    /// apart.</summary>
    private void VerifySignatures(ReadOnlySpan<PendingCheck> checks)
    {
        var signatures = new List<SignatureCheck>(2 * checks.Length);
        foreach (var check in checks)
        {
            if (check.Rejection is null)
                check.AddSignatures(signatures);
        }

        if (verifier.VerifySignatures(CollectionsMarshal.AsSpan(signatures)))
        {
            foreach (var check in checks)
            {
                if (check is { Rejection: null, NeedsSignatures: true })
                    verifiedHeaders?.Add(check.Header.HeaderHash(), new(check.Quality, WithCoinbase: check.Block is not null));
            }
        }
        else if (checks.Length > 1)
        {
            VerifySignatures(checks[..(checks.Length / 2)]);
            VerifySignatures(checks[(checks.Length / 2)..]);
        }
        else
        {
            var check = checks[0];
            check.Rejection = (check.NeedsHarvester ? CheckHarvesterSignature(check.Header) : null)
                ?? (check.NeedsCoinbase ? CheckCoinbaseSignature(check.Block!) : null);
        }
    }

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

    /// <summary>The dearest part, for what has passed everything else: all discriminants are searched for together.</summary>
    private void CheckProofsOfTime(PendingCheck[] checks)
    {
        var faults = verifier.FindFaults([.. checks.Select(check => check.Header.ProofOfTime!)], constants.DiscriminantSizeBits);
        foreach (var (check, fault) in checks.Zip(faults))
        {
            var proof = check.Header.ProofOfTime!;
            if (fault is not null)
                check.Rejection = new Rejection(
                    ConsensusRule.ProofOfTime, $"{fault}: {proof.NumberOfIterations} iterations, challenge {proof.ChallengeHash}");
        }
    }

    /// <summary>A block or header on its way through the checks.</summary>
    private sealed class PendingCheck(HeaderBlock header, FullBlock? block)
    {
        public HeaderBlock Header { get; } = header;

        /// <summary>Null for a header alone.</summary>
        public FullBlock? Block { get; } = block;

        /// <summary>The first broken rule.</summary>
        public Rejection? Rejection { get; set; }

        public Bytes32 Quality { get; set; }

        /// <summary>What was verified before.</summary>
        public VerifiedHeaders.KnownHeader? Known { get; set; }

        public bool NeedsHarvester => Known is null;

        public bool NeedsCoinbase => Block is not null && Known is not { WithCoinbase: true };

        public bool NeedsSignatures => NeedsHarvester || NeedsCoinbase;

        public void AddSignatures(List<SignatureCheck> signatures)
        {
            if (NeedsHarvester)
                signatures.Add(HarvesterSignature(Header));
            if (NeedsCoinbase)
                signatures.Add(CoinbaseSignature(Block!));
        }
    }
}
