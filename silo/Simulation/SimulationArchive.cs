using System.Formats.Tar;
using System.IO.Compression;
using Chia.Silo.Simulation.Clusters;
using Chia.Storage.Files;

namespace Chia.Silo.Simulation;

/// <summary>A whole simulation in one file: keys, plots, network, chains. To be made while nothing runs, and to go on from
/// anywhere.</summary>
internal static class SimulationArchive
{
    /// <summary>What belongs to one run and not to the simulation.</summary>
    private static readonly string[] Passing = [".lock", ".log", ".url", ".tmp", ".database"];

    /// <summary>A database belongs to one machine; what matters of it is in the nodes' folders by then.</summary>
    private const string PassingFolder = ClusterDatabase.Folder;

    /// <exception cref="UserException">There is a file, or there can be none.</exception>
    public static void RequireWritable(string file)
    {
        if (File.Exists(file))
            throw new UserException($"--save: {file} is there already, and is not overwritten");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new UserException($"--save: there is no folder {folder}");
    }

    public static void Save(string root, string file)
    {
        using var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(packed, TarEntryFormat.Pax);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (!Passing.Contains(Path.GetExtension(path)) && !name.StartsWith(PassingFolder + '/', StringComparison.Ordinal)
                && Path.GetFullPath(path) != Path.GetFullPath(file))
                tar.WriteEntry(path, name);
        }
    }

    /// <exception cref="UserException">There is a simulation in the folder already, or the file is none.</exception>
    public static void Load(string file, string root)
    {
        if (!File.Exists(file))
            throw new UserException($"--load: there is no file {file}");
        if (Directory.EnumerateFileSystemEntries(root).Any(entry => Path.GetExtension(entry) != ".lock"))
            throw new UserException($"--load: {root} is not empty: choose another folder with --root");
        try
        {
            using var packed = new GZipStream(RegularFile.OpenForReading(file), CompressionMode.Decompress);
            // An entry that would lie outside of the folder is refused by it.
            TarFile.ExtractToDirectory(packed, root, overwriteFiles: false);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new UserException($"--load: {file} is no saved simulation: {error.Message}");
        }
    }
}
