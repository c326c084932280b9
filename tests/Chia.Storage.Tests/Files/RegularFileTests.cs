using System.Diagnostics;
using Chia.Storage.Files;
using Chia.Testing;

namespace Chia.Storage.Tests.Files;

/// <summary>Where a file was expected anything may lie: reading it ends, and says what it is.</summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static bool IsWindows => OperatingSystem.IsWindows();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_through_a_link_and_what_is_not_there_is_nothing()
    {
        File.WriteAllText(_folder.File("there"), "text");
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("there"));
        File.CreateSymbolicLink(_folder.File("nowhere"), _folder.File("gone"));
        Assert.Equal("text", SharedFile.Read(_folder.File("link")));
        Assert.Null(SharedFile.Read(_folder.File("nowhere")));
        Assert.Null(SharedFile.Read(_folder.File("gone")));
    }

    [Fact]
    public void A_folder_is_no_file() => Refused(_folder.Path, "is a folder");

    [Fact(SkipWhen = nameof(IsWindows), Skip = "no pipes in the file system of Windows")]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for()
    {
        var pipe = _folder.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
            made.WaitForExit();
        Refused(pipe, "is a pipe or a device");
        File.CreateSymbolicLink(_folder.File("link"), pipe);
        Refused(_folder.File("link"), "is a pipe or a device");
    }

    [Fact(SkipWhen = nameof(IsWindows), Skip = "no devices in the file system of Windows")]
    public void A_device_without_an_end_is_read_no_further_than_any_file_of_ours_goes()
    {
        File.CreateSymbolicLink(_folder.File("zeros"), "/dev/zero");
        Refused(_folder.File("zeros"), "no more are read");
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_before_it_is_read()
    {
        using (var file = File.Create(_folder.File("long")))
            file.SetLength(SharedFile.MaxLength + 1L);
        Refused(_folder.File("long"), "at most");
    }

    private static void Refused(string path, string what) =>
        Assert.Contains(what, Assert.ThrowsAny<IOException>(() => SharedFile.Read(path)).Message, StringComparison.Ordinal);
}
