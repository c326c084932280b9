using Chia.Cryptography.Plots;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Keys;

namespace Chia.Silo.Plots;

/// <summary>
/// Makes plots and lists them (ROLES.md 2.4). Seed, size and number decide everything about a plot, so that making ten and then twenty adds ten,
/// and making again what was interrupted goes on.
/// </summary>
internal sealed class PlotMaker(HarvesterKeys keys, Bytes48 poolPublicKey, PlotsFile list, string folder)
{
    /// <summary>Makes one plot, if it is not there, and lists it, if it is not listed.</summary>
    /// <param name="k">k.</param>
    /// <param name="index">Its number.</param>
    /// <param name="threads">Threads; 0 for one a core.</param>
    /// <param name="progress">Told how it goes; may be null.</param>
    /// <param name="cancellation">Stops; nothing unfinished stays behind.</param>
    /// <exception cref="UserException">The disk is full, the folder not writable, and so on.</exception>
    /// <exception cref="PlottingException">This number cannot be plotted; another can.</exception>
    public MadePlot Make(byte k, uint index, int threads, IProgress<PlotProgress>? progress, CancellationToken cancellation)
    {
        var plotKey = keys.PlotKey(k, index);
        var id = PlotEntry.IdOf(poolPublicKey, plotKey.PublicKey);
        var path = Path.Combine(folder, HarvesterKeys.FileName(index, k, id));
        try
        {
            Directory.CreateDirectory(folder);
            var exists = File.Exists(path);
            if (!exists)
                Plotter.Create(new PlotParameters(id, k, Threads: threads), path, progress, cancellation);
            var isNew = list.Add(path, poolPublicKey, plotKey);
            return new MadePlot(path, exists, isNew, new FileInfo(path).Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot make {path}: {error.Message}", exitCode: 1);
        }
    }
}
