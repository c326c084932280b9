using Chia.Consensus.Queries;
using Chia.Consensus.Tests.Support;

namespace Chia.Consensus.Tests.Queries;

/// <summary>What a farmer's proof answers, and what can be built on in a dead end (DECISIONS 16, 18).</summary>
public class BlockSearchTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void A_block_is_found_by_its_challenge_on_the_chain_and_beside_it()
    {
        var main = _chain.Grow(_chain.Genesis, 6, salt: 1);
        var side = _chain.Grow(_chain.Ancestor(main, 2), 2, salt: 2);
        foreach (var block in new[] { _chain.Genesis, _chain.Ancestor(main, 3), main, side })
            Assert.Equal(block, BlockSearch.FindByChallenge(_chain.State, block.ChallengeHash));
        Assert.Null(BlockSearch.FindByChallenge(_chain.State, main.HeaderHash));
    }

    /// <summary>Made-up proofs are alike at one height, whatever they answer.</summary>
    [Fact]
    public void A_proof_is_in_a_block_if_a_child_of_the_same_parent_was_made_of_it()
    {
        var parent = _chain.Grow(_chain.Genesis, 2, salt: 1);
        var child = _chain.AddChild(parent, salt: 1);
        var rival = _chain.AddChild(_chain.Ancestor(parent, 1), salt: 2);
        Assert.Equal(parent.Height, rival.Height);
        Assert.True(BlockSearch.HasChild(_chain.State, parent.HeaderHash, child.Quality));
        Assert.False(BlockSearch.HasChild(_chain.State, parent.HeaderHash, MadeUpProofs.QualityOf(77)));
        Assert.False(BlockSearch.HasChild(_chain.State, rival.HeaderHash, child.Quality));
        Assert.False(BlockSearch.HasChild(_chain.State, child.HeaderHash, child.Quality));
        Assert.False(BlockSearch.HasChild(_chain.State, child.Quality, child.Quality));
    }

    [Fact]
    public void What_can_be_built_on_comes_heaviest_and_newest_first()
    {
        var main = _chain.Grow(_chain.Genesis, 5, salt: 1);
        var side = _chain.Grow(_chain.Ancestor(main, 3), 1, salt: 2);
        Assert.Equal(
            [main, side, _chain.Ancestor(main, 4), _chain.Ancestor(main, 3)], BlockSearch.FromHeight(_chain.State, 3, 10));
        Assert.Equal([main, side], BlockSearch.FromHeight(_chain.State, 3, 2));
        Assert.Empty(BlockSearch.FromHeight(_chain.State, 6, 10));
    }
}
