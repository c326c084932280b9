using Chia.Storage.Errors;

namespace Chia.Storage.Sqlite;

/// <summary>
/// Keeps a second writer out. An operating-system lock on a file beside the database: it vanishes with its process, however that ends,
/// and does not hinder readers as SQLite's own exclusive mode would.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or says who cannot be had.</summary>
    /// <exception cref="StoreInUseException">Another writer has it, in this process or another.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be created.</exception>
    internal static WriterLock Take(string location)
    {
        try
        {
            return new WriterLock(new FileStream(location + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException)
        {
            throw new StoreUnavailableException(location, error.Message, error);
        }
        catch (IOException error)
        {
            throw new StoreInUseException(location, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose(); // The file stays: deleting it would let two writers lock two files of one name.
}
