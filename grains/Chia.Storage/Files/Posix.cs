using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chia.Storage.Files;

/// <summary>
/// What the framework does not open: a folder, to flush its entries, and a file that somebody else has locked, to read who.
/// </summary>
internal static class Posix
{
    private const int ReadOnly = 0;

    // O_CLOEXEC of <fcntl.h>; each system has its own number.
    private static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>A handle for reading, without the framework's lock; null if it cannot be had.</summary>
    internal static SafeFileHandle? OpenForReading(string path)
    {
        var descriptor = Open(path, ReadOnly | CloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>
    /// Brings a folder's entries to the disk, so that a rename in it survives a power loss. Windows does that by itself;
    /// a file system that cannot is left as it is.
    /// </summary>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = OpenForReading(folder);
        if (handle is not null)
            _ = Flush(handle);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(SafeFileHandle file);
}
