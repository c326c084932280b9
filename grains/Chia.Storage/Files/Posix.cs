using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chia.Storage.Files;

/// <summary>
/// What the framework does not open: a folder, to flush its entries, a file that somebody else has locked, to read who, and what may
/// be a pipe, to see that it is one.
/// </summary>
internal static class Posix
{
    private const int ReadOnly = 0;

    // O_CLOEXEC and O_NONBLOCK of <fcntl.h>; each system has its own numbers.
    private static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;
    private static readonly int WithoutWaiting = OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>A handle for reading, without the framework's lock; null if it cannot be had.</summary>
    internal static SafeFileHandle? OpenForReading(string path) => Open(ReadOnly | CloseOnExec, path);

    /// <summary>As the other, and a pipe's other end is not waited for.</summary>
    internal static SafeFileHandle? OpenWithoutWaiting(string path) => Open(ReadOnly | CloseOnExec | WithoutWaiting, path);

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

    private static SafeFileHandle? Open(int flags, string path)
    {
        var descriptor = Open(path, flags);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(SafeFileHandle file);
}
