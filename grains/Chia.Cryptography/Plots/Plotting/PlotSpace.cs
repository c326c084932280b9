namespace Chia.Cryptography.Plots;

/// <summary>Asks for disk space before the work rather than after hours of it.</summary>
internal static class PlotSpace
{
    /// <summary>Free bytes where a file is to be made, or null where the system does not say.</summary>
    public static long? Available(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // The plotting itself will find out.
        }
    }

    /// <summary>Refuses to begin what cannot be finished.</summary>
    /// <exception cref="IOException">Less is available than needed.</exception>
    public static void ThrowIfShort(string path, long needed, long? available)
    {
        if (available < needed)
            throw new IOException(
                $"plotting {path} needs {needed >> 20} MiB of disk, {available >> 20} MiB are free: make room, or choose a smaller k");
    }
}
