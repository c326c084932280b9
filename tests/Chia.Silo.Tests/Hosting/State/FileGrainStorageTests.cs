using System.Text.Json;
using Chia.Grains.Peers;
using Chia.Silo.Hosting.State;
using Chia.Testing;
using Orleans;
using Orleans.Runtime;

namespace Chia.Silo.Tests.Hosting.State;

/// <summary>A state that cannot be read costs what was kept, never the grain.</summary>
public sealed class FileGrainStorageTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly TestLog _log = new();

    private static GrainId Grain { get; } = GrainId.Create("peerdirectory", "node.fullnode");

    public void Dispose() => _root.Dispose();

    /// <summary>Torn, of another program, with nulls, nested beyond reason, no text at all.</summary>
    public static TheoryData<string> Damages =>
    [
        "", "null", "{\"Peers\":[", "[]", "7", "{\"Peers\":null}", "{\"Peers\":7}", "{\"NodeId\":null}", "\u0000\u0001",
        new string('[', 100_000), "{\"Bans\":[{\"Source\":\"x\",\"Until\":\"yesterday\",\"Left\":\"00:01:00\",\"Times\":1}]}",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_set_aside_with_one_warning_and_the_grain_begins_anew(string content)
    {
        var file = await Written();
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        var state = new GrainState<StoredAddressBook>();
        using (var storage = Storage())
        {
            await storage.ReadStateAsync("peers", Grain, state);
            Assert.False(state.RecordExists);
            Assert.Empty(state.State!.Peers);
            Assert.Contains(file + StateFiles.DamagedEnding, Assert.Single(_log.Complaints), StringComparison.Ordinal);
            Assert.Equal(content, await File.ReadAllTextAsync(file + StateFiles.DamagedEnding, TestContext.Current.CancellationToken));

            // What is learnt from now on is kept as ever.
            state.State.NodeId = "anew";
            await storage.WriteStateAsync("peers", Grain, state);
        }

        var again = new GrainState<StoredAddressBook>();
        using var next = Storage();
        await next.ReadStateAsync("peers", Grain, again);
        Assert.Equal("anew", again.State!.NodeId);
        Assert.Single(_log.Complaints);
    }

    [Fact]
    public async Task A_book_is_written_without_reflection_as_it_was_with_it()
    {
        var book = new StoredAddressBook
        {
            NodeId = "ab",
            Peers = [new(new StoredAddress("192.0.2.1", 8444), DateTimeOffset.UnixEpoch, null)],
            Bans = [new("192.0.2.2", DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1), 2)],
        };
        using var storage = Storage();
        await storage.WriteStateAsync("peers", Grain, new GrainState<StoredAddressBook>(book));
        var written = await File.ReadAllTextAsync(
            Directory.GetFiles(_root.Path, "*.json").Single(), TestContext.Current.CancellationToken);
        Assert.Equal(JsonSerializer.Serialize(book), written);
        Assert.NotNull(StoredState.Json.GetTypeInfo(typeof(StoredAddressBook), JsonSerializerOptions.Default));
    }

    [Fact]
    public async Task What_is_far_too_long_is_not_read_into_memory()
    {
        var file = await Written();
        await using (var stream = File.OpenWrite(file))
            stream.SetLength(20L << 30);
        var state = new GrainState<StoredAddressBook>();
        using var storage = Storage();
        await storage.ReadStateAsync("peers", Grain, state);
        Assert.False(state.RecordExists);
        Assert.Single(_log.Complaints);
        File.Delete(file + StateFiles.DamagedEnding);
    }

    private FileGrainStorage Storage() => new(new StateFiles(_root.Path), _log.For<FileGrainStorage>());

    /// <summary>The file of a state that was written well.</summary>
    private async Task<string> Written()
    {
        using var storage = Storage();
        await storage.WriteStateAsync("peers", Grain, new GrainState<StoredAddressBook>(new StoredAddressBook()));
        return Directory.GetFiles(_root.Path, "*.json").Single();
    }
}
