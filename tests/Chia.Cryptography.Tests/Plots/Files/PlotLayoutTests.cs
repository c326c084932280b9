using Chia.Cryptography.Plots;

namespace Chia.Cryptography.Tests.Plots.Files;

/// <summary>The table of POSPACE.md 6.2. The vector's plot has k = 16 and no other is at hand that the reference made.</summary>
public sealed class PlotLayoutTests
{
    [Theory]
    [InlineData(16, 4, 3327, 4764, 4227, 4352, 2, 10000)]
    [InlineData(19, 5, 4094, 5532, 4995, 5120, 3, 10000)]
    [InlineData(20, 5, 4350, 5788, 5251, 5376, 3, 3000)]
    [InlineData(32, 8, 7421, 8862, 8325, 8448, 4, 3000)]
    public void Sizes_are_those_of_the_table(
        int k, int linePoint, int stubs, int firstPark, int otherPark, int indexPark, int checkpoint, int checkpointPark)
    {
        var layout = new PlotLayout(k);

        Assert.Equal((linePoint, stubs), (layout.LinePointBytes, layout.StubsBytes));
        Assert.Equal((1433, 896), (PlotLayout.DeltasBytes(1), PlotLayout.DeltasBytes(2)));
        Assert.Equal(firstPark, layout.ParkBytes(1));
        Assert.All(Enumerable.Range(2, 5), table => Assert.Equal(otherPark, layout.ParkBytes(table)));
        Assert.Equal(indexPark, layout.ParkBytes(7));
        Assert.Equal((checkpoint, checkpointPark), (layout.CheckpointBytes, layout.CheckpointParkBytes));
    }
}
