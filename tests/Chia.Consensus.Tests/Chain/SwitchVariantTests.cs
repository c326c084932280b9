using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Tests.Chain;

/// <summary>DECISIONS 1: a node that was given a changed copy of a block finds back to the variant that the others build on.</summary>
public class SwitchVariantTests
{
    private readonly TestChain _honest = new(Constants.WithWholeProof);
    private readonly TestChain _misled = new(Constants.WithWholeProof);
    private readonly BlockRecord _parent;
    private readonly List<FullBlock> _honestChildren = [];

    /// <summary>Both chains have five blocks; of the fifth the misled one got the other variant.</summary>
    public SwitchVariantTests()
    {
        _parent = _honest.Grow(_honest.Genesis, 5);
        foreach (var block in _honest.Store.Blocks.Values.Skip(1).SkipLast(1))
            _misled.Add(block.Block);
        Assert.Equal(AcceptOutcome.AddedToHead, _misled.Add(_honest.BlockOf(_parent).AsWholeProofVariant()).Outcome);
        for (var (i, tip) = (0, _parent); i < 4; i++)
        {
            _honestChildren.Add(_honest.Child(tip));
            tip = _honest.Add(_honestChildren[^1]).Record!;
        }
    }

    private BlockRecord Stored => Get(_misled.State, _parent.HeaderHash);

    [Fact]
    public void A_child_of_the_other_variant_is_recognised_and_the_variant_rebuilt()
    {
        Assert.NotEqual(_parent.ChallengeHash, Stored.ChallengeHash);
        var result = _misled.Add(_honestChildren[0]);
        Assert.Equal((AcceptOutcome.ParentInOtherVariant, ConsensusRule.ProofOfSpaceChallenge), (result.Outcome, result.Rejection!.Rule));

        var rebuilt = Rebuild(_honestChildren[0]);
        Assert.NotNull(rebuilt);
        Assert.Equal(_honest.BlockOf(_parent).ToBytes(), rebuilt.Block.ToBytes());
        Assert.Equal(_parent.Quality, rebuilt.Quality);
    }

