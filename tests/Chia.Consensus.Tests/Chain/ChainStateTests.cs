using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Tests.Chain;

public class ChainStateTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Known_blocks_are_not_received_twice()
    {
        var block = _chain.Child(_chain.Genesis);
        Assert.Equal(AcceptOutcome.AddedToHead, _chain.Add(block).Outcome);
        Assert.Equal(AcceptOutcome.AlreadyHave, _chain.Add(block).Outcome);

        // The block id covers neither challenge nor proof of time (CONSENSUS.md 18.1).
        var copy = CheckedBlock.Restore(block.AsWholeProofVariant(), default);
        Assert.Equal(AcceptOutcome.AlreadyHave, _chain.State.Begin().Receive(copy, TestChain.Late).Outcome);
    }

    [Fact]
    public void A_block_without_parent_is_disconnected()
    {
        var child = _chain.Child(_chain.Genesis);
        var parent = _chain.AddChild(_chain.Genesis, salt: 1);
        var grandchild = _chain.Child(parent);
        var empty = new TestChain();
        Assert.Equal(AcceptOutcome.Disconnected, empty.Add(grandchild).Outcome);
        Assert.Equal(AcceptOutcome.AddedToHead, empty.Add(child).Outcome);
    }

    [Fact]
    public void A_batch_leaves_the_state_alone_until_it_is_applied()
    {
        var blocks = Line(5);
        var other = new TestChain();
        var batch = other.State.Begin();
        foreach (var block in blocks)
            Assert.Equal(AcceptOutcome.AddedToHead, batch.Receive(other.Check(block), TestChain.Late).Outcome);
        Assert.Equal(AcceptOutcome.AlreadyHave, batch.Receive(other.Check(blocks[2]), TestChain.Late).Outcome);
        Assert.Equal([5u, 4, 3], batch.Tips.Select(t => t.Height));
        Assert.Equal(3u, batch.LeastCommonAncestor!.Height);
        Assert.Equal([other.Genesis.HeaderHash], other.TipHashes);
        Assert.Equal(1, other.State.BlockCount);
        Assert.False(other.State.Contains(blocks[0].HeaderHash()));

        var commit = batch.ToCommit();
        Assert.Equal(blocks.Select(b => b.HeaderHash()), commit.Blocks.Select(b => b.Record.HeaderHash));
        Assert.Equal(4u, commit.HeightTable.Length);
        Assert.Equal([1u, 2u, 3u], commit.HeightTable.Set.Select(e => e.Height));
        Assert.Empty(commit.RemovedBlocks);
        other.Commit(batch);
        Assert.Equal(_chain.TipHashes, other.TipHashes);
    }

    [Fact]
    public void One_batch_equals_many()
    {
        var main = _chain.Grow(_chain.Genesis, 6, salt: 1);
        _chain.Grow(_chain.Ancestor(main, 2), 7, salt: 2);
        _chain.AddChild(main, salt: 1);
        var blocks = _chain.Store.Blocks.Values.Skip(1).Select(b => b.Block).ToList();
        foreach (var size in new[] { 2, 5, blocks.Count })
        {
            var other = new TestChain();
            foreach (var part in blocks.Chunk(size))
            {
                var batch = other.State.Begin();
                foreach (var block in part)
                    Assert.True(batch.Receive(other.Check(block), TestChain.Late).IsAdded);
                other.Commit(batch);
            }

            Assert.Equal(_chain.TipHashes, other.TipHashes);
            Assert.Equal(_chain.Store.Table, other.Store.Table);
        }
    }

    [Fact]
    public void Table_entries_that_return_within_a_batch_are_not_written()
    {
        // Main chain of 6, side branch from 2 that wins for a moment, then the main chain again.
        var main = _chain.Grow(_chain.Genesis, 6, salt: 1);
        var ahead = Ahead(main, 4, salt: 1);
        var side = Ahead(_chain.Ancestor(main, 2), 5, salt: 2);
        var batch = _chain.State.Begin();
        foreach (var block in side)
            batch.Receive(_chain.Check(block), TestChain.Late);
        Assert.Equal(2u, batch.LeastCommonAncestor!.Height);
        Assert.Equal(3u, batch.ToCommit().HeightTable.Length);
        foreach (var block in ahead)
            batch.Receive(_chain.Check(block), TestChain.Late);
        Assert.Equal(8u, batch.LeastCommonAncestor!.Height);
        Assert.Equal([5u, 6, 7, 8], batch.ToCommit().HeightTable.Set.Select(e => e.Height));
        _chain.Commit(batch);
    }

    [Fact]
    public void A_dropped_batch_leaves_no_trace_and_a_late_one_is_refused()
    {
        var blocks = Line(2);
        var other = new TestChain();
        var dropped = other.State.Begin();
        dropped.Receive(other.Check(blocks[0]), TestChain.Late);
        Assert.Equal(AcceptOutcome.AddedToHead, other.Add(blocks[0]).Outcome);
        Assert.Throws<InvalidOperationException>(() => other.State.Apply(dropped));

        var empty = other.State.Begin();
        Assert.Equal(
            AcceptOutcome.Disconnected, empty.Receive(other.Check(_chain.Child(_chain.State.HeaviestTip!)), TestChain.Late).Outcome);
        Assert.Throws<InvalidOperationException>(empty.ToCommit);
        other.State.Apply(empty);
        Assert.Equal(AcceptOutcome.AddedToHead, other.Add(blocks[1]).Outcome);
    }

    [Fact]
    public void Restart_brings_all_three_tips_back()
    {
        var trunk = _chain.Grow(_chain.Genesis, 20);
        var a = _chain.AddChild(trunk, salt: 1);
        var b = _chain.AddChild(trunk, salt: 2);
        var c = _chain.AddChild(trunk, salt: 3);
        _chain.Restart();
        Assert.Equal([a.HeaderHash, b.HeaderHash, c.HeaderHash], _chain.TipHashes);
        Assert.Equal(trunk, _chain.State.LeastCommonAncestor);
        Assert.Equal(AcceptOutcome.AlreadyHave, _chain.Add(_chain.BlockOf(b)).Outcome);
        Assert.Equal(_chain.AddChild(b, salt: 2), _chain.State.Tips[0]);
        Assert.Equal(a, _chain.State.Tips[1]);
    }

    [Fact]
    public void An_empty_store_loads_as_an_empty_chain()
    {
        var state = ChainState.Load(Testnet.Definition.Constants, [], []);
        Assert.Empty(state.Tips);
        Assert.Null(state.LeastCommonAncestor);
        Assert.Null(state.HeaviestTip);
        Assert.Equal(0u, state.TableLength);
    }

    [Fact]
    public void A_damaged_store_is_refused_with_its_first_fault()
    {
        _chain.Grow(_chain.Genesis, 5);
        var records = _chain.Store.Blocks.Values.Select(b => b.Record).OrderBy(r => r.Height).ToList();
        var tips = _chain.TipHashes;
        var constants = _chain.State.Constants;
        Assert.Equal(6, ChainState.Load(constants, records, tips).BlockCount);

        AssertDamaged(records[3].HeaderHash.ToString(), () => ChainState.Load(constants, records.Where(r => r.Height != 2), tips));
        AssertDamaged(tips[0].ToString(), () => ChainState.Load(constants, records.SkipLast(1), tips));
        AssertDamaged("0 tips", () => ChainState.Load(constants, records, []));
        AssertDamaged("0 blocks", () => ChainState.Load(constants, [], tips));
        AssertDamaged("already", () => ChainState.Load(constants, records.Append(records[1]), tips));
        AssertDamaged(
            records[5].HeaderHash.ToString(), () =>
            ChainState.Load(constants, records.SkipLast(1).Append(records[5] with { Height = 4 }), tips));

        static void AssertDamaged(string detail, Action load) =>
            Assert.Contains(detail, Assert.Throws<InvalidDataException>(load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ancestors_are_found_through_the_table_and_beside_it()
    {
        var main = _chain.Grow(_chain.Genesis, 30, salt: 1);
        var side = _chain.Grow(_chain.Ancestor(main, 20), 5, salt: 2);
        foreach (var tip in new[] { main, side })
        {
            var hashes = _chain.Store.ChainOf(tip.HeaderHash);
            for (uint height = 0; height <= tip.Height; height++)
                Assert.Equal(hashes[(int)height], _chain.State.AncestorAt(tip, height)!.HeaderHash);
            Assert.Null(_chain.State.AncestorAt(tip, tip.Height + 1));
            Assert.Null(((IAncestry)_chain.State.Begin()).AncestorAt(tip, tip.Height + 1));
            Assert.Equal(hashes[7], ((IAncestry)_chain.State.Begin()).AncestorAt(tip, 7)!.HeaderHash);
        }
    }

    [Fact]
    public void The_index_holds_many_blocks()
    {
        // Beyond a chunk of nodes and several sizes of the slot table, with records only.
        var records = new RecordChain();
        var line = new List<BlockRecord>();
        for (var i = 0; i < 20_000; i++)
            line.Add(records.Add(line.LastOrDefault(), (ulong)i, 1, 1, 1));
        var state = ChainState.Load(_chain.State.Constants, line, [line[^1].HeaderHash]);
        foreach (var record in line)
        {
            Assert.True(state.TryGet(record.HeaderHash, out var found));
            Assert.Equal(record, found);
            Assert.Equal(record.HeaderHash, state.TableAt(record.Height));
        }

        Assert.False(state.TryGet(_chain.Genesis.HeaderHash, out _));
        Assert.Equal(20_000, state.BlockCount);
    }

    [Fact]
    public void Unfinished_blocks_of_a_parent_that_is_not_known_are_rejected()
    {
        var child = _chain.Child(_chain.AddChild(_chain.Genesis));
        var unfinished = CheckedUnfinishedBlock.Restore(child.Unfinished(), MadeUpProofs.QualityOf(2));
        Assert.True(_chain.State.ValidateUnfinished(unfinished, TestChain.Late).IsAccepted);
        Assert.Equal(ConsensusRule.PreviousBlock, new TestChain().State.ValidateUnfinished(unfinished, TestChain.Late).Rejection?.Rule);
    }

    /// <summary>The first blocks of <see cref="_chain"/>, which has them afterwards.</summary>
    private List<FullBlock> Line(int count)
    {
        _chain.Grow(_chain.Genesis, count);
        return [.. _chain.Store.Blocks.Values.Skip(1).Select(b => b.Block)];
    }

    /// <summary>Descendants of a known block that the chain does not have.</summary>
    private List<FullBlock> Ahead(BlockRecord from, int count, byte salt)
    {
        var scout = new TestChain();
        foreach (var block in _chain.Store.Blocks.Values.Skip(1))
            scout.Add(block.Block);
        var known = scout.Store.Blocks.Count;
        scout.Grow(from, count, salt: salt);
        return [.. scout.Store.Blocks.Values.Skip(known).Select(b => b.Block)];
    }
}
