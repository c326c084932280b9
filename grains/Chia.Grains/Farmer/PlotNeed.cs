namespace Chia.Grains.Farmer;

/// <summary>How many plots a network needs lest its challenges go unanswered (OPERATIONS.md 1).</summary>
public static class PlotNeed
{
    /// <summary>Proofs per challenge at which a network is safe: e⁻⁵, less than one challenge in a hundred, has no answer then.</summary>
    public const double SafeProofsPerChallenge = 5;

    /// <summary>Proofs of one plot per challenge while nothing was measured: what plots of k = 16 to 20 have.</summary>
    private const double UsualProofsPerPlot = 0.4;

    /// <summary>How many plots more of the same size make it safe; 0 if it is.</summary>
    /// <param name="plots">Plots there are.</param>
    /// <param name="proofsPerChallenge">Proofs that they have for a challenge, on average; null if that was not measured.</param>
    public static int MorePlots(int plots, double? proofsPerChallenge)
    {
        var found = proofsPerChallenge ?? plots * UsualProofsPerPlot;
        if (found >= SafeProofsPerChallenge)
            return 0;
        var perPlot = plots > 0 && found > 0 ? found / plots : UsualProofsPerPlot;
        return (int)Math.Ceiling((SafeProofsPerChallenge - found) / perPlot);
    }
}