    [Fact]
    public void The_variant_is_switched_and_the_child_accepted_in_one_commit()
    {
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late));
        Assert.Equal(AcceptOutcome.AddedToHead, batch.Receive(_misled.Check(_honestChildren[0]), TestChain.Late).Outcome);
        Assert.Empty(batch.ToCommit().RemovedBlocks);
        _misled.Commit(batch);
        foreach (var block in _honestChildren.Skip(1))
            Assert.Equal(AcceptOutcome.AddedToHead, _misled.Add(block).Outcome);
        Assert.Equal(_honest.TipHashes, _misled.TipHashes);
        Assert.Equal(_parent, Stored);
        Assert.Equal(_honest.BlockOf(_parent).ToBytes(), _misled.BlockOf(_parent).ToBytes());
    }

    [Fact]
    public void Both_directions_are_possible()
    {
        // The honest chain sees a child of the tools' variant.
        var child = _misled.Child(Stored, salt: 6);
        Assert.Equal(AcceptOutcome.ParentInOtherVariant, _honest.Add(child).Outcome);
        var rebuilt =
            ChallengeVariants.TryRebuild(
            Constants.WithWholeProof, _honest.BlockOf(_parent), _parent.Quality, child.HeaderBlock.ProofOfSpace.ChallengeHash);
        Assert.Equal(Stored.ChallengeHash, rebuilt!.ChallengeHash);
    }

    [Fact]
    public void Descendants_of_the_old_variant_leave_the_chain()
    {
        // The misled chain is two blocks on; the honest one four.
        var lost = _misled.AddChild(Stored, salt: 7);
        var lostToo = _misled.AddChild(lost, salt: 7);
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late));
        Assert.Equal([5u, 4, 3], batch.Tips.Select(t => t.Height));
        foreach (var block in _honestChildren)
            Assert.Equal(AcceptOutcome.AddedToHead, batch.Receive(_misled.Check(block), TestChain.Late).Outcome);
        Assert.True(batch.HeaviestTip!.TotalWeight > _misled.State.HeaviestTip!.TotalWeight);
        Assert.Equal(new[] { lost.HeaderHash, lostToo.HeaderHash }.ToHashSet(), batch.ToCommit().RemovedBlocks.ToHashSet());
        _misled.Commit(batch);

        Assert.False(_misled.State.Contains(lost.HeaderHash));
        Assert.Equal(_honest.TipHashes, _misled.TipHashes);
        Assert.Equal(_honest.State.BlockCount, _misled.State.BlockCount);
        _misled.Restart();
        Assert.Equal(_honest.TipHashes, _misled.TipHashes);
    }

    [Fact]
    public void A_switch_that_does_not_pay_is_dropped_without_trace()
    {
        var tip = _misled.Grow(Stored, 3, salt: 7);
        var before = _misled.TipHashes;
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late));
        Assert.True(batch.Receive(_misled.Check(_honestChildren[0]), TestChain.Late).IsAdded);
        Assert.False(batch.HeaviestTip!.TotalWeight > _misled.State.HeaviestTip!.TotalWeight);
        Assert.Equal(before, _misled.TipHashes);
        Assert.True(_misled.State.Contains(tip.HeaderHash));
        Assert.Equal(AcceptOutcome.AddedToHead, _misled.Add(_misled.Child(tip, salt: 7)).Outcome);
    }

    /// <summary>Both variants have children: the switch pays as soon as the other branch is heavier, and takes the tips along.</summary>
    [Fact]
    public void Where_both_variants_have_children_the_heavier_branch_wins()
    {
        _misled.Grow(Stored, 2, salt: 7);
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late));
        foreach (var (block, i) in _honestChildren.Select((b, i) => (b, i)))
        {
            Assert.True(batch.Receive(_misled.Check(block), TestChain.Late).IsAdded);
            Assert.Equal(i >= 2, batch.HeaviestTip!.TotalWeight > _misled.State.HeaviestTip!.TotalWeight);
        }

        _misled.Commit(batch);
        Assert.Equal(_honest.TipHashes, _misled.TipHashes);
    }

    [Fact]
    public void Descendants_return_when_the_variant_does()
    {
        var lost = _misled.AddChild(Stored, salt: 7);
        var lostBlock = _misled.BlockOf(lost);
        var wholeProof = _misled.Check(_misled.BlockOf(Stored));
        var batch = _misled.State.Begin();
        batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late);
        batch.Receive(_misled.Check(_honestChildren[0]), TestChain.Late);
        _misled.Commit(batch);
        Assert.Equal(AcceptOutcome.ParentInOtherVariant, _misled.Add(lostBlock).Outcome);

        batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(wholeProof, TestChain.Late));
        Assert.Equal(AcceptOutcome.AddedToHead, batch.Receive(_misled.Check(lostBlock), TestChain.Late).Outcome);
        _misled.Commit(batch);
        Assert.Equal(lost, Get(_misled.State, lost.HeaderHash));
        Assert.False(_misled.State.Contains(_honestChildren[0].HeaderHash()));
    }

    [Fact]
    public void Switching_to_and_fro_within_a_batch_changes_nothing_else()
    {
        var kept = _misled.AddChild(Stored, salt: 7);
        var before = _misled.TipHashes;
        var wholeProof = _misled.Check(_misled.BlockOf(Stored));
        var batch = _misled.State.Begin();
        batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late);
        Assert.True(batch.Receive(_misled.Check(_honestChildren[0]), TestChain.Late).IsAdded);
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(wholeProof, TestChain.Late));
        Assert.False(((IAncestry)batch).TryGet(_honestChildren[0].HeaderHash(), out _));
        Assert.True(batch.Receive(_misled.Check(_misled.BlockOf(kept)), TestChain.Late).IsAdded);
        Assert.Empty(batch.ToCommit().RemovedBlocks);
        _misled.Commit(batch);
        Assert.Equal(before, _misled.TipHashes);
    }

    [Fact]
    public void A_variant_of_the_past_takes_tips_and_table_back()
    {
        // The switch happens five blocks below the tip: the least common ancestor falls back below the block.
        var tip = _misled.Grow(Stored, 5, salt: 7);
        Assert.Equal(8u, _misled.State.LeastCommonAncestor!.Height);
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(Rebuild(_honestChildren[0])!, TestChain.Late));
        _misled.Commit(batch);
        Assert.Equal([5u, 4, 3], _misled.State.Tips.Select(t => t.Height));
        Assert.Equal(4u, _misled.State.TableLength);
        Assert.Equal(6, _misled.State.BlockCount);
        Assert.False(_misled.State.Contains(tip.HeaderHash));
    }

    [Fact]
    public void What_is_no_other_variant_is_refused()
    {
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.SameVariant, batch.SwitchVariant(_misled.Check(_misled.BlockOf(Stored)), TestChain.Late));
        Assert.Equal(SwitchKind.Unknown, batch.SwitchVariant(_misled.Check(_honestChildren[0]), TestChain.Late));
        var genesis = _misled.BlockOf(_misled.Genesis).WithChallenge(c => c with { PrevChallengeHash = default });
        Assert.Equal(SwitchKind.Invalid, batch.SwitchVariant(_misled.Check(genesis), TestChain.Late));
        var wrong = _honest.BlockOf(_parent).WithChallenge(c => c with { TotalWeight = c.TotalWeight + 1 });
        Assert.Equal(SwitchKind.Invalid, batch.SwitchVariant(_misled.Check(wrong), TestChain.Late));
        Assert.False(batch.HasChanges);

        Assert.Null(
            ChallengeVariants.TryRebuild(Constants.WithWholeProof, _misled.BlockOf(Stored), Stored.Quality, new Bytes32(new byte[32])));
        Assert.Null(
            ChallengeVariants.TryRebuild(
            Constants.WithWholeProof, _misled.BlockOf(_misled.Genesis), Stored.Quality, _misled.Genesis.ChallengeHash));
        Assert.Null(
            ChallengeVariants.TryRebuild(
            Constants.WithWholeProof, _misled.BlockOf(Stored).Unfinished(), Stored.Quality, _parent.ChallengeHash));
    }

    [Fact]
    public void A_whole_proof_variant_with_another_proof_of_time_must_be_fetched()
    {
        // Its hash covers the witness, which we do not have; fetched, it is switched to like any other.
        var fetched = _honest.BlockOf(_parent).WithTime(t => t with { WitnessType = 3 }).AsWholeProofVariant();
        Assert.Null(
            ChallengeVariants.TryRebuild(
            Constants.WithWholeProof, _misled.BlockOf(Stored), Stored.Quality, fetched.HeaderBlock.Challenge!.Sha256()));
        var batch = _misled.State.Begin();
        Assert.Equal(SwitchKind.Switched, batch.SwitchVariant(_misled.Check(fetched), TestChain.Late));
        Assert.Equal(fetched.HeaderBlock.Challenge!.Sha256(), batch.HeaviestTip!.ChallengeHash);
    }

    private CheckedBlock? Rebuild(FullBlock child) =>
        ChallengeVariants.TryRebuild(
            Constants.WithWholeProof, _misled.BlockOf(Stored), Stored.Quality, child.HeaderBlock.ProofOfSpace.ChallengeHash);

    private static BlockRecord Get(ChainState state, Bytes32 headerHash)
    {
        Assert.True(state.TryGet(headerHash, out var record));
        return record;
    }
}
