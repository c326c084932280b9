using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Tests.Validation;

/// <summary>Each rule about a block and its ancestors: accepted as made, and each change breaks exactly the named rule.</summary>
public class ContextualRulesTests
{
    private static readonly Bytes32 Other = new([.. Enumerable.Repeat((byte)7, Bytes32.Size)]);

    private readonly TestChain _chain = new(Constants.WithWholeProof);
    private readonly BlockRecord _parent;
    private readonly FullBlock _block;

    public ContextualRulesTests()
    {
        _parent = _chain.Grow(_chain.Genesis, 12);
        _block = _chain.Child(_parent);
    }

    [Fact]
    public void Accepts_a_valid_block_with_everything_in_its_record()
    {
        var result = _chain.Add(_block);
        Assert.Equal(AcceptOutcome.AddedToHead, result.Outcome);
        var challenge = _block.HeaderBlock.Challenge!;
        Assert.Equal(
            new BlockRecord(
                _block.HeaderHash(), _parent.HeaderHash, challenge.Sha256(), 13, challenge.TotalWeight, challenge.TotalIterations,
                _parent.Timestamp + 300, 5000, 5000, MadeUpProofs.QualityOf(13)),
            result.Record);
    }

    [Fact]
    public void Answers_the_parents_challenge()
    {
        AssertInvalid(ConsensusRule.ProofOfSpaceChallenge, Answering(Other), AcceptOutcome.ParentInOtherVariant);

        // If more is wrong than the challenge, no other variant of the parent could help.
        AssertInvalid(
            ConsensusRule.ProofOfSpaceChallenge, Answering(Other).WithChallenge(c => c with { TotalWeight = 1 }), AcceptOutcome.Invalid);
    }

    [Fact]
    public void Where_a_block_has_one_challenge_no_other_variant_is_looked_for()
    {
        var chain = new TestChain();
        var parent = chain.Grow(chain.Genesis, 3);
        var result = chain.Add(chain.Child(parent with { ChallengeHash = Other }));
        Assert.Equal((AcceptOutcome.Invalid, ConsensusRule.ProofOfSpaceChallenge), (result.Outcome, result.Rejection!.Rule));
    }

    [Fact]
    public void Heights_count_on()
    {
        AssertInvalid(ConsensusRule.CoinbaseHeight, WithHeight(12));
        AssertInvalid(ConsensusRule.CoinbaseHeight, WithHeight(14));
        AssertInvalid(ConsensusRule.CoinbaseHeight, WithHeight(0));

        // Of a header block only the challenge tells the height.
        var header = _chain.Checker.CheckHeader(WithHeight(14).HeaderBlock, verifyProofOfTime: true).Value!;
        var rules = new ContextualRules(_chain.State.Constants);
        Assert.Equal(
            ConsensusRule.ChallengeHeight, rules.ValidateHeader(_chain.State, _parent, header, TestChain.Late).Rejection?.Rule);
        header = _chain.Checker.CheckHeader(_block.HeaderBlock, verifyProofOfTime: true).Value!;
        Assert.True(rules.ValidateHeader(_chain.State, _parent, header, TestChain.Late).IsAccepted);
    }

    [Fact]
    public void Iterations_weight_and_sums_are_the_required_ones()
    {
        AssertInvalid(ConsensusRule.NumberOfIterations, WithIterations(+1));
        AssertInvalid(ConsensusRule.NumberOfIterations, WithIterations(-1));
        AssertInvalid(ConsensusRule.TotalWeight, _block.WithChallenge(c => c with { TotalWeight = c.TotalWeight + 1 }));
        AssertInvalid(ConsensusRule.TotalWeight, _block.WithChallenge(c => c with { TotalWeight = c.TotalWeight - 1 }));
        AssertInvalid(ConsensusRule.TotalIterations, _block.WithChallenge(c => c with { TotalIterations = c.TotalIterations + 1 }));
        AssertInvalid(ConsensusRule.TotalIterations, _block.WithChallenge(c => c with { TotalIterations = c.TotalIterations - 1 }));
    }

