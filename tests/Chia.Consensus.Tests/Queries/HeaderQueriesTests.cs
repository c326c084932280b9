using Chia.Consensus.Chain;
using Chia.Consensus.Queries;
using Chia.Consensus.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Tests.Queries;

/// <summary>CONSENSUS.md 15.1 and 15.2.</summary>
public class HeaderQueriesTests
{
    private readonly TestChain _chain = new();
    private readonly BlockRecord _main;
    private readonly BlockRecord _side;

    public HeaderQueriesTests()
    {
        _main = _chain.Grow(_chain.Genesis, 12, salt: 1);
        _side = _chain.Grow(_chain.Ancestor(_main, 8), 2, salt: 2);
    }

    [Fact]
    public void Hashes_lead_from_genesis_to_the_tip_also_on_side_branches_and_after_a_restart()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var tip in new[] { _main, _side, _chain.Genesis, _chain.Ancestor(_main, 5) })
                Assert.Equal(_chain.Store.ChainOf(tip.HeaderHash), HeaderQueries.HeaderHashesTo(_chain.State, tip.HeaderHash));
            _chain.Restart();
        }

        foreach (var tip in new[] { _main, _side, _chain.Ancestor(_main, 5) })
        {
            var all = _chain.Store.ChainOf(tip.HeaderHash).ToList();
            foreach (var first in Enumerable.Range(0, all.Count + 2))
            {
                foreach (var most in new[] { 0, 1, 3, all.Count, int.MaxValue })
                {
                    var hashes = HeaderQueries.HeaderHashesTo(_chain.State, tip.HeaderHash, (uint)first, most);
                    Assert.Equal(all.Skip(first).Take(most), hashes!);
                }
            }
        }

        Assert.Null(HeaderQueries.HeaderHashesTo(_chain.State, default));
        Assert.Null(HeaderQueries.HeaderHashesTo(new ChainState(_chain.State.Constants), _main.HeaderHash));
    }

    [Fact]
    public void Heights_are_resolved_in_the_order_of_the_list()
    {
        foreach (var tip in new[] { _main, _side })
        {
            var chain = _chain.Store.ChainOf(tip.HeaderHash);
            foreach (var heights in new uint[][] { [0], [tip.Height], [3, 9, 9, 0, 10, 1], [8, 9], [10, 10] })
            {
                var resolution = HeaderQueries.Resolve(_chain.State, heights, tip.HeaderHash);
                Assert.Equal(RangeOutcome.Found, resolution.Outcome);
                Assert.Equal(heights.Select(h => chain[(int)h]), resolution.HeaderHashes);
            }
        }
    }

    [Fact]
    public void An_empty_list_is_answered_whatever_the_tip()
    {
        var resolution = HeaderQueries.Resolve(_chain.State, [], default);
        Assert.Equal(RangeOutcome.Found, resolution.Outcome);
        Assert.Empty(resolution.HeaderHashes);
    }

    [Fact]
    public void Unknown_tips_and_heights_above_the_tip_are_told_apart()
    {
        Assert.Equal(RangeOutcome.UnknownTip, HeaderQueries.Resolve(_chain.State, [0], default).Outcome);
        Assert.Equal(RangeOutcome.AboveTip, HeaderQueries.Resolve(_chain.State, [0, 11], _side.HeaderHash).Outcome);
        Assert.Equal(RangeOutcome.AboveTip, HeaderQueries.Resolve(_chain.State, [uint.MaxValue], _main.HeaderHash).Outcome);
    }
}
