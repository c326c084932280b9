using Chia.Protocol.Blocks;
using Chia.Storage.Errors;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

public abstract class SyncStoreTests<TStores> : StoreContract<TStores>
    where TStores : IStores, new()
{
    [Fact]
    public async Task A_sync_goes_on_after_a_restart_where_it_was()
    {
        var fork = TestChain.Of("small40").Fork;
        var target = new SyncTarget(fork[^1].Record.HeaderHash, fork[^1].Record.Height, ulong.MaxValue);
        await using (var store = await Open("small40"))
        {
            await store.SetSyncTarget(await store.GetWriter(Token), target with { Weight = 1 }, Token);
            await store.SetSyncTarget(await store.GetWriter(Token), target, Token);
            await store.PutSyncBlocks(await store.GetWriter(Token), [.. fork.Skip(2).Take(3).Reverse().Select(Fetched)], Token);
            await store.PutSyncBlocks(await store.GetWriter(Token), [Fetched(fork[3])], Token);
            await store.SetCheckpoint(await store.GetWriter(Token), "sync", [1, 2, 3], Token);
        }

        await using var reopened = await Open("small40");
        var state = await reopened.GetSyncState(Token);
        Assert.Equal(target, state.Target);
        Assert.Equal(fork.Skip(2).Take(3).Select(Key), state.Blocks);
        Assert.Equal([1, 2, 3], await reopened.GetCheckpoint("sync", Token));
        Assert.Equal(
            [fork[4].Bytes, null, fork[2].Bytes], await reopened.GetSyncBlocks([Key(fork[4]), Key(fork[5]), Key(fork[2])], Token));
        var summary = await reopened.GetSummary(Token);
        Assert.Equal((target, 3), (summary.SyncTarget, summary.SyncBlocks));
    }

    [Fact]
    public async Task Two_chains_blocks_of_one_height_do_not_displace_each_other()
    {
        await using var store = await Open("small40");
        var (a, b) = (TestChain.Of("small40").Blocks[31], TestChain.Of("small40").Fork[0]);
        await store.PutSyncBlocks(await store.GetWriter(Token), [Fetched(a), Fetched(b)], Token);
        Assert.Equal([a.Bytes, b.Bytes], await store.GetSyncBlocks([Key(a), Key(b)], Token));
    }

    [Fact]
    public async Task A_committed_block_leaves_the_sync_blocks()
    {
        await using var store = await Open("small40");
        var model = await StoreFixture.Fill(store, "small40", 5);
        var blocks = TestChain.Of("small40").Blocks;
        await store.PutSyncBlocks(await store.GetWriter(Token), [.. blocks.Skip(5).Take(3).Select(Fetched)], Token);
        await store.Commit(await store.TakeWriter(Token), model.Receive(blocks.Skip(5).Take(2)), Token);
        Assert.Equal([Key(blocks[7])], (await store.GetSyncState(Token)).Blocks);
    }

    [Fact]
    public async Task Clearing_forgets_target_and_blocks_and_leaves_the_chain()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", 5);
        var block = TestChain.Of("small40").Blocks[7];
        await store.SetSyncTarget(await store.GetWriter(Token), new SyncTarget(block.Record.HeaderHash, 7, 8), Token);
        await store.PutSyncBlocks(await store.GetWriter(Token), [Fetched(block)], Token);
        await store.SetCheckpoint(await store.GetWriter(Token), "sync", [9], Token);

        await store.ClearSync(await store.GetWriter(Token), Token);
        var state = await store.GetSyncState(Token);
        Assert.Null(state.Target);
        Assert.Empty(state.Blocks);
        Assert.Equal([9], await store.GetCheckpoint("sync", Token));
        Assert.Equal(5, (await store.GetSummary(Token)).Blocks);
        await store.SetCheckpoint(await store.GetWriter(Token), "sync", null, Token);
        Assert.Null(await store.GetCheckpoint("sync", Token));
    }

    [Fact]
    public async Task A_superseded_sync_writes_nothing()
    {
        await using var store = await Open("small40");
        var old = await store.TakeWriter(Token);
        await store.SetCheckpoint(old, "sync", [1], Token);
        var block = TestChain.Of("small40").Blocks[7];
        await store.SetSyncTarget(old, new SyncTarget(block.Record.HeaderHash, 7, 8), Token);
        await store.PutSyncBlocks(old, [Fetched(block)], Token);
        var next = await store.TakeWriter(Token);
        Assert.Equal(next, await store.GetWriter(Token));

        await Assert.ThrowsAsync<StaleWriterException>(() => store.SetCheckpoint(old, "sync", [2], Token));
        await Assert.ThrowsAsync<StaleWriterException>(
            () => store.SetSyncTarget(old, new SyncTarget(block.Record.HeaderHash, 1, 1), Token));
        await Assert.ThrowsAsync<StaleWriterException>(
            () => store.PutSyncBlocks(old, [Fetched(TestChain.Of("small40").Blocks[8])], Token));
        await Assert.ThrowsAsync<StaleWriterException>(() => store.ClearSync(old, Token));

        Assert.Equal([1], await store.GetCheckpoint("sync", Token));
        var state = await store.GetSyncState(Token);
        Assert.Equal(7u, state.Target?.Height);
        Assert.Equal([Key(block)], state.Blocks);
    }

    private static HeightEntry Key(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash);

    private static SyncBlock Fetched(StoredBlock block) => new(block.Record.Height, block.Record.HeaderHash, block.Bytes);
}
