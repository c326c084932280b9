using Chia.Grains.Farmer;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.Tests.DeadEnds;

/// <summary>A network with so few plots that many challenges have no answer (DECISIONS 16): it goes on, or says what it lacks and goes on
/// when it gets it.</summary>
public class SmallNetworkTests(ITestOutputHelper output)
{
    private const uint Goal = 100;

    [Theory]
    [InlineData(2, 0.8, 11)]
    [InlineData(3, 0.0, 13)]
    [InlineData(0, null, 13)]
    [InlineData(20, 8.0, 0)]
    public void It_is_told_how_many_plots_are_missing(int plots, double? proofs, int missing) =>
        Assert.Equal(missing, PlotNeed.MorePlots(plots, proofs));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public async Task Few_plots_reach_a_hundred_blocks_or_say_that_they_are_too_few_and_revive_with_one_more(int plots, int nodes)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            await using var network = await SmallNetwork.Start(plots, seed, nodes);
            var (height, blockTimes, added) = (0u, 0, 0);
            while (height < Goal)
            {
                var before = (await network.Chain()).Heaviest.TotalWeight;
                await network.Run(100 * network.BlockTime);
                blockTimes += 100;
                var chain = await network.Chain();
                height = chain.Heaviest.Height;
                if (chain.Heaviest.TotalWeight > before)
                    continue;
                Assert.Equal(StatusReason.NoPlotAnswers, network.Status.Standstill);
                Assert.InRange(++added, 1, 12);
                network.AddPlot();
            }

            output.WriteLine($"{plots} plots, {nodes} nodes, seed {seed}: {added} plots added, {blockTimes} block times, {(await network.Chain()).Blocks} blocks");
        }
    }
}
