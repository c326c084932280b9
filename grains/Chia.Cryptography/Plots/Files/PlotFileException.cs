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
