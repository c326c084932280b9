using System.Security.Cryptography;
using System.Text;
using Chia.GrainInterfaces.Chain;
using Chia.Grains.FullNode;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>SYNC.md 4.1, step 7: only candidates that may win are passed on; and where the reference's leader would stand in the
/// way.</summary>
public class UnfinishedLeaderTests
{
    private readonly UnfinishedLeader _leader = new(threshold: 150);

    [Fact]
    public void The_first_of_a_height_leads() => Assert.True(Admit(7, 10_000));

    [Theory]
    [InlineData(100, true)]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public void Slower_by_more_than_the_threshold_is_dropped(ulong seconds, bool admitted)
    {
        Admit(7, 100);
        Assert.Equal(admitted, Admit(7, seconds));
    }

    [Fact]
    public void A_faster_one_takes_the_lead_and_a_slower_one_does_not()
    {
        Admit(7, 100);
        Assert.True(Admit(7, 200));
        Assert.True(Admit(7, 250));
        Assert.True(Admit(7, 40));
        Assert.True(Admit(7, 190));
        Assert.False(Admit(7, 191));
    }

    [Fact]
    public void A_greater_height_starts_anew_and_a_lower_one_is_dropped()
    {
        Admit(7, 10);
        Assert.True(Admit(8, 5000));
        Assert.False(Admit(7, 1));
        Assert.True(Admit(8, 5150));
        Assert.False(Admit(8, 5151));
    }

    [Fact]
    public void The_largest_numbers_do_not_overflow()
    {
        Admit(1, ulong.MaxValue - 10);
        Assert.True(Admit(1, ulong.MaxValue));
    }

    [Fact]
    public void When_the_chain_has_its_height_it_keeps_no_sibling_of_the_newest_blocks_away()
    {
        Assert.True(_leader.Admit(10, Hash("a"), 1, Chain(Tip("a", 9), Tip("b", 8), Tip("c", 7))));
        var reached = Chain(Tip("d", 10), Tip("a", 9), Tip("b", 8));
        Assert.True(_leader.Admit(9, Hash("b"), 900, reached));
        Assert.True(_leader.Admit(10, Hash("a"), 900, reached));
        Assert.True(_leader.Admit(11, Hash("d"), 5, reached));
        Assert.False(_leader.Admit(10, Hash("a"), 1, reached));
    }

    [Fact]
    public void After_a_reorganisation_to_a_lower_height_blocks_are_passed_on_at_once()
    {
        Assert.True(_leader.Admit(20, Hash("a"), 1, Chain(Tip("a", 19), Tip("b", 18), Tip("c", 17))));
        var heavierAndShorter = Chain(Tip("x", 16), Tip("y", 15), Tip("z", 14));
        Assert.True(_leader.Admit(17, Hash("x"), 500, heavierAndShorter));
        Assert.False(_leader.Admit(16, Hash("y"), 1, heavierAndShorter));
        Assert.False(_leader.Admit(17, Hash("x"), 651, heavierAndShorter));
    }

    /// <summary>On top of tips of every height, none of which is reached by a leader yet.</summary>
    private bool Admit(uint height, ulong seconds) =>
        _leader.Admit(height, Hash($"{height - 1}"), seconds, Chain(Tip("0", 0), Tip("6", 6), Tip("7", 0)));

    private static ChainSnapshot Chain(params TipInfo[] tips) => new(tips, tips.MaxBy(tip => tip.TotalWeight)!, tips[0], 100);

    private static TipInfo Tip(string name, uint height) =>
        new(Hash(name), default, default, height, height, height, 0, 1, 1, default, 1, 1);

    private static Bytes32 Hash(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
