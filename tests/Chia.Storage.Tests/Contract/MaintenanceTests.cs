using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Contract;

/// <summary>What a person does with a store: the same commands for every provider.</summary>
public abstract class MaintenanceTests<TStores> : StoreContract<TStores>
    where TStores : IStores, new()
{
    private static readonly StoreIdentity Identity = StoreIdentity.Of(TestChain.Of("small40").Network);

    [Fact]
    public async Task A_store_names_its_network()
    {
        await (await Open("small40")).DisposeAsync();
        var (place, node) = await Find();

        Assert.Contains(new StoredNode(node, Identity), await place.GetNodes(Token));
        Assert.True(await place.Exists(node, Token));
    }

    [Fact]
    public async Task A_reader_of_a_store_that_is_not_there_makes_none()
    {
        var (place, node) = await Find("nothing");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => place.OpenReader(node, Identity, Token));

        Assert.False(await place.Exists(node, Token));
        Assert.DoesNotContain(await place.GetNodes(Token), stored => stored.Node == node);
    }

    [Fact]
    public async Task A_backup_beside_a_writer_is_a_sound_store_with_all_that_was_committed()
    {
        using var folder = new TempFolder();
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", fork: true);
        var (place, node) = await Find();
        var steps = new Steps();

        var bytes = await place.Backup(node, Identity, folder.Database, steps, Token);

        Assert.Equal(new FileInfo(folder.Database).Length, bytes);
        Assert.NotEmpty(steps.All);
        Assert.Equal(steps.All[^1].Total, steps.All[^1].Done);
        Assert.Equal([folder.Database], Directory.GetFiles(Path.GetDirectoryName(folder.Database)!));
        await using var copies = BlockStorePlace.At(folder.Database);
        await using var copy = await copies.OpenReader(default, Identity, Token);
        Assert.Empty((await StoreVerifier.Verify(copy, cancellationToken: Token)).Faults);
        await StoreFixture.AssertAlike(store, copy);
    }

    [Fact]
    public async Task A_copy_of_a_backup_is_the_store_again_and_goes_on()
    {
        using var folder = new TempFolder();
        await using (var store = await Open("small40"))
            await StoreFixture.Fill(store, "small40", fork: true);
        var (place, node) = await Find();
        await place.Backup(node, Identity, folder.Database, cancellationToken: Token);
        await place.Remove(node, Token);

        await using var backups = BlockStorePlace.At(folder.Database);
        await using var backup = await backups.OpenReader(default, Identity, Token);
        await using var again = await place.Open(node, Identity, Token);
        Assert.Equal((int)(await backup.GetSummary(Token)).Blocks, await StoreCopy.Run(backup, again, cancellationToken: Token));

        Assert.Empty((await StoreVerifier.Verify(again, cancellationToken: Token)).Faults);
        await StoreFixture.AssertAlike(backup, again);
    }

    [Fact]
    public async Task A_backup_replaces_nothing()
    {
        using var folder = new TempFolder();
        await (await Open("small40")).DisposeAsync();
        var (place, node) = await Find();
        await File.WriteAllTextAsync(folder.Database, "mine", Token);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => place.Backup(node, Identity, folder.Database, null, Token));

        Assert.Equal("mine", await File.ReadAllTextAsync(folder.Database, Token));
    }

    [Fact]
    public async Task A_rewind_at_its_place()
    {
        await using (var store = await Open("small40"))
            await StoreFixture.Fill(store, "small40");
        var (place, node) = await Find();

        var result = await place.Rewind(node, Identity, 20, 3, cancellationToken: Token);

        Assert.Equal(20u, result.Height);
        await using var reader = place.OpenDamaged(node, Identity);
        var report = await StoreVerifier.Verify(reader, cancellationToken: Token);
        Assert.Empty(report.Faults);
        Assert.Equal(20u, report.LastGoodHeight);
    }

    [Fact]
    public async Task A_store_takes_room_and_a_removed_one_is_gone()
    {
        await using (var store = await Open("small40"))
            await StoreFixture.Fill(store, "small40");
        var (place, node) = await Find();
        Assert.InRange((await place.GetSize(node, Token)).Bytes, 41 * 1_000, 41 * 20_000);

        await place.Remove(node, Token);

        Assert.False(await place.Exists(node, Token));
        await using var again = await Open("small40");
        Assert.Empty((await again.LoadIndex(Token)).Records);
    }

    private sealed class Steps : IProgress<StoreProgress>
    {
        internal List<StoreProgress> All { get; } = [];

        public void Report(StoreProgress value) => All.Add(value);
    }
}
