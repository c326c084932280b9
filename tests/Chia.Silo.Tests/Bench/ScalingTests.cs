using Chia.Silo.Bench.Scaling;

namespace Chia.Silo.Tests.Bench;

/// <summary>The model of a cluster against what queueing theory knows, and against itself.</summary>
public sealed class ScalingTests
{
    private const int Blocks = 200_000;

    /// <summary>Checks that take a hundredth of a second, and a chain that costs nothing.</summary>
    private static readonly ClusterCosts OnlyChecks = new(0.01, 0, 0, 0, 32, 1e-5, 30_000, 30_000, 1e-5, 64, 500_000);

    /// <summary>A chain that takes a hundredth of a second a commit and a thousandth a block, and checks that cost nothing.</summary>
    private static readonly ClusterCosts OnlyCommits =
        OnlyChecks with { CheckSeconds = 0, CommitSeconds = 0.01, CommitBlockSeconds = 0.001 };

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void One_core_waits_as_long_as_theory_says(double load)
    {
        var rate = load / OnlyChecks.CheckSeconds;
        var wait = new ClusterSimulation(OnlyChecks, 1).Run(rate, Blocks, 1).Mean - OnlyChecks.CheckSeconds;

        // M/D/1, Pollaczek and Khinchine: load / (2 * rate of service * (1 - load)).
        var theory = load * OnlyChecks.CheckSeconds / (2 * (1 - load));
        Assert.InRange(wait, theory * 0.95, theory * 1.05);
    }

    [Fact]
    public void Below_saturation_all_that_comes_is_committed_and_above_it_no_more_than_saturation()
    {
        var simulation = new ClusterSimulation(OnlyCommits, 1);
        var saturation = OnlyCommits.Saturation;

        Assert.InRange(simulation.Run(saturation * 0.5, Blocks, 1).BlocksPerSecond, saturation * 0.49, saturation * 0.51);
        Assert.InRange(simulation.Run(saturation * 2, Blocks, 1).BlocksPerSecond, saturation * 0.99, saturation * 1.01);
        Assert.InRange(simulation.Run(saturation * 2, Blocks, 1).ChainLoad, 0.99, 1.001);
    }

    [Fact]
    public void Cores_help_until_the_chain_is_the_limit()
    {
        var costs = OnlyCommits with { CheckSeconds = 0.01 };
        var one = new ClusterSimulation(costs, 1).Run(1e6, Blocks, 1).BlocksPerSecond;
        var two = new ClusterSimulation(costs, 2).Run(1e6, Blocks, 1).BlocksPerSecond;
        var enough = (int)Math.Ceiling(costs.UsefulCores);

        Assert.InRange(two / one, 1.99, 2.01);
        Assert.InRange(
            new ClusterSimulation(costs, enough * 2)
            .Run(1e6, Blocks, 1).BlocksPerSecond, costs.Saturation * 0.99, costs.Saturation * 1.01);
    }

    [Fact]
    public void Chance_is_seeded() =>
        Assert.Equal(new ClusterSimulation(OnlyCommits, 2).Run(100, 1000, 7), new ClusterSimulation(OnlyCommits, 2).Run(100, 1000, 7));
}
