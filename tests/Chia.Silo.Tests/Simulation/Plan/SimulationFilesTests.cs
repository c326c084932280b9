using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Protocol.Networks;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Tests.Simulation.Plan;

/// <summary>An option that a network contradicts is refused, not ignored.</summary>
public sealed class SimulationFilesTests
{
    private static readonly NetworkDefinition Network =
        Testnet.Definition with { Constants = new ConsensusConstants { BlockTimeTarget = 10 } };
    private static readonly PlotEntry[] Plots = [Plot(0), Plot(1)];

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(10.0, 2, 17)]
    [InlineData(10.4, null, null)]
    public void What_agrees_goes_on(double? blockTime, int? plots, int? k) =>
        Assert.Null(Record.Exception(() => SimulationFiles.RequireAgreement(Options(blockTime, plots, k), Network, Plots)));

    [Theory]
    [InlineData(3.0, null, null, "--block-time 3")]
    [InlineData(null, 6, null, "--plots 6")]
    [InlineData(null, null, 18, "--k 18")]
    public void What_contradicts_is_refused_in_one_line(double? blockTime, int? plots, int? k, string named)
    {
        var line =
            Assert.Throws<UserException>(() => SimulationFiles.RequireAgreement(Options(blockTime, plots, k), Network, Plots)).Message;
        Assert.StartsWith(named, line);
        Assert.DoesNotContain('\n', line);
        Assert.Contains("--root", line);
    }

    private static SimulationOptions Options(double? blockTime, int? plots, int? k) =>
        new("root", 3, k, plots, null, blockTime, false, null);

    private static PlotEntry Plot(uint i) => new($"plot-{i}-17-00.dat", $"/p/{i}", default, PrivateKey.FromSeed([(byte)i]));
}
