using Chia.Consensus.Queries;
using Chia.Consensus.Tests.Support;

namespace Chia.Consensus.Tests.Queries;

/// <summary>Curves over the chain, beside a slow twin that looks at every block (OPERATIONS 3).</summary>
public sealed class ChainSeriesTests
{
    private readonly TestChain _chain = new(Constants.Small) { CompareAlways = false };

    public ChainSeriesTests()
    {
        var tip = _chain.Genesis;
        for (var i = 0; i < 70; i++)
            tip = _chain.AddChild(tip, seconds: (ulong)(3 + (i * 7 % 23)));
    }

    [Theory]
    [InlineData(0u, uint.MaxValue, 500)]
    [InlineData(0u, uint.MaxValue, 1)]
    [InlineData(0u, uint.MaxValue, 7)]
    [InlineData(5u, 64u, 4)]
    [InlineData(15u, 15u, 3)]
    [InlineData(14u, 16u, 1)]
    [InlineData(27u, 38u, 1)]
    public void Each_point_is_what_its_blocks_are_together(uint from, uint to, int most)
    {
        var samples = ChainSeries.Of(_chain.State, from, to, most);
        Assert.InRange(samples.Count, 1, most);
        Assert.Equal(Math.Min(to, 70), samples[^1].Height);
        Assert.All(samples, sample => Assert.Equal(Slow(sample.Height - (uint)sample.Blocks + 1, sample.Height), sample));
        Assert.Contains(Speeds(), changes => changes > 1);
    }

    [Fact]
    public void The_newest_blocks_are_a_point_too() => Assert.Equal(Slow(51, 70), ChainSeries.Newest(_chain.State, 20));

    /// <summary>How many speeds there are: one would prove nothing.</summary>
    private IEnumerable<int> Speeds() =>
        [Enumerable.Range(0, 71).Select(h => ChainView.AtHeight(_chain.State, (uint)h)!.IterationsPerSecond).Distinct().Count()];

    private ChainSample Slow(uint first, uint last)
    {
        var before = ChainView.AtHeight(_chain.State, first - 1)!;
        var end = ChainView.AtHeight(_chain.State, last)!;
        double work = 0, variable = 0;
        var parent = before;
        for (var height = first; height <= last; height++)
        {
            var block = ChainView.AtHeight(_chain.State, height)!;
            work += block.Difficulty;
            variable += (block.TotalIterations - parent.TotalIterations)
                - ((double)_chain.State.Constants.MinBlockTime * block.IterationsPerSecond);
            parent = block;
        }

        return new ChainSample(
            last, end.Timestamp, (int)(last - first + 1), (double)end.Timestamp - before.Timestamp, end.Difficulty,
            end.IterationsPerSecond, end.TotalWeight, work, variable);
    }
}