    [Fact]
    public void Timestamp_may_equal_the_mean_of_eleven_and_not_lie_below()
    {
        // Eleven ancestors 300 s apart: the mean is five blocks before the parent.
        var mean = _parent.Timestamp - 1500;
        AssertInvalid(ConsensusRule.TimestampTooEarly, At(mean - 1));
        Assert.Equal(AcceptOutcome.AddedToHead, _chain.Add(At(mean)).Outcome);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    [InlineData(10, 11)]
    [InlineData(11, 11)]
    [InlineData(12, 11)]
    public void Mean_is_of_as_many_as_there_are_up_to_eleven(uint height, int count)
    {
        var parent = _chain.Ancestor(_parent, height);
        var times = Enumerable.Range(0, count).Select(i => (decimal)_chain.Ancestor(parent, height - (uint)i).Timestamp).ToList();
        var mean = (ulong)Math.Floor(times.Sum() / count);
        AssertInvalid(ConsensusRule.TimestampTooEarly, At(mean - 1, parent));
        Assert.True(_chain.Add(At(mean, parent)).IsAdded);
    }

    [Fact]
    public void Mean_is_rounded_down()
    {
        // 0 and 1 second after genesis: the mean is genesis' own timestamp.
        var first = _chain.AddChild(_chain.Genesis, 1, salt: 5);
        AssertInvalid(ConsensusRule.TimestampTooEarly, At(_chain.Genesis.Timestamp - 1, first));
        Assert.True(_chain.Add(At(_chain.Genesis.Timestamp, first)).IsAdded);
    }

    [Fact]
    public void Timestamp_may_lie_two_hours_ahead_and_not_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds((long)_parent.Timestamp);
        AssertInvalid(ConsensusRule.TimestampTooLate, At(_parent.Timestamp + 7201), now: now.AddMilliseconds(999));
        Assert.True(_chain.Add(At(_parent.Timestamp + 7201), now.AddSeconds(1)).IsAdded);
        Assert.True(_chain.Add(At(_parent.Timestamp + 7200), now).IsAdded);
        AssertInvalid(ConsensusRule.TimestampTooLate, At(7201), now: DateTimeOffset.MinValue, early: ConsensusRule.TimestampTooEarly);
    }

    [Fact]
    public void Missing_ancestors_are_named()
    {
        var records = new RecordChain();
        var chain = new List<BlockRecord>();
        for (var h = 0; h < 14; h++)
            chain.Add(records.Add(chain.LastOrDefault(), 1000, 5000, 150_000, 5000));
        Assert.Null(TimestampRules.Check(_chain.State.Constants, records, chain[13], 1000, TestChain.Late));
        records.Forget(chain[3]);
        Assert.Equal(
            ConsensusRule.MissingAncestor, TimestampRules.Check(_chain.State.Constants, records, chain[12], 1000, TestChain.Late)?.Rule);
        Assert.Equal(
            ConsensusRule.MissingAncestor, TimestampRules.Check(_chain.State.Constants, records, chain[13], 1000, TestChain.Late)?.Rule);
        records.Forget(chain[2]);
        Assert.Null(TimestampRules.Check(_chain.State.Constants, records, chain[1], 1000, TestChain.Late));
    }

    [Fact]
    public void A_parent_whose_adjustment_has_no_result_has_no_children()
    {
        // Blocks 31 and 127 at one time: no difficulty for 160.
        var chain = new TestChain { CompareAlways = false };
        var last = chain.Grow(chain.Genesis, 31, 100);
        last = chain.Grow(last, 128, 0);
        Assert.Equal(159u, last.Height);
        Assert.Equal(ConsensusRule.DifficultyAdjustment, chain.State.Next(last).Rejection?.Rule);
        var child = Blocks.Child(chain.State.Constants, last, new Consensus.Rules.NextBlock(5000, 5000), last.Timestamp + 300);
        var result = chain.Add(child);
        Assert.Equal((AcceptOutcome.Invalid, ConsensusRule.DifficultyAdjustment), (result.Outcome, result.Rejection!.Rule));
        Assert.Equal(
            ConsensusRule.DifficultyAdjustment,
            chain.State.ValidateUnfinished(chain.Checker.CheckUnfinished(child.Unfinished()).Value!, TestChain.Late).Rejection?.Rule);
    }

