using Chia.Grains.FullNode;

namespace Chia.Grains.Tests.FullNode;

/// <summary>SYNC.md 4.1, step 7: only candidates that may win are passed on.</summary>
public class UnfinishedLeaderTests
{
    private readonly UnfinishedLeader _leader = new(threshold: 150);

    [Fact]
    public void The_first_of_a_height_leads() => Assert.True(_leader.Admit(7, 10_000));

    [Theory]
    [InlineData(100, true)]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public void Slower_by_more_than_the_threshold_is_dropped(ulong seconds, bool admitted)
    {
        _leader.Admit(7, 100);
        Assert.Equal(admitted, _leader.Admit(7, seconds));
    }

    [Fact]
    public void A_faster_one_takes_the_lead_and_a_slower_one_does_not()
    {
        _leader.Admit(7, 100);
        Assert.True(_leader.Admit(7, 200));
        Assert.True(_leader.Admit(7, 250));
        Assert.True(_leader.Admit(7, 40));
        Assert.True(_leader.Admit(7, 190));
        Assert.False(_leader.Admit(7, 191));
    }

    [Fact]
    public void A_greater_height_starts_anew_and_a_lower_one_is_dropped()
    {
        _leader.Admit(7, 10);
        Assert.True(_leader.Admit(8, 5000));
        Assert.False(_leader.Admit(7, 1));
        Assert.True(_leader.Admit(8, 5150));
        Assert.False(_leader.Admit(8, 5151));
    }

    [Fact]
    public void The_largest_numbers_do_not_overflow()
    {
        _leader.Admit(1, ulong.MaxValue - 10);
        Assert.True(_leader.Admit(1, ulong.MaxValue));
    }
}
