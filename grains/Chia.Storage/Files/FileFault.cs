namespace Chia.Storage.Files;

/// <summary>
/// Why a file or folder cannot be used, for whoever has to mend it: what is wrong with it, and what to do. The system's own words
/// name neither the owner, nor where a link leads, nor a folder where a file was wanted.
/// </summary>
public static class FileFault
{
    // errno of <errno.h> where files are full or cannot be written; HResult holds it as it is, and Windows' codes are others.
    private const int NoSpace = 28;
    private const int ReadOnlyMedium = 30;
    private static readonly int QuotaUsedUp = OperatingSystem.IsLinux() ? 122 : 69;

    // Windows: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULT.
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>What is wrong with it, and what to do, for a sentence that has named the path.</summary>
    /// <param name="path">A file that could not be read, made or written.</param>
    /// <param name="error">What the system says.</param>
    public static string OfFile(string path, Exception error) =>
        OfLink(path) ?? (Directory.Exists(path) ? "it is a folder, and a file was expected: move it away" : Of(path, error));

    /// <summary>As <see cref="OfFile"/>.</summary>
    /// <param name="path">A folder that could not be made, or not written in.</param>
    /// <param name="error">What the system says.</param>
    public static string OfFolder(string path, Exception error) =>
        OfLink(path)
        ?? (File.Exists(path) ? "it is a file, and a folder was expected: move it away, or name another folder" : Of(path, error));

    private static string Of(string path, Exception error) => error switch
    {
        DirectoryNotFoundException => $"there is no folder {Path.GetDirectoryName(path)}: make it, or name another",
        UnauthorizedAccessException => Denied(path) ?? error.Message,
        { HResult: NoSpace or WindowsHandleDiskFull or WindowsDiskFull } => "the disk is full: make room on it",
        { HResult: var code } when code == QuotaUsedUp => "this user's share of the disk is used up: make room",
        { HResult: ReadOnlyMedium } => "it lies on a medium that is mounted read-only: mount it for writing, or name another folder",
        _ => error.Message,
    };

    /// <summary>Whose it is, or the nearest folder's above it: that is who may open it up.</summary>
    private static string? Denied(string path)
    {
        var asked = Path.GetFullPath(path);
        var there = asked;
        while (FileOwner.Of(there) is null && Path.GetDirectoryName(there) is { } above)
            there = above;
        if (FileOwner.Of(there) is not { } owner || FileOwner.OfProcess is not { } user)
            return null;
        return owner.User == user.User
            ? $"{(there == asked ? "its mode" : $"the mode of {there}")} does not allow that: open it with chmod"
            : $"{(there == asked ? "it" : there)} belongs to user {owner.User}, and this is user {user.User}: run as that user, or give it to this one with chown";
    }

    /// <summary>A link whose end is not there; null for what is none.</summary>
    private static string? OfLink(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } end && !Path.Exists(end.FullName)
                ? $"it links to {end.FullName}, which is not there: make that, or remove the link"
                : null;
        }
        catch (IOException) when (new FileInfo(path).LinkTarget is { } next)
        {
            return $"it links to {next}, which leads back to it: remove the link";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
