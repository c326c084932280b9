namespace Chia.Storage.Files;

/// <summary>
/// A folder in which files are going to be made. Tried before anything depends on it: what cannot be kept would otherwise be missed
/// silently, or hours later.
/// </summary>
public static class WritableFolder
{
    /// <summary>Bytes that the trial writes: a block of most file systems, since an empty file has a place on a full disk too.</summary>
    private const int TrialLength = 4096;

    /// <summary>Makes the folder if it is not there, and writes a file in it that is gone at once.</summary>
    /// <exception cref="IOException">It cannot be used; the message says why, and what to do.</exception>
    public static void Require(string path)
    {
        try
        {
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path);
            var trial = Path.Combine(path, $".{Guid.NewGuid():N}.tmp");
            using var file = new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
            file.Write(new byte[TrialLength]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write in {path}: {FileFault.OfFolder(path, error)}", error);
        }
    }
}
