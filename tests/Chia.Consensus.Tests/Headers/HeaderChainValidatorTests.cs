using Chia.Consensus.Headers;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Headers;

/// <summary>DECISIONS 11: another node's chain, followed by its headers from the fork point.</summary>
public class HeaderChainValidatorTests
{
    private const int Common = 20;

    private readonly TestChain _own = new(Constants.Small);
    private readonly TestChain _other = new(Constants.Small);
    private readonly List<Bytes32> _list;

    public HeaderChainValidatorTests()
    {
        var fork = _other.Grow(_other.Genesis, Common, 9);
        foreach (var block in _other.Store.Blocks.Values.Skip(1))
            _own.Add(block.Block);
        _own.Grow(fork, 10, 11, salt: 1);

        // Several adjustments, each further back than the window keeps.
        _other.CompareAlways = false;
        _list = _other.Store.ChainOf(_other.Grow(fork, 100, 7, salt: 2).HeaderHash);
    }

    private BlockRecord Fork => _other.Store.Blocks[_list[Common]].Record;

    [Fact]
    public void Records_equal_those_of_the_blocks()
    {
        var validator = Start();
        Assert.Equal(Fork, validator.Last);
        for (var height = Common + 1; height < _list.Count; height++)
        {
            Assert.False(validator.IsComplete);
            Assert.Equal((uint)height, validator.NextHeight);
            var verdict = validator.Append(HeaderAt(height), TestChain.Late);
            Assert.True(verdict.IsAccepted, verdict.ToString());
            Assert.Equal(_other.Store.Blocks[_list[height]].Record, verdict.Value);
        }

        Assert.True(validator.IsComplete);
        Assert.Equal(_other.State.HeaviestTip, validator.Last);
        Assert.Contains(_other.Store.Blocks.Values, b => b.Record.Difficulty != 5);
        Assert.Equal(ConsensusRule.HeaderHashList, validator.Append(HeaderAt(30), TestChain.Late).Rejection?.Rule);
    }

    [Fact]
    public void A_header_must_be_the_one_of_the_list()
    {
        var validator = Start();
        AssertRejected(validator, ConsensusRule.HeaderHashList, HeaderAt(Common + 2));

        // After a rejection the same height is still expected.
        Assert.True(validator.Append(HeaderAt(Common + 1), TestChain.Late).IsAccepted);
    }

    [Fact]
    public void A_list_that_does_not_hang_together_is_found_out()
    {
        _list.RemoveAt(Common + 1);
        AssertRejected(Start(), ConsensusRule.PreviousBlock, HeaderAt(Common + 1));
    }

    [Fact]
    public void Every_rule_about_ancestors_applies()
    {
        AssertChanged(ConsensusRule.TimestampTooEarly, b => b.WithData(d => d with { Timestamp = 0 }));
        AssertChanged(ConsensusRule.TimestampTooLate, b => b.WithData(d => d with { Timestamp = 3_000_007_201 }));
        AssertChanged(ConsensusRule.ChallengeHeight, b => b.WithChallenge(c => c with { Height = 22 }));
        AssertChanged(ConsensusRule.TotalWeight, b => b.WithChallenge(c => c with { TotalWeight = c.TotalWeight + 1 }));
        AssertChanged(ConsensusRule.TotalIterations, b => b.WithChallenge(c => c with { TotalIterations = c.TotalIterations + 1 }));
        AssertChanged(ConsensusRule.NumberOfIterations, b => b.WithTime(t => t with { NumberOfIterations = t.NumberOfIterations + 1 }));
        AssertChanged(ConsensusRule.ProofOfSpaceChallenge, b => b
            .WithSpace(s => s with { ChallengeHash = default })
            .WithTime(t => t with { ChallengeHash = default })
            .WithChallenge(c => c with { PrevChallengeHash = default }));
        AssertChanged(null, b => b.WithData(d => d with { FilterHash = _list[3] }));
    }

    [Fact]
    public void Ancestors_must_reach_back_to_the_fork_point()
    {
        var validator = new HeaderChainValidator(Constants.Small, new RecordChain(), Fork, _list);
        AssertRejected(validator, ConsensusRule.MissingAncestor, HeaderAt(Common + 1));
    }

    [Fact]
    public void A_chain_on_the_other_variant_of_the_fork_point_can_be_followed()
    {
        // We hold the fork point as the reference's tools would have made it.
        var constants = Constants.Small with { ChallengeOutput = ChallengeOutput.WholeProofAllowed };
        var misled = new TestChain(constants);
        for (var height = 1; height < Common; height++)
            misled.Add(_other.Store.Blocks[_list[height]].Block);
        var stored = misled.Add(_other.Store.Blocks[_list[Common]].Block.AsWholeProofVariant()).Record!;
        var first = HeaderAt(Common + 1);
        AssertRejected(new HeaderChainValidator(Constants.Small, misled.State, stored, _list), ConsensusRule.ProofOfSpaceChallenge, first);

        var rebuilt =
            ChallengeVariants.TryRebuild(constants, misled.BlockOf(stored), stored.Quality, first.HeaderBlock.ProofOfSpace.ChallengeHash);
        var validator =
            new HeaderChainValidator(Constants.Small, misled.State, stored with { ChallengeHash = rebuilt!.ChallengeHash }, _list);
        for (var height = Common + 1; height < _list.Count; height++)
            Assert.Equal(_other.Store.Blocks[_list[height]].Record, validator.Append(HeaderAt(height), TestChain.Late).Value);
    }

    private HeaderChainValidator Start() => new(Constants.Small, _own.State, Fork, _list);

    private CheckedHeader HeaderAt(int height)
    {
        var verdict = _other.Checker.CheckHeader(_other.Store.Blocks[_list[height]].Block.HeaderBlock, verifyProofOfTime: false);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        return verdict.Value;
    }

    /// <summary>The first header is changed, and the list with it: a liar's list fits his headers.</summary>
    private void AssertChanged(ConsensusRule? rule, Func<FullBlock, FullBlock> change)
    {
        var changed = change(_other.Store.Blocks[_list[Common + 1]].Block);
        var verdict = _other.Checker.CheckHeader(changed.HeaderBlock, verifyProofOfTime: false);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        var list = _list.ToList();
        list[Common + 1] = changed.HeaderHash();
        var validator = new HeaderChainValidator(Constants.Small, _own.State, Fork, list);
        if (rule is null)
            Assert.True(validator.Append(verdict.Value, TestChain.Late).IsAccepted);
        else
            AssertRejected(validator, rule.Value, verdict.Value);
    }

    private static void AssertRejected(HeaderChainValidator validator, ConsensusRule rule, CheckedHeader header)
    {
        var before = validator.Last;
        var verdict = validator.Append(header, TestChain.Late);
        Assert.Equal(rule, verdict.Rejection?.Rule);
        Assert.Contains($"height {Common + 1}", verdict.Rejection!.Detail, StringComparison.Ordinal);
        Assert.Same(before, validator.Last);
    }
}
