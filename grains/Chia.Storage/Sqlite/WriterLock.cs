using Chia.Storage.Errors;
using Chia.Storage.Files;

namespace Chia.Storage.Sqlite;

/// <summary>Keeps a second writer out, without hindering readers as SQLite's own exclusive mode would.</summary>
internal static class WriterLock
{
    /// <summary>Takes the lock, or says why it cannot be had.</summary>
    /// <exception cref="StoreInUseException">Another writer has it, in this process or another.</exception>
    /// <exception cref="StoreUnavailableException">The lock file cannot be created.</exception>
    internal static FileLock Take(string location)
    {
        try
        {
            return FileLock.Take(location, TimeSpan.Zero);
        }
        catch (FileInUseException error)
        {
            throw new StoreInUseException(location, error.Owner, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(location, error.Message, error);
        }
    }
}
