using Chia.Storage.Ports;
using Chia.Testing;

namespace Chia.Storage.Tests.Ports;

/// <summary>Of two processes that look for free ports at once, each with claims of its own, none is given the other's.</summary>
public sealed class PortClaimsTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_another_process_was_given_is_given_to_nobody_else_as_long_as_it_lives()
    {
        using var other = new PortClaims(_folder.Path);
        using (var one = new PortClaims(_folder.Path))
        {
            Assert.True(one.TryTake(20_005, 10));
            Assert.False(other.TryTake(20_014, 1));
            Assert.False(other.TryTake(19_900, 200));
            Assert.True(other.TryTake(20_020, 30));

            // What was refused has claimed nothing.
            Assert.True(one.TryTake(19_900, 100));
        }

        Assert.True(other.TryTake(20_005, 10));
    }

    /// <summary>A lock that is written through somebody's link would empty a file of ours.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_a_folder_that_is_not_ours_alone_nothing_is_written(bool isLink)
    {
        if (OperatingSystem.IsWindows())
            return;
        var (folder, shared) = (_folder.File("folder"), _folder.File("shared"));
        Directory.CreateDirectory(folder, Mode);
        if (isLink)
            Directory.CreateSymbolicLink(shared, folder);
        else
            File.SetUnixFileMode(Directory.CreateDirectory(shared).FullName, Mode | UnixFileMode.OtherWrite);

        using var claims = new PortClaims(shared);
        Assert.True(claims.TryTake(20_000, 5));
        Assert.Empty(Directory.GetFiles(shared));
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_claimed_and_nobody_refused()
    {
        File.WriteAllText(_folder.File("file"), "");
        using var claims = new PortClaims(_folder.File("file"));
        Assert.True(claims.TryTake(20_000, 5));
        Assert.True(claims.TryTake(20_000, 5));
    }
}
