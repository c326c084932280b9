using System.Globalization;
using System.Text;

namespace Chia.Storage.Files;

/// <summary>
/// The right to change a file, held by one owner at a time, in this process or another: an operating-system lock on a file
/// beside it, named as it is with <c>.lock</c> behind. It vanishes with its process, however that ends, and it hinders no reader.
/// The lock file holds its owner's process id and stays: to delete it would let two owners lock two files of one name.
/// </summary>
public sealed class FileLock : IDisposable
{
    /// <summary>Between two attempts: long against taking a lock, short against what a person notices.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Never set: no system tells when a lock of another process falls, so one asks again.</summary>
    private static readonly ManualResetEvent Nothing = new(false);

    // What a lock held by somebody else looks like: Windows' ERROR_SHARING_VIOLATION as HRESULT, elsewhere errno EWOULDBLOCK.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private const string Ending = ".lock";

    /// <summary>Longest decimal process id.</summary>
    private const int MaxPidLength = 20;

    private readonly FileStream _file;

    private FileLock(FileStream file, string target)
    {
        _file = file;
        Target = target;
    }

    /// <summary>The file that is locked, links followed.</summary>
    internal string Target { get; }

    /// <summary>Takes the lock of a file, which need not exist; its folder must. A symbolic link is locked as what it leads to.</summary>
    /// <param name="path">The file to be changed.</param>
    /// <param name="patience">How long to wait for another owner, on the caller's thread; zero: not at all.</param>
    /// <exception cref="FileInUseException">Another owner has it still.</exception>
    /// <exception cref="IOException">The lock file cannot be made or written; the message says why, and what to do.</exception>
    public static FileLock Take(string path, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        var lockPath = SharedFile.Target(path) + Ending;
        while (true)
        {
            try
            {
                var file = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                GiveToOwner(file, lockPath);
                Sign(file);
                return new FileLock(file, lockPath[..^Ending.Length]);
            }
            catch (IOException error) when (error.HResult is SharingViolation or LinuxWouldBlock or MacWouldBlock)
            {
                if (TimeProvider.System.GetElapsedTime(started) >= patience)
                    throw new FileInUseException(path, OwnerOf(lockPath), error);
                Nothing.WaitOne(Pause);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"cannot write {lockPath}: {FileFault.OfFile(lockPath, error)}", error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// A lock that root makes beside another's file, or in another's folder, belongs to them: they could not take it otherwise.
    /// Whoever is not root made it for themselves.
    /// </summary>
    private static void GiveToOwner(FileStream file, string lockPath)
    {
        if (!Environment.IsPrivilegedProcess || FileOwner.Of(lockPath) is not { User: 0 } ours)
            return;
        var owner = FileOwner.Of(lockPath[..^Ending.Length]) ?? FileOwner.Of(Path.GetDirectoryName(lockPath)!);
        if (owner is { } theirs && theirs != ours)
            _ = theirs.TryGive(file.SafeFileHandle);
    }

    private static void Sign(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // On a full disk the lock holds without a name on it.
        }
    }

    /// <summary>Who holds a lock, where the system lets one read a locked file.</summary>
    private static int? OwnerOf(string lockPath)
    {
        if (OperatingSystem.IsWindows())
            return null;
        using var handle = Posix.OpenForReading(lockPath);
        if (handle is null)
            return null;
        Span<byte> text = stackalloc byte[MaxPidLength];
        var length = RandomAccess.Read(handle, text, 0);
        return int.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }
}

/// <summary>A file is being changed by another owner; nothing was changed.</summary>
public sealed class FileInUseException : IOException
{
    /// <summary>Names the file and, where the system tells, its owner.</summary>
    public FileInUseException(string path, int? owner, Exception? cause = null)
        : base($"{path} is in use by {(owner is { } pid ? $"process {pid}" : "another process")}", cause) =>
        Owner = owner;

    /// <summary>Process id of the owner; null where it cannot be told.</summary>
    public int? Owner { get; }
}
