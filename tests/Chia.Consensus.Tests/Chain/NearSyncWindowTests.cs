using Chia.Consensus.Chain;

namespace Chia.Consensus.Tests.Chain;

/// <summary>SYNC.md 3.3, DECISIONS 10: every distance from the tips, at every setting, has somebody who fetches it.</summary>
public class NearSyncWindowTests
{
    private const uint LowestTip = 1500;
    private const ulong Weight = 7_000_000;

    [Fact]
    public void The_default_is_the_references() => Assert.Equal(new NearSyncWindow(20), new NearSyncWindow());

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void No_heavier_block_is_left_to_nobody(int setting)
    {
        var window = new NearSyncWindow((uint)setting);
        for (uint height = 1; height < LowestTip + 1100; height++)
        {
            var near = height >= LowestTip - 3 && height <= LowestTip + (ulong)setting;
            Assert.Equal(near, window.Contains(LowestTip, height));
            Assert.Equal(
                near ? DisconnectedAction.FetchParent
                : DisconnectedAction.Synchronise, window.Decide(LowestTip, Weight, height, Weight + 1));
            Assert.Equal(
                near ? DisconnectedAction.FetchParent : DisconnectedAction.Ignore, window.Decide(LowestTip, Weight, height, Weight));
        }
    }

    [Fact]
    public void A_fork_that_near_sync_cannot_reach_is_synchronised_if_it_is_heavier()
    {
        var window = new NearSyncWindow();
        for (var height = LowestTip - 10; height < LowestTip + 30; height++)
        {
            Assert.Equal(DisconnectedAction.Synchronise, window.Decide(LowestTip, Weight, height, Weight + 1, outOfReach: true));
            Assert.Equal(DisconnectedAction.Ignore, window.Decide(LowestTip, Weight, height, Weight, outOfReach: true));
        }
    }

    [Fact]
    public void Heights_at_the_ends_of_their_range_do_not_wrap()
    {
        var window = new NearSyncWindow();
        Assert.True(window.Contains(0, 0));
        Assert.True(window.Contains(2, 0));
        Assert.False(window.Contains(4, 0));
        Assert.True(window.Contains(uint.MaxValue, uint.MaxValue));
        Assert.True(window.Contains(uint.MaxValue - 1, uint.MaxValue));
        Assert.False(window.Contains(0, uint.MaxValue));
        Assert.False(window.Contains(uint.MaxValue, 0));
    }
}
