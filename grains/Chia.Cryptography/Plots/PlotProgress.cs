namespace Chia.Cryptography.Plots;

/// <summary>How far a plotter is.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Table">The table that is being made, 1 … 7.</param>
/// <param name="Done">Steps of this table done.</param>
/// <param name="Total">Steps of this table.</param>
public readonly record struct PlotProgress(PlotPhase Phase, int Table, int Done, int Total);
