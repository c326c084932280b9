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
        await using (var store = await StoreFixture.Open(folder.Database, "small40"))
        {
            await store.SetSyncTarget(target with { Weight = 1 }, Token);
            await store.SetSyncTarget(target, Token);
            await store.PutSyncBlocks([.. fork.Skip(2).Take(3).Reverse().Select(Fetched)], Token);
            await store.PutSyncBlocks([Fetched(fork[3])], Token);
            await store.SetCheckpoint("sync", [1, 2, 3], Token);
        }

        await using var reopened = await StoreFixture.Open(folder.Database, "small40");
        var state = await reopened.GetSyncState(Token);
        Assert.Equal(target, state.Target);
        Assert.Equal(fork.Skip(2).Take(3).Select(Key), state.Blocks);
        Assert.Equal([1, 2, 3], await reopened.GetCheckpoint("sync", Token));
        Assert.Equal([fork[4].Bytes, null, fork[2].Bytes], await reopened.GetSyncBlocks([Key(fork[4]), Key(fork[5]), Key(fork[2])], Token));
        var summary = await reopened.GetSummary(Token);
        Assert.Equal((target, 3), (summary.SyncTarget, summary.SyncBlocks));
    }

    [Fact]
    public async Task Two_chains_blocks_of_one_height_do_not_displace_each_other()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        var (a, b) = (TestChain.Of("small40").Blocks[31], TestChain.Of("small40").Fork[0]);
        await store.PutSyncBlocks([Fetched(a), Fetched(b)], Token);
        Assert.Equal([a.Bytes, b.Bytes], await store.GetSyncBlocks([Key(a), Key(b)], Token));

        await store.RemoveSyncBlocks([Key(a)], Token);
        Assert.Equal([null, b.Bytes], await store.GetSyncBlocks([Key(a), Key(b)], Token));
    }

    [Fact]
    public async Task A_committed_block_leaves_the_sync_blocks()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        var model = await StoreFixture.Fill(store, "small40", 5);
        var blocks = TestChain.Of("small40").Blocks;
        await store.PutSyncBlocks([.. blocks.Skip(5).Take(3).Select(Fetched)], Token);
        await store.Commit(await store.TakeWriter(Token), model.Receive(blocks.Skip(5).Take(2)), Token);
        Assert.Equal([Key(blocks[7])], (await store.GetSyncState(Token)).Blocks);
    }

    [Fact]
    public async Task Clearing_forgets_target_and_blocks_and_leaves_the_chain()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40", 5);
        var block = TestChain.Of("small40").Blocks[7];
        await store.SetSyncTarget(new SyncTarget(block.Record.HeaderHash, 7, 8), Token);
        await store.PutSyncBlocks([Fetched(block)], Token);
        await store.SetCheckpoint("sync", [9], Token);

        await store.ClearSync(Token);
        var state = await store.GetSyncState(Token);
        Assert.Null(state.Target);
        Assert.Empty(state.Blocks);
        Assert.Equal([9], await store.GetCheckpoint("sync", Token));
        Assert.Equal(5, (await store.GetSummary(Token)).Blocks);
        await store.SetCheckpoint("sync", null, Token);
        Assert.Null(await store.GetCheckpoint("sync", Token));
    }

    private static HeightEntry Key(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash);

    private static SyncBlock Fetched(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash, block.Bytes);
}
