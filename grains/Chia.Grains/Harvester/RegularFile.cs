using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chia.Grains.Harvester;

/// <summary>
/// Tells a file from a pipe, a socket or a device, whose opening or reading may never return. The opening here does not wait for a pipe's
/// other end.
/// </summary>
internal static class RegularFile
{
    private const int ReadOnly = 0;

    // O_NONBLOCK and O_CLOEXEC of <fcntl.h>: each system has numbers of its own.
    private static readonly int WithoutWaiting = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;

    /// <summary>Returns if a path leads to a file of at least one byte.</summary>
    /// <exception cref="IOException">It does not; the message names it.</exception>
    public static void Require(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new FileNotFoundException($"there is no file {path}");
        if (!OperatingSystem.IsWindows())
            RequireSeekable(path);
        if (info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length == 0 : info.Length == 0)
            throw new IOException($"{path} is empty, and no plot");
    }

    private static void RequireSeekable(string path)
    {
        var descriptor = Open(path, ReadOnly | WithoutWaiting);
        // What may not be read is said better by the opening proper.
        if (descriptor < 0)
            return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            throw new IOException($"{path} is a pipe or a device, and no plot");
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
