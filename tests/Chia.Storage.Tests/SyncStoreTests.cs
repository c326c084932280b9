using Chia.Storage.Sqlite;

namespace Chia.Storage.Tests;

public sealed class SyncStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sync_goes_on_after_a_restart_where_it_was()
    {
        using var folder = new TempFolder();
        var fork = TestChain.Of("small40").Fork;
        var target = new SyncTarget(fork[^1].Record.HeaderHash, fork[^1].Record.Height, ulong.MaxValue);
        await using (var store = await StoreFixture.OpenAsync(folder.Database, "small40"))
        {
            await store.SetSyncTargetAsync(target with { Weight = 1 }, Token);
            await store.SetSyncTargetAsync(target, Token);
            await store.PutSyncBlocksAsync([.. fork.Skip(2).Take(3).Reverse().Select(Fetched)], Token);
            await store.PutSyncBlocksAsync([Fetched(fork[3])], Token);
            await store.SetCheckpointAsync("sync", [1, 2, 3], Token);
        }

        await using var reopened = await StoreFixture.OpenAsync(folder.Database, "small40");
        var state = await reopened.GetSyncStateAsync(Token);
        Assert.Equal(target, state.Target);
        Assert.Equal(fork.Skip(2).Take(3).Select(Key), state.Blocks);
        Assert.Equal([1, 2, 3], await reopened.GetCheckpointAsync("sync", Token));
        Assert.Equal([fork[4].Bytes, null, fork[2].Bytes], await reopened.GetSyncBlocksAsync([Key(fork[4]), Key(fork[5]), Key(fork[2])], Token));
        var summary = await reopened.GetSummaryAsync(Token);
        Assert.Equal((target, 3), (summary.SyncTarget, summary.SyncBlocks));
    }

    [Fact]
    public async Task Two_chains_blocks_of_one_height_do_not_displace_each_other()
    {
        await using var store = await StoreFixture.OpenAsync(SqliteStoreOptions.InMemory, "small40");
        var (a, b) = (TestChain.Of("small40").Blocks[31], TestChain.Of("small40").Fork[0]);
        await store.PutSyncBlocksAsync([Fetched(a), Fetched(b)], Token);
        Assert.Equal([a.Bytes, b.Bytes], await store.GetSyncBlocksAsync([Key(a), Key(b)], Token));

        await store.RemoveSyncBlocksAsync([Key(a)], Token);
        Assert.Equal([null, b.Bytes], await store.GetSyncBlocksAsync([Key(a), Key(b)], Token));
    }

    [Fact]
    public async Task A_committed_block_leaves_the_sync_blocks()
    {
        await using var store = await StoreFixture.OpenAsync(SqliteStoreOptions.InMemory, "small40");
        var model = await StoreFixture.FillAsync(store, "small40", 5);
        var blocks = TestChain.Of("small40").Blocks;
        await store.PutSyncBlocksAsync([.. blocks.Skip(5).Take(3).Select(Fetched)], Token);
        await store.CommitAsync(await store.TakeWriterAsync(Token), model.Receive(blocks.Skip(5).Take(2)), Token);
        Assert.Equal([Key(blocks[7])], (await store.GetSyncStateAsync(Token)).Blocks);
    }

    [Fact]
    public async Task Clearing_forgets_target_and_blocks_and_leaves_the_chain()
    {
        await using var store = await StoreFixture.OpenAsync(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.FillAsync(store, "small40", 5);
        var block = TestChain.Of("small40").Blocks[7];
        await store.SetSyncTargetAsync(new SyncTarget(block.Record.HeaderHash, 7, 8), Token);
        await store.PutSyncBlocksAsync([Fetched(block)], Token);
        await store.SetCheckpointAsync("sync", [9], Token);

        await store.ClearSyncAsync(Token);
        var state = await store.GetSyncStateAsync(Token);
        Assert.Null(state.Target);
        Assert.Empty(state.Blocks);
        Assert.Equal([9], await store.GetCheckpointAsync("sync", Token));
        Assert.Equal(5, (await store.GetSummaryAsync(Token)).Blocks);
        await store.SetCheckpointAsync("sync", null, Token);
        Assert.Null(await store.GetCheckpointAsync("sync", Token));
    }

    private static HeightEntry Key(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash);

    private static SyncBlock Fetched(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash, block.Bytes);
}
