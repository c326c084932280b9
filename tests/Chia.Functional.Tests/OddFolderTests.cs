using System.Diagnostics;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>
/// A node that could not keep what it learns does not start: one line names the path, what is wrong with it, and what to do.
/// </summary>
public sealed class OddFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Root => _folder.Sub("root");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task State_is_a_file()
    {
        var state = Path.Combine(Root, "state");
        await File.WriteAllTextAsync(state, "", TestContext.Current.CancellationToken);

        var line = (await Start("introducer")).MustComplain();

        Assert.Contains($"cannot write in {state}: it is a file, and a folder was expected", line);
    }

    [Fact]
    public async Task The_root_is_a_link_to_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        var link = _folder.File("link");
        Directory.CreateSymbolicLink(link, _folder.File("gone"));

        var line = (await ChiaProcess.Run("start", "full_node", "--root", link, "--port", "0")).MustComplain();

        Assert.Contains($"it links to {_folder.File("gone")}, which is not there", line);
    }

    [Fact]
    public async Task A_home_that_is_not_there_is_not_the_folder_that_one_stands_in()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a home is told otherwise on Windows");
        var home = _folder.File("home");
        await using var init = ChiaProcess.StartWith(("HOME", home), "init");

        Assert.Equal(0, await init.WaitForExit());
        Assert.True(File.Exists(Path.Combine(home, ".chia-orleans", "testnet", "config.yaml")), init.Output);
    }

    [Fact]
    public async Task The_network_file_of_the_folder_cannot_be_read()
    {
        Directory.CreateDirectory(Path.Combine(Root, "network.yaml"));

        var line = (await Start("introducer")).MustComplain();

        Assert.Contains("network.yaml", line);
        Assert.Contains("is a folder", line);
    }

    [Fact]
    public async Task The_disk_of_the_root_is_full()
    {
        using var disk = SmallDisk.Mount(200_000);
        disk.Fill(butBytes: 0);

        Assert.Contains("the disk is full", (await Start("introducer", disk.Path)).MustComplain());
        Assert.Contains("the disk is full", (await Start("full_node", disk.Path)).MustComplain());
    }

    [Fact]
    public async Task The_root_is_mounted_read_only()
    {
        using var disk = SmallDisk.Mount(200_000);
        disk.MakeReadOnly();

        Assert.Contains("mounted read-only", (await Start("introducer", disk.Path)).MustComplain());
        Assert.Contains("mounted read-only", (await Start("full_node", disk.Path)).MustComplain());
    }

    [Fact]
    public async Task The_root_is_another_users()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "other users' rights are NOT TESTED here: only root may take them");
        Process.Start("chmod", ["755", _folder.Path, Root]).WaitForExit();

        var result = await ChiaProcess.RunAs(65534, "start", "introducer", "--root", Root, "--port", "0", "--rpc-port", "0");

        Assert.Contains($"cannot write in {Root}: it belongs to user 0, and this is user 65534", result.MustComplain());
    }

    [Theory]
    [InlineData("blocks.db-wal")]
    [InlineData("blocks.db-shm")]
    [InlineData("blocks.db.lock")]
    public async Task A_folder_beside_the_store_where_a_file_belongs(string name)
    {
        Directory.CreateDirectory(Path.Combine(Root, name));

        var line = (await Start("full_node")).MustComplain();

        Assert.Contains(name, line);
        Assert.Contains("is a folder", line);
    }

    private Task<ChiaResult> Start(string role, string? root = null) => ChiaProcess.Run(
        "start", role, "--root", root ?? Root, "--host", "127.0.0.1", "--port", "0", "--rpc-port", "0");
}
