using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Sqlite;

/// <summary>A copy is a whole store, whatever its original does meanwhile.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Chain = "small40";

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteStoreOptions Options => StoreFixture.Options(_folder.Database, Chain);

    private string Copy => _folder.File("copy.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_running_nodes_store_is_copied_at_one_moment()
    {
        var model = new ChainModel();
        await using var store = await StoreFixture.Open(_folder.Database, Chain);
        var writer = await store.TakeWriter(Token);
        await store.Commit(writer, model.Receive(TestChain.Of(Chain).Blocks.Take(20)), Token);
        var next = 20;
        var during = new Progress(() =>
        {
            if (next < 25)
                store.Commit(writer, model.Receive([TestChain.Of(Chain).Blocks[next++]]), Token).GetAwaiter().GetResult();
        });

        var bytes = await SqliteBackup.Run(Options, Copy, during, Token);

        Assert.Equal(new FileInfo(Copy).Length, bytes);
        Assert.True(next > 20, "the node committed meanwhile");
        Assert.False(File.Exists(Copy + "-wal"));
        await using var copy = await StoreFixture.Open(Copy, Chain);
        var report = await StoreVerifier.Verify(copy, cancellationToken: Token);
        Assert.Empty(report.Faults);
        Assert.Equal(19u, report.Height);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_leaves_nothing_and_overwrites_nothing()
    {
        await File.WriteAllTextAsync(Copy, "mine", Token);
        await using (var store = await StoreFixture.Open(_folder.Database, Chain))
            await StoreFixture.Fill(store, Chain);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteBackup.Run(Options, Copy, null, Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteBackup.Run(Options, _folder.File("none/copy.db"), null, Token));

        Assert.Equal("mine", await File.ReadAllTextAsync(Copy, Token));
    }

    private sealed class Progress(Action act) : IProgress<StoreProgress>
    {
        public void Report(StoreProgress value) => act();
    }
}
