using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

public abstract class RewindTests<TStores> : StoreContract<TStores>
    where TStores : IStores, new()
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(39)]
    [InlineData(40)]
    public async Task The_store_is_as_if_only_the_remaining_blocks_had_been_received(uint height)
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40");
        await using var fresh = await Open("small40", "other");
        await StoreFixture.Fill(fresh, "small40", (int)height + 1);

        var result = await StoreRewind.Rewind(store, await store.TakeWriter(Token), height, 3, cancellationToken: Token);
        var last = TestChain.Of("small40").Blocks[(int)height].Record;
        Assert.Equal(new RewindResult(40 - (int)height, height, last.HeaderHash, last.TotalWeight), result);
        await StoreFixture.AssertAlike(fresh, store);
        Assert.True((await StoreVerifier.Verify(store, cancellationToken: Token)).IsSound);
    }

    [Fact]
    public async Task A_rewound_chain_grows_again()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40");
        var writer = await store.TakeWriter(Token);
        await StoreRewind.Rewind(store, writer, 20, 3, cancellationToken: Token);

        var model = new ChainModel();
        var blocks = TestChain.Of("small40").Blocks;
        model.Receive(blocks.Take(21));
        await store.Commit(writer, model.Receive(blocks.Skip(21)), Token);
        Assert.True((await StoreVerifier.Verify(store, cancellationToken: Token)).IsSound);
        Assert.Equal(blocks[40].Record, (await store.GetSummary(Token)).Tips[0]);
    }

    [Fact]
    public async Task Side_branches_above_go_and_those_below_stay()
    {
        await using var store = await Open("real300");
        await StoreFixture.Fill(store, "real300", fork: true);
        var chain = TestChain.Of("real300");

        // The fork (281 to 305) is the main chain; the side branch is 281 to 300.
        await StoreRewind.Rewind(store, await store.TakeWriter(Token), 290, 3, cancellationToken: Token);
        var last = chain.Fork.Single(b => b.Record.Height == 290).Record;
        var expected = chain.Blocks.Concat(chain.Fork).Select(b => b.Record)
            .Where(r => r.Height <= 290 && r.TotalWeight <= last.TotalWeight).Select(r => r.HeaderHash);
        var index = await store.LoadIndex(Token);
        Assert.Equal(expected.Order(), index.Records.Select(r => r.HeaderHash).Order());
        Assert.Contains(chain.Blocks[285].Record.HeaderHash, index.Records.Select(r => r.HeaderHash));
        Assert.Equal(chain.Fork.Where(b => b.Record.Height is >= 288 and <= 290).Reverse().Select(b => b.Record.HeaderHash), index.Tips);
        Assert.Equal(288u, index.Heights[^1].Height);
        Assert.True((await StoreVerifier.Verify(store, cancellationToken: Token)).IsSound);

        // Below the fork one chain is left.
        await StoreRewind.Rewind(store, await store.TakeWriter(Token), 280, 3, cancellationToken: Token);
        Assert.Equal(281, (await store.LoadIndex(Token)).Records.Count);
        Assert.True((await StoreVerifier.Verify(store, cancellationToken: Token)).IsSound);
    }

    [Fact]
    public async Task A_height_above_the_chain_is_refused_and_nothing_changes()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40");
        var writer = await store.TakeWriter(Token);
        var error = await Assert.ThrowsAsync<StoreHeightException>(
            () => StoreRewind.Rewind(store, writer, 41, 3, cancellationToken: Token));
        Assert.Contains("40", error.Message);
        Assert.Equal(41, (await store.LoadIndex(Token)).Records.Count);
    }

    [Fact]
    public async Task A_superseded_writer_cannot_rewind()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40");
        var old = await store.TakeWriter(Token);
        await store.TakeWriter(Token);
        await Assert.ThrowsAsync<StaleWriterException>(() => StoreRewind.Rewind(store, old, 10, 3, cancellationToken: Token));
        Assert.Equal(41, (await store.LoadIndex(Token)).Records.Count);
    }

    [Fact]
    public async Task A_sync_under_way_is_forgotten()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", 20);
        var block = TestChain.Of("small40").Blocks[30];
        await store.PutSyncBlocks(await store.GetWriter(Token), [new SyncBlock(30, block.Record.HeaderHash, block.Bytes)], Token);
        await StoreRewind.Rewind(store, await store.TakeWriter(Token), 10, 3, cancellationToken: Token);
        Assert.Empty((await store.GetSyncState(Token)).Blocks);
    }

    [Fact]
    public async Task An_empty_store_has_no_height()
    {
        await using var store = await Open("small40");
        var writer = await store.TakeWriter(Token);
        await Assert.ThrowsAsync<StoreHeightException>(() => StoreRewind.Rewind(store, writer, 0, 3, cancellationToken: Token));
    }
}
