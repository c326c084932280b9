using System.Runtime.Versioning;
using Chia.Storage.Files;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Files;

/// <summary>No change is lost, none is half done, and what a file is beside its content stays.</summary>
public sealed class SharedFileTests : IDisposable
{
    private const string NoPermissions = "POSIX permissions are not there on Windows";

    private readonly TempFolder _folder = new();

    public static bool IsWindows => OperatingSystem.IsWindows();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => _folder.File("list.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_that_change_one_file_lose_nothing()
    {
        Parallel.For(0, 8, word =>
        {
            for (var i = 0; i < 20; i++)
                SharedFile.Change(Path, text => $"{text}{word}-{i}\n");
        });

        Assert.Equal(Enumerable.Range(0, 8).SelectMany(w => Enumerable.Range(0, 20).Select(i => $"{w}-{i}")).Order(), Lines().Order());
    }

    [Fact]
    public async Task Processes_that_change_one_file_lose_nothing()
    {
        var writers = "abc".Select(word => WriterProcess.Start("lines", Path, $"{word}", "40")).ToList();
        foreach (var writer in writers)
        {
            await writer.WaitForExitAsync(Token);
            Assert.Equal(0, writer.ExitCode);
            writer.Dispose();
        }

        Assert.Equal("abc".SelectMany(w => Enumerable.Range(0, 40).Select(i => $"{w}{i}")).Order(), Lines().Order());
    }

    [Fact]
    public async Task The_owner_of_a_lock_is_named_and_its_death_frees_it()
    {
        using var owner = WriterProcess.Start("hold", Path);
        Assert.Equal("held", await owner.StandardOutput.ReadLineAsync(Token));

        var error = Assert.Throws<FileInUseException>(() => FileLock.Take(Path, TimeSpan.Zero));
        Assert.Equal(owner.Id, error.Owner);
        Assert.Equal($"{Path} is in use by process {owner.Id}", error.Message);

        owner.Kill();
        await owner.WaitForExitAsync(Token);
        FileLock.Take(Path, TimeSpan.Zero).Dispose();
    }

    [Fact]
    public void A_reader_needs_no_lock()
    {
        SharedFile.Replace(Path, "here");
        using var held = FileLock.Take(Path, TimeSpan.Zero);

        Assert.Equal("here", SharedFile.Read(Path));
    }

    [Fact]
    public void A_change_that_throws_or_declines_leaves_everything_as_it_was()
    {
        SharedFile.Replace(Path, "old");

        Assert.Throws<InvalidOperationException>(() => SharedFile.Change(Path, _ => throw new InvalidOperationException()));
        SharedFile.Change(Path, _ => null);

        Assert.Equal("old", SharedFile.Read(Path));
        Assert.Equal(["list.yaml", "list.yaml.lock"], Names());
    }

    [Fact]
    public void A_link_is_followed_and_stays()
    {
        var target = _folder.File("target.yaml");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(_folder.File("inner.yaml"), target);
        File.CreateSymbolicLink(Path, _folder.File("inner.yaml"));

        SharedFile.Change(Path, text => text + " and new");

        Assert.Equal("old and new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(Path).LinkTarget);
        Assert.NotNull(new FileInfo(_folder.File("inner.yaml")).LinkTarget);
    }

    [Fact]
    public void A_file_under_two_names_has_one_lock()
    {
        File.WriteAllText(_folder.File("target.yaml"), "");
        File.CreateSymbolicLink(Path, _folder.File("target.yaml"));
        using var held = FileLock.Take(Path, TimeSpan.Zero);

        Assert.Throws<FileInUseException>(() => FileLock.Take(_folder.File("target.yaml"), TimeSpan.Zero));
    }

    [Fact]
    public void A_link_to_nothing_gets_its_file()
    {
        File.CreateSymbolicLink(Path, _folder.File("target.yaml"));

        SharedFile.Replace(Path, "new");

        Assert.Equal("new", File.ReadAllText(_folder.File("target.yaml")));
        Assert.NotNull(new FileInfo(Path).LinkTarget);
    }

    [Theory(SkipWhen = nameof(IsWindows), Skip = NoPermissions)]
    [UnsupportedOSPlatform("windows")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    public void Permissions_of_a_file_stay(UnixFileMode mode)
    {
        File.WriteAllText(Path, "old");
        File.SetUnixFileMode(Path, mode);

        SharedFile.Replace(Path, "new", SharedFile.OwnerOnly);

        Assert.Equal(mode, File.GetUnixFileMode(Path));
    }

    [Fact(SkipWhen = nameof(IsWindows), Skip = NoPermissions)]
    [UnsupportedOSPlatform("windows")]
    public void A_new_file_gets_the_permissions_asked_for()
    {

        Assert.True(SharedFile.Create(Path, "secret", SharedFile.OwnerOnly));
        Assert.False(SharedFile.Create(Path, "other"));

        Assert.Equal(SharedFile.OwnerOnly, File.GetUnixFileMode(Path));
        Assert.Equal("secret", SharedFile.Read(Path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Root_that_changes_a_users_file_leaves_it_to_the_user_and_to_its_group()
    {
        Assert.SkipUnless(AsUser.IsPossible, AsUser.Skip);
        File.WriteAllText(Path, "old");
        File.SetUnixFileMode(Path, SharedFile.OwnerOnly);
        Run("chown", "4711:4712", Path);

        SharedFile.Change(Path, text => text + " and new");

        Assert.Equal(new FileOwner(4711, 4712), FileOwner.Of(Path));
        Assert.Equal(new FileOwner(4711, 4712), FileOwner.Of(Path + ".lock"));
        Assert.Equal(SharedFile.OwnerOnly, File.GetUnixFileMode(Path));
        Assert.Equal("old and new", File.ReadAllText(Path));
    }

    [Fact]
    public void A_lock_in_a_users_folder_is_the_users()
    {
        Assert.SkipUnless(AsUser.IsPossible, AsUser.Skip);
        Run("chown", "4711:4712", System.IO.Path.GetDirectoryName(Path)!);

        using var held = FileLock.Take(Path, TimeSpan.Zero);

        Assert.Equal(new FileOwner(4711, 4712), FileOwner.Of(Path + ".lock"));
    }

    [Fact]
    public void Another_users_file_is_refused_and_not_taken_over()
    {
        Assert.SkipUnless(AsUser.IsPossible, AsUser.Skip);
        File.WriteAllText(Path, "theirs");
        Run("chmod", "777", System.IO.Path.GetDirectoryName(Path)!);
        Run("chmod", "666", Path);
        Run("chown", "4711:4712", Path);

        var error =
            Assert.Throws<UnauthorizedAccessException>(() => AsUser.Run(4713, () => SharedFile.Change(Path, text => text + " and mine")));

        Assert.Contains("belongs to user 4711", error.Message, StringComparison.Ordinal);
        Assert.Equal(["list.yaml", "list.yaml.lock"], Names());
        Assert.Equal("theirs", File.ReadAllText(Path));
        Assert.Equal(new FileOwner(4711, 4712), FileOwner.Of(Path));
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_and_nothing_else()
    {
        var leftover = $"list.yaml.{Guid.NewGuid():N}.tmp";
        foreach (var name in new[] { leftover, "list.yaml.tmp", $"other.yaml.{Guid.NewGuid():N}.tmp" })
            File.WriteAllText(_folder.File(name), "");

        SharedFile.Replace(Path, "new");

        Assert.DoesNotContain(leftover, Names());
        Assert.Equal(4, Names().Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_reading_there_is_not()
    {
        var path = _folder.File("none/list.yaml");

        Assert.Null(SharedFile.Read(path));
        Assert.Contains(path, Assert.ThrowsAny<IOException>(() => SharedFile.Replace(path, "new")).Message, StringComparison.Ordinal);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private List<string> Names() => [.. new DirectoryInfo(System.IO.Path.GetDirectoryName(Path)!).GetFiles().Select(f => f.Name).Order()];

    private string[] Lines() => SharedFile.Read(Path)!.Split('\n')[..^1];
}
