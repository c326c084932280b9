using Chia.GrainInterfaces.Chain;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Tests.Simulation.Plan;

/// <summary>Conditions that a simulation must come to, for scripts.</summary>
public class AssertionsTests
{
    [Theory]
    [InlineData("height>=20")]
    [InlineData("height >= 20; orphans<0.3")]
    [InlineData("height==20;height!=21;height<21;height<=20;height>19")]
    [InlineData("block_time==10; winners==2; seconds<61; weight>1; difficulty>1;")]
    public void What_holds_holds(string text) => Assert.Empty(Assertions.Parse(text).Broken(Figures));

    [Theory]
    [InlineData("height>20", "height>20 does not hold: height is 20")]
    [InlineData("orphans<0.1", "orphans<0.1 does not hold: orphans is 0.2")]
    public void What_does_not_hold_is_named_with_what_came(string text, string line) =>
        Assert.Equal([line], Assertions.Parse(text).Broken(Figures));

    [Theory]
    [InlineData("height>=20; orphans<0.3", 20u)]
    [InlineData("height>20", 21u)]
    [InlineData("height>=5; height>=7.5", 8u)]
    [InlineData("height<=20", null)]
    [InlineData("orphans<0.3", null)]
    public void A_height_that_is_wanted_ends_the_run(string text, uint? height) => Assert.Equal(height, Assertions.Parse(text).Height);

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("height")]
    [InlineData("height>=")]
    [InlineData("height=>20")]
    [InlineData("height>=twenty")]
    [InlineData("hight>=20")]
    [InlineData("height>=1.2.3")]
    public void What_is_no_condition_is_refused_in_one_line(string text)
    {
        var line = Assert.Throws<UserException>(() => Assertions.Parse(text)).Message;
        Assert.StartsWith("--assert: ", line);
        Assert.Contains("height, weight", line);
    }

    private static SimulationFigures Figures { get; } = new(
        new TipInfo(default, default, default, 20, 20_000, 0, 0, 900, 0, default, 1_000, 0),
        new ChainFigures(16, 4, new ChainPoint(20, 0, 20, 200, 1_000, 0, 20_000, null)),
        60,
        2);
}
