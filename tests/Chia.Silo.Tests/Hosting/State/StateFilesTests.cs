using Chia.Silo.Hosting.State;
using Chia.Testing;

namespace Chia.Silo.Tests.Hosting.State;

/// <summary>States of grains are files as all others: replaced as a whole, through links, nothing left beside them.</summary>
public sealed class StateFilesTests : IDisposable
{
    private readonly TempFolder _root = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_link_is_followed_and_stays_and_what_a_killed_writer_left_goes()
    {
        var elsewhere = _root.File("elsewhere.json");
        var state = new DirectoryInfo(_root.Sub("state"));
        var link = Path.Combine(state.FullName, "book.json");
        await File.WriteAllTextAsync(elsewhere, "{}", Token);
        await File.WriteAllTextAsync($"{elsewhere}.{Guid.NewGuid():N}.tmp", "half", Token);
        File.CreateSymbolicLink(link, elsewhere);
        using var files = new StateFiles(state.FullName);

        var found = await files.Read("book", Token);
        await files.Write("book", "{\"a\":1}"u8.ToArray(), found!.Value.Etag, Token);

        Assert.Equal("{\"a\":1}", await File.ReadAllTextAsync(elsewhere, Token));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(["elsewhere.json", "elsewhere.json.lock"], Directory.GetFiles(_root.Path).Select(Path.GetFileName).Order());
    }

    /// <summary>A folder where a state should lie is set aside as any damaged state.</summary>
    [Fact]
    public async Task A_folder_is_no_state_and_makes_room()
    {
        Directory.CreateDirectory(Path.Combine(_root.Sub("state"), "book.json"));
        using var files = new StateFiles(_root.Sub("state"));

        await Assert.ThrowsAnyAsync<IOException>(() => files.Read("book", Token));
        await files.SetAside("book", Token);
        await files.Write("book", "{}"u8.ToArray(), etag: null, Token);

        Assert.Equal("{}"u8.ToArray(), (await files.Read("book", Token))!.Value.Json);
    }
}
