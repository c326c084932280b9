using Chia.Silo.Api.Answers;

namespace Chia.Silo.Tests.Api.Answers;

/// <summary>What was won beside what was to be expected (OPERATIONS 6).</summary>
public sealed class FarmLuckTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.51)]
    [InlineData(0.97)]
    [InlineData(1.0)]
    public void A_quantile_is_the_smallest_number_that_so_much_does_not_exceed(double probability)
    {
        foreach (var tries in new[] { 1, 2, 7, 60 })
        {
            foreach (var part in new[] { 0.025, 0.5, 0.975 })
                Assert.Equal(Slow(tries, probability, part), FarmLuck.Quantile(tries, probability, part));
        }
    }

    /// <summary>The normal distribution comes close to it: 500 ± 1.96 √250.</summary>
    [Theory]
    [InlineData(0.5, 469, 531)]
    [InlineData(0.9, 881, 918)]
    public void It_holds_for_many_blocks(double probability, int low, int high) =>
        Assert.Equal((low, high), (FarmLuck.Quantile(1000, probability, 0.025), FarmLuck.Quantile(1000, probability, 0.975)));

    [Fact]
    public void Blocks_are_counted_up_to_each_point()
    {
        var luck = FarmLuck.Of([.. Enumerable.Range(1, 400).Select(i => ((uint)i, i % 4 == 0))], 0.2)!;
        Assert.Equal((1u, 400, 100), (luck.From, luck.Blocks, luck.Won));
        Assert.Equal(80, luck.Expected, 6);
        Assert.Equal(1.25, luck.Luck!.Value, 6);
        Assert.Equal(400u, luck.LastWon);
        Assert.Equal(100, luck.Points.Count);
        Assert.Equal((400u, 100), (luck.Points[^1].Height, luck.Points[^1].Won));
        Assert.All(luck.Points, point => Assert.InRange(point.Expected, point.Low, point.High));
        Assert.All(luck.Points, point => Assert.Equal((int)point.Height / 4, point.Won));
        Assert.InRange(luck.Won, luck.High, luck.High + 10);
    }

    [Fact]
    public void Where_nothing_is_to_be_expected_there_is_no_luck()
    {
        var luck = FarmLuck.Of([(1, false), (2, false)], 0)!;
        Assert.Null(luck.Luck);
        Assert.Null(luck.LastWon);
        Assert.Equal((0, 0), (luck.Low, luck.High));
        Assert.Null(FarmLuck.Of([], 0.5));
    }

    private static int Slow(int tries, double probability, double part)
    {
        var sum = 0.0;
        for (var k = 0; k < tries; k++)
        {
            sum += Choose(tries, k) * Math.Pow(probability, k) * Math.Pow(1 - probability, tries - k);
            if (sum >= part - 1e-12)
                return k;
        }

        return tries;
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
