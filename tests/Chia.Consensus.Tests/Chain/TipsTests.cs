using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Tests.Chain;

/// <summary>CONSENSUS.md 13.3 and 13.4; every step is compared with <see cref="StoreTwin"/>.</summary>
public class TipsTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void A_linear_chain_keeps_its_last_three_blocks_heaviest_first()
    {
        var first = _chain.AddChild(_chain.Genesis);
        Assert.Equal([_chain.Genesis.HeaderHash, first.HeaderHash], _chain.TipHashes);
        Assert.Equal(0u, _chain.State.LeastCommonAncestor!.Height);
        var second = _chain.AddChild(first);

        // Up to three they stay in order of arrival.
        Assert.Equal([_chain.Genesis.HeaderHash, first.HeaderHash, second.HeaderHash], _chain.TipHashes);
        var third = _chain.AddChild(second);
        Assert.Equal([third.HeaderHash, second.HeaderHash, first.HeaderHash], _chain.TipHashes);
        Assert.Equal(first, _chain.State.LeastCommonAncestor);
        Assert.Equal(third, _chain.State.HeaviestTip);
        Assert.Equal(2u, _chain.State.TableLength);
    }

    [Fact]
    public void Equal_to_the_lightest_tip_is_not_enough_even_when_there_is_room()
    {
        // Tips: genesis and one child. Its sibling is heavier than genesis, so it comes in; a third sibling as well (three tips),
        // and then the lightest is genesis no more.
        var a = _chain.AddChild(_chain.Genesis, salt: 1);
        var b = _chain.AddChild(_chain.Genesis, salt: 2);
        Assert.Equal([_chain.Genesis.HeaderHash, a.HeaderHash, b.HeaderHash], _chain.TipHashes);
        var c = _chain.Add(_chain.Child(_chain.Genesis, salt: 3));
        Assert.Equal(AcceptOutcome.AddedToHead, c.Outcome);
        Assert.Equal([a.HeaderHash, b.HeaderHash, c.Record!.HeaderHash], _chain.TipHashes);
        var d = _chain.Add(_chain.Child(_chain.Genesis, salt: 4));
        Assert.Equal(AcceptOutcome.AddedAsOrphan, d.Outcome);
        Assert.Equal([a.HeaderHash, b.HeaderHash, c.Record!.HeaderHash], _chain.TipHashes);
        Assert.True(_chain.State.Contains(d.Record!.HeaderHash));
    }

    [Fact]
    public void The_comparison_is_strict_with_a_single_tip()
    {
        // A state that was stored with one tip: as the reference after a restart.
        var first = _chain.AddChild(_chain.Genesis, salt: 1);
        var state = ChainState.Load(_chain.State.Constants, [_chain.Genesis, first], [first.HeaderHash]);
        var sibling = _chain.Check(_chain.Child(_chain.Genesis, salt: 2));
        var result = state.Begin().Receive(sibling, TestChain.Late);
        Assert.Equal(AcceptOutcome.AddedAsOrphan, result.Outcome);
        var batch = state.Begin();
        Assert.Equal(AcceptOutcome.AddedToHead, batch.Receive(_chain.Check(_chain.Child(first)), TestChain.Late).Outcome);
        Assert.Equal(2, batch.Tips.Count);
    }

    [Fact]
    public void Among_equals_the_newest_goes()
    {
        var trunk = _chain.Grow(_chain.Genesis, 3);
        var a = _chain.AddChild(trunk, salt: 1);
        var b = _chain.AddChild(trunk, salt: 2);
        var c = _chain.AddChild(trunk, salt: 3);
        Assert.Equal([a.HeaderHash, b.HeaderHash, c.HeaderHash], _chain.TipHashes);
        var heavier = _chain.AddChild(c, salt: 3);
        Assert.Equal([heavier.HeaderHash, a.HeaderHash, b.HeaderHash], _chain.TipHashes);
        Assert.Equal(trunk, _chain.State.LeastCommonAncestor);
    }

    [Fact]
    public void A_longer_side_branch_takes_over_and_the_ancestor_moves_back_and_forth()
    {
        var main = _chain.Grow(_chain.Genesis, 6, salt: 1);
        Assert.Equal(4u, _chain.State.LeastCommonAncestor!.Height);
        var side = _chain.Grow(_chain.Genesis, 4, salt: 2);

        // Weight 4 of the side equals the lightest tip's: orphan, nothing moves.
        Assert.Equal(4u, _chain.State.LeastCommonAncestor!.Height);
        Assert.Equal([6u, 5u, 4u], _chain.State.Tips.Select(t => t.Height));
        side = _chain.AddChild(side, salt: 2);
        Assert.Equal(0u, _chain.State.LeastCommonAncestor!.Height);
        Assert.Equal(1u, _chain.State.TableLength);
        side = _chain.Grow(side, 3, salt: 2);
        Assert.Equal([side.HeaderHash, _chain.Ancestor(side, 7).HeaderHash, main.HeaderHash], _chain.TipHashes);
        side = _chain.AddChild(side, salt: 2);
        Assert.Equal([9u, 8u, 7u], _chain.State.Tips.Select(t => t.Height));
        Assert.Equal(_chain.Ancestor(side, 7), _chain.State.LeastCommonAncestor);
        Assert.Equal(_chain.Ancestor(side, 1).HeaderHash, _chain.State.TableAt(1));
    }

    [Fact]
    public void An_orphan_may_become_heavy_later()
    {
        var main = _chain.Grow(_chain.Genesis, 5, salt: 1);
        var orphan = _chain.Add(_chain.Child(_chain.Ancestor(main, 2), salt: 2));
        Assert.Equal(AcceptOutcome.AddedAsOrphan, orphan.Outcome);
        var tip = _chain.Grow(orphan.Record!, 3, salt: 2);
        Assert.Equal(tip, _chain.State.HeaviestTip);
        Assert.Equal(2u, _chain.State.LeastCommonAncestor!.Height);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_trees_agree_with_the_slow_truth(int seed)
    {
        var random = new Random(seed);
        var chain = new TestChain(Constants.Small);
        var known = new List<Protocol.Blocks.BlockRecord> { chain.Genesis };
        for (var i = 0; i < 120; i++)
        {
            // Mostly near the end, sometimes anywhere; different paces make different weights.
            var parent = random.Next(8) == 0 ? known[random.Next(known.Count)] : known[^random.Next(1, Math.Min(4, known.Count + 1))];
            var expected = SlowTips(chain.State.Tips, parent, chain, out var heavier);
            var result = chain.Add(chain.Child(parent, (ulong)random.Next(1, 40), (byte)i));
            Assert.Equal(heavier ? AcceptOutcome.AddedToHead : AcceptOutcome.AddedAsOrphan, result.Outcome);
            Assert.Equal(expected, chain.State.Tips.Select(t => t.TotalWeight));
            known.Add(result.Record!);
            if (i % 40 == 39)
                chain.Restart();
        }
    }

    /// <summary>Weights of the tips afterwards, by insertion instead of sorting.</summary>
    private static List<ulong> SlowTips(
        IReadOnlyList<Protocol.Blocks.BlockRecord> tips, Protocol.Blocks.BlockRecord parent, TestChain chain, out bool heavier)
    {
        var weight = parent.TotalWeight + chain.Next(parent).Difficulty;
        var weights = tips.Select(t => t.TotalWeight).ToList();
        heavier = weights.TrueForAll(w => w < weight) || weights.Min() < weight;
        if (!heavier)
            return weights;
        if (weights.Count < 3)
            return [.. weights, weight];
        var sorted = new List<ulong>();
        foreach (var w in weights.Append(weight))
        {
            var place = sorted.FindIndex(s => s < w);
            sorted.Insert(place < 0 ? sorted.Count : place, w);
        }

        sorted.RemoveAt(3);
        return sorted;
    }
}
