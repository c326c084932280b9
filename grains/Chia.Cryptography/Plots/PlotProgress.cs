namespace Chia.Cryptography.Plots;

/// <summary>How far a plotter is.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Table">The table that is being made, 1 … 7.</param>
/// <param name="Done">Steps of this table done.</param>
/// <param name="Total">Steps of this table.</param>
public readonly record struct PlotProgress(PlotPhase Phase, int Table, int Done, int Total);

/// <summary>The four phases of plotting (POSPACE.md 8), in order.</summary>
public enum PlotPhase
{
    /// <summary>Tables 1 … 7 are computed; most of the work.</summary>
    Forward,

    /// <summary>Entries that lead to nothing are marked.</summary>
    Backward,

    /// <summary>P1 … P6 are written.</summary>
    Compress,

    /// <summary>P7 and the checkpoints are written.</summary>
    Checkpoints,
}
