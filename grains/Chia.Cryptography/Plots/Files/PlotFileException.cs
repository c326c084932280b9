namespace Chia.Cryptography.Plots;

/// <summary>A plot file cannot be used, or not at this place. The message names the file and what is wrong with it.</summary>
public sealed class PlotFileException : IOException
{
    /// <summary>Names file and fault.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">The kind of fault.</param>
    /// <param name="detail">What was found, in words.</param>
    public PlotFileException(string path, PlotFileError error, string detail)
        : base($"plot file {path}: {detail} ({error})")
    {
        Path = path;
        Error = error;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The kind of fault.</summary>
    public PlotFileError Error { get; }
}

/// <summary>What is wrong with a plot file. None of these mends itself: the file must be restored or plotted again.</summary>
public enum PlotFileError
{
    /// <summary>It is empty, or does not begin like a plot file.</summary>
    NotAPlot,

    /// <summary>A plot file of another format than <c>alpha-v0.4</c>.</summary>
    UnsupportedFormat,

    /// <summary>k is not in 15 … 59.</summary>
    UnsupportedSize,

    /// <summary>It ends too early: an interrupted plotting or copy.</summary>
    Truncated,

    /// <summary>The table offsets in the header contradict each other or the file's length.</summary>
    DamagedHeader,

    /// <summary>C1, C2 or C3, the index from challenges to entries, is damaged.</summary>
    DamagedCheckpoints,

    /// <summary>A park of P1 … P7 is damaged.</summary>
    DamagedPark,

    /// <summary>The entries can be read, but the values they lead to are no proof.</summary>
    InvalidProof,
}
