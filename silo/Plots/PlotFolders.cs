using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Plots;

/// <summary>Plot files in folders.</summary>
internal static class PlotFolders
{
    private static readonly string[] Patterns = ["*.dat", "*.plot"];

    /// <summary>The plots of a folder by their names, in order; none is opened.</summary>
    /// <exception cref="UserException">There is no such folder, or there are no plots in it.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserException($"there is no folder {folder}");
        var files = Patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new UserException($"there are no plots ({string.Join(", ", Patterns)}) in {folder}");
    }

    /// <summary>
    /// The key of a plot that was made from these keys: its name says which it is, and its id proves it.
    /// </summary>
    /// <param name="file">The file; its header is read.</param>
    /// <param name="keys">The harvester's seed.</param>
    /// <param name="pools">Pools that it may have been made for.</param>
    /// <returns>Null if it was made from other keys.</returns>
    /// <exception cref="IOException">It is no sound plot.</exception>
    public static PlotEntry? Recognise(string file, HarvesterKeys keys, IEnumerable<Bytes48> pools)
    {
        using var plot = FilePlot.Open(file);
        if (!TryParseIndex(Path.GetFileName(file), out var index))
            return null;
        var key = keys.PlotKey(plot.Size, index);
        foreach (var pool in pools)
        {
            if (PlotEntry.IdOf(pool, key.PublicKey) == plot.PlotId)
                return new PlotEntry(Path.GetFileName(file), Path.GetFullPath(file), pool, key);
        }

        return null;
    }

    /// <summary>The number in <c>plot-{index}-{k}-{id}.dat</c>.</summary>
    public static bool TryParseIndex(string name, out uint index)
    {
        index = 0;
        return name.Split('-') is ["plot", var number, _, _]
            && uint.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index);
    }
}
