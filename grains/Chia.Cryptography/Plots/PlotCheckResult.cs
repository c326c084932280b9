namespace Chia.Cryptography.Plots;

/// <summary>What a check of a plot found.</summary>
/// <param name="Challenges">Challenges that were put.</param>
/// <param name="Proofs">Valid proofs found.</param>
/// <param name="Failures">Proofs that could not be read or were not valid; anything above 0 means damage.</param>
/// <param name="ExpectedProofs">How many proofs a plot with as many entries finds on average; its standard deviation is about the square
/// root.</param>
/// <param name="FirstFailure">What the first failure was, or null.</param>
public sealed record PlotCheckResult(int Challenges, int Proofs, int Failures, double ExpectedProofs, string? FirstFailure)
{
    /// <summary>True if nothing failed and the number of proofs is within five standard deviations of what is expected.</summary>
    public bool IsHealthy => Failures == 0 && Math.Abs(Proofs - ExpectedProofs) <= 5 * Math.Sqrt(ExpectedProofs + 1);
}
