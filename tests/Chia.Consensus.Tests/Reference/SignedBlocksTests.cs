using System.Buffers.Binary;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Consensus.Tests.Reference;

/// <summary>
/// A block of the reference's test tools, signed anew with their keys (CONSENSUS.md 19.4): changes that keep every hash and signature
/// right are judged by the rule they touch, and each signature and encoding by the real cryptography.
/// </summary>
public class SignedBlocksTests
{
    /// <summary>x = 0 is on no curve here: 96 zero bytes decode to no point (BLS.md 4.3).</summary>
    private static readonly byte[] NoPoint = new byte[Bytes96.Size];

    private readonly ReferenceChain _chain = ReferenceChain.Of("small40");
    private readonly BlockChecker _checker;
    private readonly PrivateKey _poolKey = PrivateKey.FromSeed([]);
    private readonly PrivateKey _plotKey;
    private readonly FullBlock _block;

    public SignedBlocksTests()
    {
        _checker = new BlockChecker(_chain.Network.Constants, new ProofVerifier());
        _block = _chain.Blocks[5].Block;
        _plotKey = Enumerable.Range(0, 80).Select(PlotKey).First(key => key.PublicKey == _block.HeaderBlock.ProofOfSpace.PlotPublicKey);
        Assert.Equal(_poolKey.PublicKey, _block.HeaderBlock.ProofOfSpace.PoolPublicKey);
    }

    [Fact]
    public void Signing_anew_gives_the_references_block()
    {
        Assert.Equal(_block.ToBytes(), Sign(_block).ToBytes());
        AssertAccepted(_block);
    }

    [Fact]
    public void Unchecked_content_may_be_anything_once_signed()
    {
        var other = new Bytes32([.. Enumerable.Repeat((byte)9, 32)]);
        AssertAccepted(Sign(_block.WithBody(b => b with { SolutionsGenerator = other, Cost = 7, FeesTarget = new FeesTarget(other, 8) })));
        AssertAccepted(Sign(_block.WithData(d => d with { FilterHash = other, ExtensionData = other })));
        AssertAccepted(Sign(_block.WithCoinbase(c => c with { PuzzleHash = other })));
        // A point of the curve, without the mark of a prepend signature (BLS.md 4).
        var plain = _plotKey.SignPrepend([1, 2, 3]).ToArray();
        plain[0] ^= BlsEncoding.PrependMark;
        AssertAccepted(Sign(_block.WithBody(b => b with { AggregatedSignature = new Bytes96(plain) })));
    }

    [Fact]
    public void Signed_changes_are_judged_by_the_rule_they_touch()
    {
        AssertRejected(ConsensusRule.CoinbaseAmount, Sign(_block.WithCoinbase(c => c with { Amount = c.Amount - 1 })));
        AssertRejected(ConsensusRule.CoinbaseChallengeHeight, Sign(_block.WithCoinbase(c => c with { Height = 6 })));
        AssertRejected(ConsensusRule.ProofOfSpace, Sign(_block.WithSpace(s => s with { Proof = Flip(s.Proof) })));

        // The tools' variant binds the whole proof of time, a full node's only the output.
        AssertAccepted(_block.AsOutputVariant());
        AssertRejected(ConsensusRule.ChallengeOutputHash, _block.WithTime(t => t with { Witness = Flip(t.Witness) }));
        AssertRejected(ConsensusRule.ProofOfTime, _block.AsOutputVariant().WithTime(t => t with { Witness = Flip(t.Witness) }));
        AssertRejected(
            ConsensusRule.ProofOfTime, _block.AsOutputVariant().WithTime(t => t with { NumberOfIterations = t.NumberOfIterations + 1 }));
    }

    [Fact]
    public void Signatures_of_other_keys_are_rejected()
    {
        var stranger = PlotKey(1000);
        var data = _block.HeaderBlock.Header.Data;
        AssertRejected(ConsensusRule.HarvesterSignature, WithHarvesterSignature(stranger.SignPrepend(data.Sha256().Span)));
        AssertRejected(ConsensusRule.HarvesterSignature, WithHarvesterSignature(_plotKey.SignPrepend(data.ToBytes())));
        AssertRejected(ConsensusRule.CoinbaseSignature, WithCoinbaseSignature(stranger.SignPrepend(_block.Body.Coinbase.ToBytes())));
    }

