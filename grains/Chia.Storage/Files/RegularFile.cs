namespace Chia.Storage.Files;

/// <summary>
/// Tells a file from a folder, a pipe, a socket or a device, whose opening or reading may never return. What a path of ours leads to may
/// have been put there by anybody, or be what a drive that is away left.
/// </summary>
public static class RegularFile
{
    /// <summary>What the shell hands over, as in <c>--network &lt;(command)</c>: open already, so that nothing is waited for.</summary>
    private static readonly string[] HandedOver = ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"];

    /// <summary>Returns if a path leads to a file.</summary>
    /// <exception cref="FileNotFoundException">It leads to nothing.</exception>
    /// <exception cref="IOException">It leads to something else; the message names it.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder, and a file was expected");
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file {path}");
        if (!OperatingSystem.IsWindows() && !HandedOver.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            RequireSeekable(path);
    }

    /// <summary>Opens a file to read it; others may write and replace it meanwhile.</summary>
    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenForReading(string path)
    {
        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private static void RequireSeekable(string path)
    {
        // What may not be read is said better by the opening proper.
        using var handle = Posix.OpenWithoutWaiting(path);
        if (handle is null)
            return;
        try
        {
            RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            throw new IOException($"{path} is a pipe or a device, and a file was expected");
        }
    }
}
