using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Silo.Tests.Hosting;

/// <summary>The note of a running node leads to it; one that was left behind leads nowhere.</summary>
public sealed class RpcNoteTests : IDisposable
{
    private const string Url = "http://127.0.0.1:40123";

    private readonly TempFolder _root = new();

    private string File => NodePaths.RpcFile(_root.Path);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_running_nodes_note_is_found_and_goes_with_it()
    {
        using (var note = RpcNote.Write(_root.Path, Url))
        {
            Assert.Equal(Url, note.Url);
            Assert.Equal(Url, RpcNote.Find(_root.Path));
        }

        Assert.Null(RpcNote.Find(_root.Path));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_folder_where_the_note_belongs_is_said_before_anything_starts()
    {
        RpcNote.Require(_root.Path);
        Directory.CreateDirectory(File);
        Assert.Contains(File, Assert.Throws<UserException>(() => RpcNote.Require(_root.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rpc.url")]
    [InlineData("rpc.url.lock")]
    public void What_keeps_the_note_from_being_written_is_said_before_anything_starts(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        var link = _root.File(name);
        System.IO.File.CreateSymbolicLink(link, _root.File("gone/rpc.url"));

        var said = Assert.Throws<UserException>(() => RpcNote.Require(_root.Path)).Message;

        Assert.Contains(_root.File("gone"), said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_that_another_user_left_is_removed_before_the_start()
    {
        System.IO.File.WriteAllText(File, "http://127.0.0.1:1");

        RpcNote.Require(_root.Path);

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_note_that_was_left_behind_is_no_node_and_is_removed()
    {
        System.IO.File.WriteAllText(File, Url);

        Assert.Null(RpcNote.Find(_root.Path));

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_node_overwrites_a_note_that_was_left_behind()
    {
        System.IO.File.WriteAllText(File, "http://127.0.0.1:1");
        System.IO.File.WriteAllText($"{File}.{Guid.NewGuid():N}.tmp", "half");

        using var note = RpcNote.Write(_root.Path, Url);

        Assert.Equal(Url, RpcNote.Find(_root.Path));
        Assert.Equal(["rpc.url", "rpc.url.lock"], Directory.GetFiles(_root.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Another_process_of_the_same_folder_keeps_its_note()
    {
        using var first = RpcNote.Write(_root.Path, Url);

        using (var second = RpcNote.Write(_root.Path, "http://127.0.0.1:2"))
            Assert.Equal("http://127.0.0.1:2", second.Url);

        Assert.Equal(Url, RpcNote.Find(_root.Path));
    }
}
