using Chia.Consensus.Queries;

namespace Chia.Consensus.Tests.Queries;

/// <summary>Σ difficulty·2³² / Σ (iterations − minimum·ips), with its error band (OPERATIONS 2).</summary>
public class NetspaceTests
{
    [Fact]
    public void The_space_is_what_the_iterations_leave_of_the_difficulty()
    {
        Assert.Equal(100.0, Netspace.Estimate(work: 100, variableIterations: 4294967296));
        Assert.Equal(5000 * 4294967296.0 / 1033, Netspace.Estimate(5000, 1033));
        Assert.Null(Netspace.Estimate(0, 1033));
        Assert.Null(Netspace.Estimate(5000, 0));
    }

    [Theory]
    [InlineData(100, 836.1, 1243.8)]
    [InlineData(4, 505.1, 50_000)]
    [InlineData(3, 469.1, double.PositiveInfinity)]
    [InlineData(0, 337.8, double.PositiveInfinity)]
    public void Its_band_narrows_with_the_blocks(int blocks, double low, double high)
    {
        var band = Netspace.Band(1000, blocks);
        Assert.Equal(low, band.Low, 1);
        Assert.Equal(high, band.High, 1);
    }
}
