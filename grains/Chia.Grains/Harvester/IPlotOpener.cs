namespace Chia.Grains.Harvester;

/// <summary>Opens plot files.</summary>
public interface IPlotOpener
{
    /// <summary>Opens a plot.</summary>
    /// <exception cref="IOException">There is no such file, or it is not a sound plot; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    IPlot Open(string path);
}