    [Fact]
    public void Sums_that_wrap_around_are_mismatches()
    {
        var rules = new ContextualRules(_chain.State.Constants);
        var next = new Consensus.Rules.NextBlock(5000, 5000);
        var records = new RecordChain();
        var heavy = records.Add(null, 1000, ulong.MaxValue - 4999, 1, 1);
        Assert.Equal(ConsensusRule.TotalWeight, Rule(heavy));
        Assert.Null(Rule(records.Add(null, 1000, ulong.MaxValue - 5000, 1, 1)));
        Assert.Equal(ConsensusRule.TotalIterations, Rule(records.Add(null, 1000, 5000, ulong.MaxValue - 9, 1)));

        ConsensusRule? Rule(BlockRecord parent)
        {
            // Made with unchecked sums: what does not fit has wrapped around.
            var block = _chain.Check(Blocks.Child(_chain.State.Constants, parent, next, 1000));
            return rules.ValidateBlock(records, parent, block, TestChain.Late).Rejection?.Rule;
        }
    }

    [Fact]
    public void Iterations_that_do_not_fit_64_bits_are_named()
    {
        var rules = new ContextualRules(_chain.State.Constants with { DifficultyStarting = 1UL << 40 });
        var block = _chain.Child(_chain.Genesis);
        Assert.Equal(ConsensusRule.NumberOfIterations, Rule(block));

        // k = 1 asks for far more than k = 20.
        var greedy = block.WithSpace(s => s with { Size = 1, Proof = ByteString.Copy(s.Proof.Span[..8]) });
        Assert.Equal(ConsensusRule.IterationsRange, Rule(greedy));
        Assert.Equal(
            ConsensusRule.IterationsRange,
            rules.ValidateUnfinished(
                _chain.State, _chain.Genesis, _chain.Checker.CheckUnfinished(greedy).Value!, TestChain.Late).Rejection?.Rule);

        ConsensusRule? Rule(FullBlock child) =>
            rules.ValidateBlock(_chain.State, _chain.Genesis, _chain.Check(child), TestChain.Late).Rejection?.Rule;
    }

    [Fact]
    public void A_speed_adjustment_without_result_is_named()
    {
        // Epochs of 12, delay 3: for 15 the speed looks at 11 and one block time before genesis.
        var records = new RecordChain();
        var chain = new List<BlockRecord>();
        for (var h = 0; h < 15; h++)
            chain.Add(records.Add(chain.LastOrDefault(), h == 11 ? 990UL : 1000, 5, 1, 1));
        Assert.Equal(ConsensusRule.IpsAdjustment, Consensus.Rules.NextBlock.After(Constants.Small, records, chain[14]).Rejection?.Rule);
        Assert.True(Consensus.Rules.NextBlock.After(Constants.Small, records, chain[13]).IsAccepted);
    }

    [Fact]
    public void Genesis_has_its_own_rules()
    {
        var genesis = _chain.BlockOf(_chain.Genesis);
        Assert.Equal(AcceptOutcome.AlreadyHave, _chain.Add(genesis).Outcome);

        AssertGenesis(null, genesis);
        AssertGenesis(ConsensusRule.TotalWeight, genesis.WithChallenge(c => c with { TotalWeight = 5001 }));
        AssertGenesis(ConsensusRule.TotalIterations, genesis.WithChallenge(c => c with { TotalIterations = 151034 }));
        AssertGenesis(ConsensusRule.NumberOfIterations, genesis.WithTime(t => t with { NumberOfIterations = 151034 }));

        // The clock and the previous block are not asked for.
        AssertGenesis(null, genesis.WithData(d => d with { Timestamp = ulong.MaxValue, PrevHeaderHash = Other }));

        // Height 1 into an empty store is a child without parent, and a second genesis a child of nobody.
        Assert.Equal(
            AcceptOutcome.Disconnected, new ChainState(_chain.State.Constants).Begin()
            .Receive(_chain.Check(_block), TestChain.Late).Outcome);
        Assert.Equal(AcceptOutcome.Disconnected, _chain.Add(genesis.WithData(d => d with { Timestamp = 5 })).Outcome);
    }

