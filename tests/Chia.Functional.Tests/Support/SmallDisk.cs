using System.Diagnostics;

namespace Chia.Functional.Tests.Support;

/// <summary>A file system of its own that can be filled, or made read-only: memory, mounted where root may mount it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Chunk = 4096;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chia-disk-");

    private SmallDisk(int bytes)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux()
            || !Try("mount", "-t", "tmpfs", "-o", $"size={bytes},mode=755", "none", Path))
        {
            _folder.Delete();
            Assert.Skip("full and read-only disks are NOT TESTED here: mounting a file system needs root on Linux");
        }
    }

    public string Path => _folder.FullName;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts it; skips the test where that is not allowed.</summary>
    public static SmallDisk Mount(int bytes) => new(bytes);

    /// <summary>Takes all room but so many bytes.</summary>
    public void Fill(long butBytes)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace;
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var zeros = new byte[Chunk];
        try
        {
            for (var left = free - butBytes; left >= Chunk; left -= Chunk)
                file.Write(zeros);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Delete(recursive: true);
    }

    private static void Run(string program, params string[] arguments) =>
        Assert.True(Try(program, arguments), $"{program} {string.Join(' ', arguments)}");

    private static bool Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
