namespace Chia.Grains.Harvester;

/// <summary>Opens plot files from disk.</summary>
public sealed class FilePlotOpener : IPlotOpener
{
    /// <inheritdoc/>
    public IPlot Open(string path) => FilePlot.Open(path);
}