    [Fact]
    public void Height_zero_is_no_way_around_the_rules()
    {
        var block = WithHeight(0).WithChallenge(c => c with { PrevChallengeHash = Other });
        AssertInvalid(ConsensusRule.CoinbaseHeight, block);
    }

    [Fact]
    public void Unfinished_blocks_name_the_iterations_they_wait_for()
    {
        var verdict = Unfinished(_block.Unfinished());
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Equal(new UnfinishedAcceptance(5000, _block.HeaderBlock.ProofOfTime!.NumberOfIterations), verdict.Value);

        // Completed with the proof of time it is the very block.
        var completed = BlockCompletion.Complete(_block.Unfinished(), _block.HeaderBlock.ProofOfTime, _parent, verdict.Value.Difficulty);
        Assert.Equal(_block.ToBytes(), completed.ToBytes());
        Assert.Equal(AcceptOutcome.AddedToHead, _chain.Add(completed).Outcome);
    }

    [Fact]
    public void Unfinished_blocks_keep_the_rules_of_section_11()
    {
        AssertUnfinished(ConsensusRule.PreviousBlock, _block.Unfinished().WithData(d => d with { PrevHeaderHash = Other }));
        AssertUnfinished(ConsensusRule.TimestampTooEarly, At(_parent.Timestamp - 1501).Unfinished());
        AssertUnfinished(ConsensusRule.ProofOfSpaceChallenge, Answering(Other).Unfinished());
        AssertUnfinished(ConsensusRule.CoinbaseHeight, _block.Unfinished().WithCoinbase(c => c with { Height = 12 }));
        var now = DateTimeOffset.FromUnixTimeSeconds((long)_parent.Timestamp - 7200 + 299);
        Assert.Equal(ConsensusRule.TimestampTooLate, Unfinished(_block.Unfinished(), now).Rejection?.Rule);
        Assert.True(Unfinished(_block.Unfinished(), now.AddSeconds(1)).IsAccepted);
    }

    private FullBlock Answering(Bytes32 challenge) =>
        _block.WithSpace(s => s with { ChallengeHash = challenge })
            .WithTime(t => t with { ChallengeHash = challenge })
            .WithChallenge(c => c with { PrevChallengeHash = challenge });

    private FullBlock WithHeight(uint height) =>
        _block.WithCoinbase(c => c with { Height = height }).WithChallenge(c => c with { Height = height });

    private FullBlock WithIterations(int more) =>
        _block.WithTime(t => t with { NumberOfIterations = (ulong)((long)t.NumberOfIterations + more) })
            .WithChallenge(c => c with { TotalIterations = (ulong)((long)c.TotalIterations + more) });

    private FullBlock At(ulong timestamp, BlockRecord? parent = null) =>
        Blocks.Child(_chain.State.Constants, parent ?? _parent, _chain.Next(parent ?? _parent), timestamp, salt: 9);

    private void AssertInvalid(
        ConsensusRule rule, FullBlock block, AcceptOutcome kind = AcceptOutcome.Invalid, DateTimeOffset? now = null,
        ConsensusRule? early = null)
    {
        var result = _chain.Add(block, now);
        Assert.Equal((kind, early ?? rule), (result.Outcome, result.Rejection?.Rule));
        Assert.Null(result.Record);
        Assert.False(_chain.State.Contains(block.HeaderHash()));
    }

    private void AssertGenesis(ConsensusRule? rule, FullBlock block)
    {
        var result = new ChainState(_chain.State.Constants).Begin().Receive(_chain.Check(block), DateTimeOffset.UnixEpoch);
        Assert.Equal(rule, result.Rejection?.Rule);
        Assert.Equal(rule is null ? AcceptOutcome.AddedToHead : AcceptOutcome.Invalid, result.Outcome);
    }

    private void AssertUnfinished(ConsensusRule rule, FullBlock block) => Assert.Equal(rule, Unfinished(block).Rejection?.Rule);

    private Verdict<UnfinishedAcceptance> Unfinished(FullBlock block, DateTimeOffset? now = null)
    {
        var verdict = _chain.Checker.CheckUnfinished(block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        return _chain.State.ValidateUnfinished(verdict.Value, now ?? TestChain.Late);
    }
}
