using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Consensus.Tests.Validation;

/// <summary>Each rule about a block alone: the block of <see cref="_block"/> is accepted, and each change breaks exactly the named
/// rule.</summary>
public class BlockCheckerTests
{
    private static readonly Bytes32 Other = new([.. Enumerable.Repeat((byte)7, Bytes32.Size)]);

    private readonly TestChain _chain = new();
    private readonly FullBlock _block;

    public BlockCheckerTests() => _block = _chain.Child(_chain.Genesis);

    private ScriptedVerifier Verifier => _chain.Verifier;

    [Fact]
    public void Accepts_a_valid_block_and_reports_what_it_found()
    {
        var verdict = _chain.Checker.Check(_block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Same(_block, verdict.Value.Block);
        Assert.Equal(_block.HeaderHash(), verdict.Value.HeaderHash);
        Assert.Equal(_block.HeaderBlock.Challenge!.Sha256(), verdict.Value.ChallengeHash);
        Assert.Equal(MadeUpProofs.QualityOf(1), verdict.Value.Quality);
        Assert.Equal(1u, verdict.Value.Height);
        Assert.Equal(_chain.Genesis.HeaderHash, verdict.Value.PrevHeaderHash);
    }

    [Fact]
    public void Accepts_absent_aggregated_signature_and_any_unchecked_content()
    {
        AssertAccepted(
            _block.WithBody(
            b => b with
            {
                AggregatedSignature = null,
                SolutionsGenerator = Other,
                Cost = ulong.MaxValue,
                FeesTarget = new FeesTarget(Other, 9)
            }));
        AssertAccepted(_block.WithData(d => d with { FilterHash = Other, ExtensionData = Other }));
        AssertAccepted(_block.WithTime(t => t with { WitnessType = 255 }));
    }

    [Fact]
    public void Challenge_and_proof_of_time_must_be_present()
    {
        AssertRejected(ConsensusRule.ChallengePresent, _block with { HeaderBlock = _block.HeaderBlock with { Challenge = null } });
        AssertRejected(ConsensusRule.ProofOfTimePresent, _block with { HeaderBlock = _block.HeaderBlock with { ProofOfTime = null } });
    }

    [Fact]
    public void Hashes_must_bind_the_parts()
    {
        AssertRejected(ConsensusRule.ProofOfSpaceHash, _block.WithData(d => d with { ProofOfSpaceHash = Other }));
        AssertRejected(ConsensusRule.BodyHash, _block.WithData(d => d with { BodyHash = Other }));
        AssertRejected(ConsensusRule.ChallengeProofOfSpaceHash, _block.WithChallenge(c => c with { ProofOfSpaceHash = Other }));
    }

    [Fact]
    public void Amount_and_heights_must_agree()
    {
        AssertRejected(ConsensusRule.CoinbaseAmount, _block.WithCoinbase(c => c with { Amount = c.Amount + 1 }));
        AssertRejected(ConsensusRule.CoinbaseAmount, _block.WithCoinbase(c => c with { Amount = 0 }));
        AssertRejected(ConsensusRule.CoinbaseChallengeHeight, _block.WithCoinbase(c => c with { Height = 2 }));
        AssertRejected(ConsensusRule.CoinbaseChallengeHeight, _block.WithChallenge(c => c with { Height = 2 }));
    }

    [Fact]
    public void Proofs_must_answer_one_challenge()
    {
        AssertRejected(ConsensusRule.ProofOfTimeChallenge, _block.WithTime(t => t with { ChallengeHash = Other }));
    }

    [Fact]
    public void A_challenge_follows_from_the_proof_of_time()
    {
        AssertRejected(ConsensusRule.ChallengeOutputHash, _block.AsWholeProofVariant());
        AssertRejected(ConsensusRule.ChallengePreviousHash, _block.WithChallenge(c => c with { PrevChallengeHash = Other }));
        AssertRejected(ConsensusRule.ChallengeOutputHash, _block.WithChallenge(c => c with { ProofOfTimeOutputHash = Other }));
    }

    [Fact]
    public void A_network_of_the_test_tools_allows_the_whole_proofs_hash_too()
    {
        var checker = new BlockChecker(Constants.WithWholeProof, _chain.Verifier);
        Assert.True(checker.Check(_block).IsAccepted);
        Assert.True(checker.Check(_block.AsWholeProofVariant()).IsAccepted);
        Assert.True(checker.CheckHeader(_block.AsWholeProofVariant().HeaderBlock, verifyProofOfTime: true).IsAccepted);
        Assert.Equal(
            ConsensusRule.ChallengePreviousHash,
            checker.Check(_block.AsWholeProofVariant().WithChallenge(c => c with { PrevChallengeHash = Other })).Rejection?.Rule);
        Assert.Equal(
            ConsensusRule.ChallengeOutputHash,
            checker.Check(_block.WithChallenge(c => c with { ProofOfTimeOutputHash = Other })).Rejection?.Rule);
    }

    [Fact]
    public void The_challenge_of_genesis_is_given()
    {
        var genesis = Testnet.Definition.Genesis();
        AssertAccepted(genesis);
        AssertAccepted(genesis.WithChallenge(c => c with { PrevChallengeHash = Other, ProofOfTimeOutputHash = Other }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(255, false)]
    public void Size_is_from_1_to_59(byte k, bool accepted)
    {
        var block = _block.WithSpace(s => s with { Size = k, Proof = ByteString.Adopt(new byte[8 * k]) });
        if (accepted)
            AssertAccepted(block);
        else
            AssertRejected(ConsensusRule.PlotSize, block);
    }

    [Fact]
    public void A_network_may_raise_the_smallest_size()
    {
        var checker = new BlockChecker(_chain.State.Constants with { MinPlotSize = 21 }, Verifier);
        Assert.Equal(ConsensusRule.PlotSize, checker.Check(_block).Rejection?.Rule);
        checker = new BlockChecker(_chain.State.Constants with { MinPlotSize = 20 }, Verifier);
        Assert.True(checker.Check(_block).IsAccepted);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(65536)]
    public void Proof_of_space_has_exactly_its_length(int more)
    {
        var block = _block.WithSpace(s => s with { Proof = ByteString.Adopt([.. s.Proof.Span, .. new byte[65536]]) });
        block = block.WithSpace(s => s with { Proof = ByteString.Copy(s.Proof.Span[..(160 + more)]) });
        AssertRejected(ConsensusRule.ProofOfSpaceLength, block);
    }

    [Fact]
    public void Proofs_must_verify()
    {
        Verifier.Space = _ => null;
        AssertRejected(ConsensusRule.ProofOfSpace, _block);
        Verifier.Space = proof => MadeUpProofs.QualityOf(proof);
        Verifier.Time = (_, _) => "WitnessLength";
        AssertRejected(ConsensusRule.ProofOfTime, _block);
        Assert.Contains("WitnessLength", _chain.Checker.Check(_block).Rejection!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_must_verify()
    {
        Verifier.RefusedSignatures.Add(Blocks.HarvesterSignature);
        AssertRejected(ConsensusRule.HarvesterSignature, _block);
        Verifier.RefusedSignatures.Clear();
        Verifier.RefusedSignatures.Add(Blocks.CoinbaseSignature);
        AssertRejected(ConsensusRule.CoinbaseSignature, _block);
        Verifier.RefusedSignatures.Clear();
        AssertAccepted(_block);
    }

    [Fact]
    public void Keys_and_signatures_must_decode()
    {
        AssertEncoding(ConsensusRule.PlotPublicKeyEncoding, Verifier.RefusedKeys, Blocks.PlotKey);
        AssertEncoding(ConsensusRule.PoolPublicKeyEncoding, Verifier.RefusedKeys, Blocks.PoolKey);
        AssertEncoding(ConsensusRule.HarvesterSignatureEncoding, Verifier.RefusedEncodings, Blocks.HarvesterSignature);
        AssertEncoding(ConsensusRule.CoinbaseSignatureEncoding, Verifier.RefusedEncodings, Blocks.CoinbaseSignature);
        AssertEncoding(ConsensusRule.AggregatedSignatureEncoding, Verifier.RefusedEncodings, Blocks.AggregatedSignature);
    }

    [Fact]
    public void The_dearest_checks_come_last()
    {
        Verifier.Forget();
        AssertAccepted(_block);
        Assert.Equal(
            [ProofQuestion.Space, ProofQuestion.Signature, ProofQuestion.Signature, ProofQuestion.PlainEncoding, ProofQuestion.Time],
            Verifier.Calls);
        Verifier.Forget();
        AssertRejected(ConsensusRule.ChallengeOutputHash, _block.WithChallenge(c => c with { ProofOfTimeOutputHash = Other }));
        AssertRejected(ConsensusRule.BodyHash, _block.WithData(d => d with { BodyHash = Other }));
        Assert.Empty(Verifier.Calls);
    }

    [Fact]
    public void Unfinished_blocks_keep_the_rules_that_remain()
    {
        var unfinished = _block.Unfinished();
        var verdict = _chain.Checker.CheckUnfinished(unfinished);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Equal(_block.HeaderHash(), verdict.Value.HeaderHash);
        Assert.Equal(MadeUpProofs.QualityOf(1), verdict.Value.Quality);

        // Proof of time and challenge are not looked at (CONSENSUS.md 11).
        Verifier.Time = (_, _) => "any";
        Assert.True(_chain.Checker.CheckUnfinished(_block.WithChallenge(c => c with { Height = 77 })).IsAccepted);

        AssertUnfinishedRejected(ConsensusRule.PlotSize, unfinished.WithSpace(s => s with { Size = 60 }));
        AssertUnfinishedRejected(ConsensusRule.ProofOfSpaceLength, unfinished.WithSpace(s => s with { Size = 21 }));
        AssertUnfinishedRejected(ConsensusRule.ProofOfSpaceHash, unfinished.WithData(d => d with { ProofOfSpaceHash = Other }));
        AssertUnfinishedRejected(ConsensusRule.BodyHash, unfinished.WithData(d => d with { BodyHash = Other }));
        AssertUnfinishedRejected(ConsensusRule.CoinbaseAmount, unfinished.WithCoinbase(c => c with { Amount = 5 }));
        Verifier.RefusedEncodings.Add(Blocks.AggregatedSignature);
        AssertUnfinishedRejected(ConsensusRule.AggregatedSignatureEncoding, unfinished);
        Verifier.RefusedEncodings.Clear();
        Verifier.RefusedSignatures.Add(Blocks.CoinbaseSignature);
        AssertUnfinishedRejected(ConsensusRule.CoinbaseSignature, unfinished);
        Verifier.RefusedSignatures.Add(Blocks.HarvesterSignature);
        AssertUnfinishedRejected(ConsensusRule.HarvesterSignature, unfinished);
        Verifier.Space = _ => null;
        AssertUnfinishedRejected(ConsensusRule.ProofOfSpace, unfinished);
    }

    [Fact]
    public void Header_blocks_keep_the_rules_that_need_no_body()
    {
        Verifier.Time = (_, _) => "wrong";
        var verdict = _chain.Checker.CheckHeader(_block.HeaderBlock, verifyProofOfTime: false);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Equal(_block.HeaderHash(), verdict.Value.HeaderHash);
        AssertHeaderRejected(ConsensusRule.ProofOfTime, _block, verifyProofOfTime: true);
        Verifier.Time = null;
        Assert.True(_chain.Checker.CheckHeader(_block.HeaderBlock, verifyProofOfTime: true).IsAccepted);

        AssertHeaderRejected(ConsensusRule.ChallengePresent, _block.Unfinished());
        AssertHeaderRejected(ConsensusRule.ChallengeOutputHash, _block.WithChallenge(c => c with { ProofOfTimeOutputHash = Other }));
        AssertHeaderRejected(ConsensusRule.ProofOfSpaceHash, _block.WithData(d => d with { ProofOfSpaceHash = Other }));
        Verifier.RefusedKeys.Add(Blocks.PoolKey);
        AssertHeaderRejected(ConsensusRule.PoolPublicKeyEncoding, _block);
        Verifier.RefusedKeys.Clear();
        Verifier.RefusedSignatures.Add(Blocks.HarvesterSignature);
        AssertHeaderRejected(ConsensusRule.HarvesterSignature, _block);
        Verifier.Space = _ => null;
        AssertHeaderRejected(ConsensusRule.ProofOfSpace, _block);
    }

    [Fact]
    public void Signed_messages_are_hashed_as_specified()
    {
        var data = _block.HeaderBlock.Header.Data;
        var once = System.Security.Cryptography.SHA256.HashData(data.ToBytes());
        Assert.Equal(new Bytes32(System.Security.Cryptography.SHA256.HashData(once)), SignedMessages.OfHeader(data));
        Assert.Equal(
            new Bytes32(System.Security.Cryptography.SHA256.HashData(_block.Body.Coinbase.ToBytes())),
            SignedMessages.OfCoinbase(_block.Body.Coinbase));
    }

    [Fact]
    public void A_restored_check_equals_the_check()
    {
        var made = _chain.Check(_block);
        var restored = CheckedBlock.Restore(_block, made.Quality);
        Assert.Equal((made.HeaderHash, made.ChallengeHash, made.Quality), (restored.HeaderHash, restored.ChallengeHash, restored.Quality));
        Assert.Throws<ArgumentException>(() => CheckedBlock.Restore(_block.Unfinished(), made.Quality));
    }

    private void AssertEncoding<T>(ConsensusRule rule, HashSet<T> bad, T value)
    {
        bad.Add(value);
        AssertRejected(rule, _block);
        bad.Clear();
        AssertAccepted(_block);
    }

    private void AssertAccepted(FullBlock block)
    {
        var verdict = _chain.Checker.Check(block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
    }

    private void AssertRejected(ConsensusRule rule, FullBlock block) => Assert.Equal(rule, _chain.Checker.Check(block).Rejection?.Rule);

    private void AssertUnfinishedRejected(ConsensusRule rule, FullBlock block) =>
        Assert.Equal(rule, _chain.Checker.CheckUnfinished(block).Rejection?.Rule);

    private void AssertHeaderRejected(ConsensusRule rule, FullBlock block, bool verifyProofOfTime = false) =>
        Assert.Equal(rule, _chain.Checker.CheckHeader(block.HeaderBlock, verifyProofOfTime).Rejection?.Rule);
}
