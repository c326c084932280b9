namespace Chia.Silo.Plots;

/// <summary>What plots answered to challenges, for programs.</summary>
/// <param name="Plots">In the order in which they were asked.</param>
/// <param name="Bad">Those with a fault.</param>
internal sealed record CheckedPlots(IReadOnlyList<CheckedPlot> Plots, int Bad);

/// <summary>One of them; of one that cannot be read only path and fault are known.</summary>
/// <param name="Path">Its file.</param>
/// <param name="K">Its size.</param>
/// <param name="Challenges">Challenges that were put to it.</param>
/// <param name="Proofs">Proofs that it gave.</param>
/// <param name="ExpectedProofs">Proofs that a plot of this kind gives on average.</param>
/// <param name="Failures">Proofs that could not be read, or do not hold.</param>
/// <param name="Fault">What is wrong with it; null if nothing is.</param>
internal sealed record CheckedPlot(
    string Path, int? K, int? Challenges, int? Proofs, double? ExpectedProofs, int? Failures, string? Fault);
