using Chia.Storage.Errors;

namespace Chia.Storage.Sqlite;

/// <summary>
/// Keeps a second writer out. An operating-system lock on a file beside the database: it vanishes with its process, however that ends,
/// and does not hinder readers as SQLite's own exclusive mode would.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    // What a lock held by somebody else looks like: Windows' ERROR_SHARING_VIOLATION as HRESULT, elsewhere errno EWOULDBLOCK.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or says why it cannot be had.</summary>
    /// <exception cref="StoreInUseException">Another writer has it, in this process or another.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be created.</exception>
    internal static WriterLock Take(string location)
    {
        try
        {
            return new WriterLock(new FileStream(location + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult is SharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            throw new StoreInUseException(location, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(location, error.Message, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose(); // The file stays: deleting it would let two writers lock two files of one name.
}
