namespace Chia.Cryptography.Plots;

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