    [Fact]
    public void What_is_no_point_is_named()
    {
        AssertRejected(ConsensusRule.HarvesterSignatureEncoding, WithHarvesterSignature(NoPointMarked()));
        AssertRejected(ConsensusRule.CoinbaseSignatureEncoding, WithCoinbaseSignature(NoPointMarked()));
        AssertRejected(
            ConsensusRule.AggregatedSignatureEncoding, Sign(_block.WithBody(b => b with { AggregatedSignature = new Bytes96(NoPoint) })));

        // With another plot key the plot is another one, so the proof of space fails first; a header check meets the pool key likewise.
        var verifier = new ProofVerifier();
        var bad = UndecodableKey(verifier);
        AssertRejected(ConsensusRule.ProofOfSpace, Sign(_block.WithSpace(s => s with { PlotPublicKey = bad })));
        var anySpace = new ScriptedVerifier(verifier) { Space = proof => proof.ChallengeHash };
        var lenient = new BlockChecker(_chain.Network.Constants, anySpace);
        Assert.Equal(
            ConsensusRule.PlotPublicKeyEncoding,
            lenient.Check(Sign(_block.WithSpace(s => s with { PlotPublicKey = bad }))).Rejection?.Rule);
        Assert.Equal(
            ConsensusRule.PoolPublicKeyEncoding,
            lenient.Check(Sign(_block.WithSpace(s => s with { PoolPublicKey = bad }))).Rejection?.Rule);
        Assert.Equal(
            ConsensusRule.PoolPublicKeyEncoding,
            lenient.CheckHeader(
                Sign(_block.WithSpace(s => s with { PoolPublicKey = bad })).HeaderBlock, verifyProofOfTime: false).Rejection?.Rule);
    }

    [Fact]
    public void Headers_and_unfinished_blocks_are_checked_with_the_real_cryptography()
    {
        foreach (var block in _chain.Blocks.Skip(1).Take(10))
        {
            var header = _checker.CheckHeader(block.Block.HeaderBlock, verifyProofOfTime: true);
            Assert.Equal(block.Record.Quality, header.Value?.Quality);
            var unfinished = _checker.CheckUnfinished(block.Block.Unfinished());
            Assert.Equal(block.Record.Quality, unfinished.Value?.Quality);
        }

        Assert.Equal(
            ConsensusRule.ProofOfTime,
            _checker.CheckHeader(
                _block.AsOutputVariant()
                .WithTime(t => t with { Witness = Flip(t.Witness) }).HeaderBlock, verifyProofOfTime: true).Rejection?.Rule);
    }

    private static PrivateKey PlotKey(int number)
    {
        var seed = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(seed, number);
        return PrivateKey.FromSeed(seed);
    }

    private static ByteString Flip(ByteString bytes)
    {
        var flipped = bytes.Span.ToArray();
        flipped[^1] ^= 1;
        return ByteString.Adopt(flipped);
    }

    private static Bytes96 NoPointMarked()
    {
        var bytes = NoPoint.ToArray();
        bytes[0] = BlsEncoding.PrependMark;
        return new Bytes96(bytes);
    }

    private static Bytes48 UndecodableKey(IProofVerifier verifier)
    {
        var bytes = new byte[Bytes48.Size];
        while (verifier.IsPublicKey(new Bytes48(bytes)))
            bytes[^1]++;
        return new Bytes48(bytes);
    }

    private FullBlock Sign(FullBlock block)
    {
        block = block.WithBody(b => b with { CoinbaseSignature = _poolKey.SignPrepend(b.Coinbase.ToBytes()) });
        return WithHarvesterSignature(_plotKey.SignPrepend(block.HeaderBlock.Header.Data.Sha256().Span), block);
    }

    private FullBlock WithCoinbaseSignature(Bytes96 signature)
    {
        var block = _block.WithBody(b => b with { CoinbaseSignature = signature });
        return WithHarvesterSignature(_plotKey.SignPrepend(block.HeaderBlock.Header.Data.Sha256().Span), block);
    }

    private FullBlock WithHarvesterSignature(Bytes96 signature, FullBlock? block = null)
    {
        block ??= _block;
        var header = block.HeaderBlock.Header with { HarvesterSignature = signature };
        return block with { HeaderBlock = block.HeaderBlock with { Header = header } };
    }

    private void AssertAccepted(FullBlock block)
    {
        var verdict = _checker.Check(block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
    }

    private void AssertRejected(ConsensusRule rule, FullBlock block) => Assert.Equal(rule, _checker.Check(block).Rejection?.Rule);
}
