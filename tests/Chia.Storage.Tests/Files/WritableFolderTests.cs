using Chia.Storage.Files;
using Chia.Testing;

namespace Chia.Storage.Tests.Files;

/// <summary>A folder that cannot be written in is named, with what is wrong and what to do, before anything depends on it.</summary>
public sealed class WritableFolderTests : IDisposable
{
    private const string NoLinks = "links need rights on Windows";

    private readonly TempFolder _folder = new();

    public static bool IsWindows => OperatingSystem.IsWindows();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_made_and_nothing_is_left_in_it()
    {
        WritableFolder.Require(_folder.File("a/b"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("a/b")));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(_folder.File("state"), "");
        Refused(_folder.File("state"), "it is a file, and a folder was expected");
    }

    [Fact]
    public void Nothing_can_be_made_in_a_file()
    {
        File.WriteAllText(_folder.File("root"), "");
        Refused(_folder.File("root/state"), _folder.File("root/state"));
    }

    [Fact(SkipWhen = nameof(IsWindows), Skip = NoLinks)]
    public void A_link_to_nothing_says_where_it_leads()
    {
        Directory.CreateSymbolicLink(_folder.File("state"), _folder.File("gone/away"));
        Refused(_folder.File("state"), $"links to {_folder.File("gone/away")}, which is not there");
    }

    [Fact(SkipWhen = nameof(IsWindows), Skip = NoLinks)]
    public void A_link_to_itself_is_said_to_be_one()
    {
        Directory.CreateSymbolicLink(_folder.File("state"), _folder.File("state"));
        Refused(_folder.File("state"), "leads back to it");
    }

    private static void Refused(string path, string why)
    {
        var error = Assert.Throws<IOException>(() => WritableFolder.Require(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
