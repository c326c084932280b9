using Chia.Cryptography.Plots;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Keys;
using Chia.Storage.Files;

namespace Chia.Silo.Plots;

/// <summary>
/// Makes plots and lists them (ROLES.md 2.4). Seed, size and number decide everything about a plot, so that making ten and then twenty
/// adds ten, and making again what was interrupted goes on.
/// </summary>
internal sealed class PlotMaker(HarvesterKeys keys, Bytes48 poolPublicKey, PlotsFile list, string folder)
{
    /// <summary>Where plots are put.</summary>
    public string Folder => folder;

    /// <summary>Bytes of memory to aim for; 0 for <see cref="PlotParameters.DefaultMemoryLimitBytes"/>.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Makes one plot, if it is not there, and lists it, if it is not listed.</summary>
    /// <param name="k">k.</param>
    /// <param name="index">Its number.</param>
    /// <param name="threads">Threads; 0 for one a core.</param>
    /// <param name="progress">Told how it goes; may be null.</param>
    /// <param name="cancellation">Stops; nothing unfinished stays behind.</param>
    /// <exception cref="UserException">The disk is full, the folder not writable, and so on.</exception>
    /// <exception cref="PlotTakenException">Its place is taken.</exception>
    /// <exception cref="PlottingException">This number cannot be plotted; another can.</exception>
    public MadePlot Make(byte k, uint index, int threads, IProgress<PlotProgress>? progress, CancellationToken cancellation)
    {
        var plotKey = keys.PlotKey(k, index);
        var id = PlotEntry.IdOf(poolPublicKey, plotKey.PublicKey);
        var path = Path.Combine(folder, HarvesterKeys.FileName(index, k, id));
        try
        {
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(Path.GetDirectoryName(list.Path)!);
            using var mine = Claim(k, index, id);
            if (list.Find(id) is { } listed && listed.Path != path)
                return Elsewhere(listed);
            var exists = File.Exists(path);
            if (exists)
                RequirePlot(path, id);
            else
                Plotter.Create(
                    new PlotParameters(id, k, Threads: threads, MemoryLimitBytes: MemoryLimitBytes), path, progress, cancellation);
            var isNew = list.Add(path, poolPublicKey, plotKey);
            return new MadePlot(path, exists, isNew, new FileInfo(path).Length);
        }
        catch (FileInUseException error)
        {
            throw new PlotTakenException($"another plotter makes it at this moment: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot make {path}: {FileFault.OfFile(path, error)}", exitCode: 1);
        }
    }

    /// <summary>Makes the first plots of a size that are missing, with progress on the terminal.</summary>
    /// <param name="k">k.</param>
    /// <param name="number">How many there are to be.</param>
    /// <param name="cancellation">Stops; those that are whole stay, and the next call goes on.</param>
    /// <exception cref="UserException">As <see cref="Make"/>; a plot that cannot be made is one.</exception>
    public async Task MakeAll(byte k, int number, CancellationToken cancellation)
    {
        for (var i = 0; i < number; i++)
        {
            using var view = new PlotProgressView($"plot {i + 1} of {number} (k = {k})");
            var index = (uint)i;
            try
            {
                await Task.Run(() => Make(k, index, threads: 0, view, cancellation), cancellation);
            }
            catch (Exception error) when (error is PlottingException or PlotTakenException)
            {
                throw new UserException($"plot {index} cannot be made: {error.Message}", exitCode: 1);
            }
        }
    }

    /// <summary>Files that plotters left in a folder when they were killed, and that no plotter holds.</summary>
    public static IReadOnlyList<string> Leftovers(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Plotter.TemporarySuffix).Where(IsAbandoned).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>One plotter at a time makes a plot, whatever the folder. Held beside the list, by plot id.</summary>
    private FileLock Claim(byte k, uint index, Bytes32 id)
    {
        var claims = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(list.Path))!, "plotting"));
        return FileLock.Take(Path.Combine(claims.FullName, HarvesterKeys.FileName(index, k, id)), TimeSpan.Zero);
    }

    /// <summary>An index is taken once, wherever its plot lies: two of the same would win nothing that one does not.</summary>
    private static MadePlot Elsewhere(PlotEntry listed) =>
        File.Exists(listed.Path)
            ? new MadePlot(listed.Path, Existed: true, WasListed: false, new FileInfo(listed.Path).Length)
            : throw new PlotTakenException(
                $"it is listed as {listed.Path}, which is not there: bring back its drive, or take it off the list with: chia plots remove {listed.Name}");

    private static void RequirePlot(string path, Bytes32 id)
    {
        try
        {
            using var plot = FilePlot.Open(path);
            if (plot.PlotId != id)
                throw new IOException("it holds another plot");
        }
        catch (IOException error)
        {
            throw new PlotTakenException($"{path} is in its place and is not this plot ({error.Message}): delete it to have it made");
        }
    }

    private static bool IsAbandoned(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>A plot cannot be made as its place is taken; the others can.</summary>
internal sealed class PlotTakenException(string message) : Exception(message);

/// <summary>A plot that is there.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Existed">It had been made before.</param>
/// <param name="WasListed">It was added to the list now.</param>
/// <param name="Bytes">Length of the file.</param>
internal sealed record MadePlot(string Path, bool Existed, bool WasListed, long Bytes);
