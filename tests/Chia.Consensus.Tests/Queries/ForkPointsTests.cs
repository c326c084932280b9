using System.Runtime.InteropServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Queries;
using Chia.Consensus.Tests.Reference;
using Chia.Consensus.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Queries;

/// <summary>CONSENSUS.md 15.3, and the search that includes the tips.</summary>
public class ForkPointsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(30)]
    public void Divergence_at_every_height_is_found(int length)
    {
        var chain = new TestChain();
        var tip = chain.Grow(chain.Genesis, length);
        var own = chain.Store.ChainOf(tip.HeaderHash);
        var ancestor = (int)chain.State.TableLength - 1;
        for (var common = 1; common <= own.Count; common++)
        {
            var list = own.Take(common).Concat(Strange(own.Count + 3 - common)).ToList();
            Assert.Equal(common - 1, LastAgreed(chain.State, list));

            // The reference does not look above the least common ancestor.
            Assert.Equal(ForkPointError.None, ReferenceForkPoint.TryFind(chain.State, list, out var height));
            Assert.Equal((uint)Math.Min(common - 1, ancestor), height);
        }
    }

    [Fact]
    public void Own_chain_and_its_parts_are_their_own_fork_points()
    {
        var chain = new TestChain();
        var own = chain.Store.ChainOf(chain.Grow(chain.Genesis, 9).HeaderHash);
        for (var count = 1; count <= own.Count; count++)
            Assert.Equal(count - 1, LastAgreed(chain.State, own.GetRange(0, count)));
    }

    /// <summary>A long list comes in parts: blocks of ours at other heights than they are said to have agree with nothing.</summary>
    [Fact]
    public void A_part_of_a_list_agrees_at_its_own_height_only()
    {
        var chain = new TestChain();
        var own = CollectionsMarshal.AsSpan(chain.Store.ChainOf(chain.Grow(chain.Genesis, 9).HeaderHash));
        Assert.Equal(9, ForkPoints.LastAgreed(chain.State, 4, own[4..]));
        Assert.Equal(-1, ForkPoints.LastAgreed(chain.State, 3, own[4..]));
        Assert.Equal(-1, ForkPoints.LastAgreed(chain.State, 5, own[4..]));
    }

    [Fact]
    public void Side_branches_count()
    {
        var chain = new TestChain();
        var main = chain.Grow(chain.Genesis, 12, salt: 1);
        var side = chain.Grow(chain.Ancestor(main, 5), 3, salt: 2);
        var list = chain.Store.ChainOf(side.HeaderHash).Concat(Strange(10)).ToList();
        Assert.Equal(8, LastAgreed(chain.State, list));
        Assert.Equal(ForkPointError.None, ReferenceForkPoint.TryFind(chain.State, list, out var height));
        Assert.Equal(5u, height);
    }

    [Fact]
    public void A_list_must_be_longer_than_the_chain_to_the_ancestor_by_one_for_the_reference()
    {
        var chain = new TestChain();
        chain.Grow(chain.Genesis, 12);
        var own = chain.Store.ChainOf(chain.State.HeaviestTip!.HeaderHash);
        var ancestor = (int)chain.State.LeastCommonAncestor!.Height;
        Assert.Equal(ForkPointError.AlternativeShorter, ReferenceForkPoint.TryFind(chain.State, own.GetRange(0, ancestor + 1), out _));
        Assert.Equal(ForkPointError.None, ReferenceForkPoint.TryFind(chain.State, own.GetRange(0, ancestor + 2), out var height));
        Assert.Equal((uint)ancestor, height);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Another_genesis_is_named(int length)
    {
        var chain = new TestChain();
        var own = chain.Store.ChainOf(chain.Grow(chain.Genesis, length).HeaderHash);
        Assert.Equal(-1, LastAgreed(chain.State, Strange(20)));
        Assert.Equal(ForkPointError.WrongGenesis, ReferenceForkPoint.TryFind(chain.State, Strange(20), out _));
        Assert.Equal(-1, LastAgreed(chain.State, [.. Strange(1), .. own.Skip(1), .. Strange(20)]));
    }

    [Fact]
    public void Dishonest_lists_cannot_move_the_point_beyond_their_agreeing_prefix()
    {
        var chain = new TestChain();
        var own = chain.Store.ChainOf(chain.Grow(chain.Genesis, 20).HeaderHash);
        for (var hole = 1; hole < 20; hole++)
        {
            List<Bytes32> list = [.. own.Take(hole), .. Strange(1), .. own.Skip(hole + 1), .. Strange(5)];
            Assert.Equal(hole - 1, LastAgreed(chain.State, list));

            // The reference's search may land on any height where both agree.
            Assert.Equal(ForkPointError.None, ReferenceForkPoint.TryFind(chain.State, list, out var height));
            Assert.Equal(own[(int)height], list[(int)height]);
        }

        // Known blocks in an order that is not theirs.
        Assert.Equal(0, LastAgreed(chain.State, [own[0], own[2], own[1], own[3], .. Strange(30)]));
    }

    [Fact]
    public void Nothing_to_compare_is_named()
    {
        var chain = new TestChain();
        Assert.Equal(-1, LastAgreed(chain.State, []));
        Assert.Equal(ForkPointError.EmptyList, ReferenceForkPoint.TryFind(chain.State, [], out _));
        var empty = new ChainState(chain.State.Constants);
        Assert.Equal(-1, LastAgreed(empty, Strange(3)));
        Assert.Equal(ForkPointError.NoChain, ReferenceForkPoint.TryFind(empty, Strange(3), out _));
    }

    private static long LastAgreed(ChainState state, List<Bytes32> list) =>
        ForkPoints.LastAgreed(state, 0, CollectionsMarshal.AsSpan(list));

    private static List<Bytes32> Strange(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MadeUpProofs.QualityOf((uint)i + 1_000_000))];
}
