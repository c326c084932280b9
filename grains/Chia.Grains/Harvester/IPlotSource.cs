namespace Chia.Grains.Harvester;

/// <summary>Which plots a harvester has: <c>plots.yaml</c> (ROLES.md 2.3). Read at every farmer's handshake, so that new plots need no restart.</summary>
public interface IPlotSource
{
    /// <summary>The entries as they are now. Blocks; throws an <see cref="IOException"/> with a remedy if they cannot be read.</summary>
    IReadOnlyList<PlotEntry> Read();
}
