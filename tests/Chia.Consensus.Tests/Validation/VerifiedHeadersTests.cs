using Chia.Consensus.Tests.Reference;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Testing;

namespace Chia.Consensus.Tests.Validation;

/// <summary>Many blocks at once, and what is not verified a second time: the verdicts are those of one block at a time that knows
/// nothing.</summary>
public class VerifiedHeadersTests
{
    private readonly ReferenceChain _chain = ReferenceChain.Of("real300");
    private readonly ScriptedVerifier _verifier = new(new ProofVerifier());

    [Fact]
    public void A_block_after_its_header_needs_one_signature_and_no_proof_of_space()
    {
        var checker = new BlockChecker(_chain.Network.Constants, _verifier, new VerifiedHeaders());
        var blocks = _chain.Blocks.Skip(1).Take(6).Select(b => b.Block).ToList();
        Assert.All(checker.CheckHeaders([.. blocks.Select(b => b.HeaderBlock)], verifyProofOfTime: false), v => Assert.True(v.IsAccepted));
        Assert.Equal((6, 6, 1), (Spaces, Signatures, _verifier.Products));
        var verdicts = checker.Check(blocks);
        Assert.Equal((6, 12, 2), (Spaces, Signatures, _verifier.Products));
        Assert.Equal(_chain.Blocks.Skip(1).Take(6).Select(b => b.Record.Quality), verdicts.Select(v => v.Value!.Quality));

        // The whole block is known now.
        Assert.True(checker.Check(blocks[0]).IsAccepted);
        Assert.Equal((6, 12), (Spaces, Signatures));
    }

    [Fact]
    public void A_finished_block_after_the_unfinished_one_needs_its_proof_of_time_only()
    {
        var checker = new BlockChecker(_chain.Network.Constants, _verifier, new VerifiedHeaders());
        var block = _chain.Blocks[5].Block;
        Assert.True(checker.CheckUnfinished(block.Unfinished()).IsAccepted);
        Assert.Equal((1, 2), (Spaces, Signatures));
        Assert.True(checker.Check(block).IsAccepted);
        Assert.Equal((1, 2), (Spaces, Signatures));
    }

    /// <summary>Everything that the header hash does not cover, and everything that it covers by a hash, is still compared.</summary>
    [Fact]
    public void A_known_header_lets_nothing_else_pass()
    {
        var checker = new BlockChecker(_chain.Network.Constants, _verifier, new VerifiedHeaders());
        var block = _chain.Blocks[5].Block;
        var other = _chain.Blocks[6].Block;
        Assert.True(checker.CheckHeader(block.HeaderBlock, verifyProofOfTime: false).IsAccepted);
        Assert.Equal(
            ConsensusRule.ProofOfSpaceHash,
            Rule(block with { HeaderBlock = block.HeaderBlock with { ProofOfSpace = other.HeaderBlock.ProofOfSpace } }));
        Assert.Equal(
            ConsensusRule.BodyHash, Rule(block with { Body = block.Body with { CoinbaseSignature = other.Body.CoinbaseSignature } }));
        Assert.Equal(ConsensusRule.ProofOfTime, Rule(block.WithTime(t => t with { Witness = other.HeaderBlock.ProofOfTime!.Witness })));

        ConsensusRule? Rule(FullBlock changed) => checker.Check(changed).Rejection?.Rule;
    }

    /// <summary>Bad ones at the ends, side by side, all and none: the batch finds those that single checks find, with the same
    /// rule.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("2,3")]
    [InlineData("0,6")]
    [InlineData("0,1,2,3,4,5,6")]
    public void A_batch_names_its_bad_blocks(string bad)
    {
        var blocks = _chain.Blocks.Skip(10).Take(7).Select(b => b.Block).ToArray();
        foreach (var i in bad.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
        {
            blocks[i] = (i % 2) == 0
                ? Blocks.Seal(
                    blocks[i] with { Body = blocks[i].Body with { CoinbaseSignature = blocks[i].HeaderBlock.Header.HarvesterSignature } })
                : blocks[i].WithData(d => d with { Timestamp = d.Timestamp + 1 });
        }

        var alone = blocks.Select(new BlockChecker(_chain.Network.Constants, _verifier).Check).Select(v => v.Rejection?.Rule).ToList();
        var together = new BlockChecker(_chain.Network.Constants, _verifier, new VerifiedHeaders()).Check(blocks);
        Assert.Equal(alone, together.Select(v => v.Rejection?.Rule));
        Assert.Equal(bad.Length == 0 ? 0 : bad.Split(',').Length, together.Count(v => !v.IsAccepted));
    }

    [Fact]
    public void Only_so_many_are_kept()
    {
        var headers = new VerifiedHeaders(capacity: 3);
        var checker = new BlockChecker(_chain.Network.Constants, _verifier, headers);
        foreach (var block in _chain.Blocks.Skip(1).Take(5))
            Assert.True(checker.CheckHeader(block.Block.HeaderBlock, verifyProofOfTime: false).IsAccepted);
        Assert.Equal(3, headers.Count);
        Assert.Null(headers.Find(_chain.Blocks[2].Record.HeaderHash));
        Assert.NotNull(headers.Find(_chain.Blocks[3].Record.HeaderHash));
    }

    private int Spaces => _verifier.Count(ProofQuestion.Space);

    private int Signatures => _verifier.Count(ProofQuestion.Signature);
}
