using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

public abstract class QueryTests<TStores> : StoreContract<TStores>
    where TStores : IStores, new()
{
    private static readonly Bytes32 Unknown = Bytes32.FromHex(new string('7', 64));

    [Fact]
    public async Task Blocks_are_found_by_hash_on_both_branches()
    {
        await using var store = await Open("real300");
        await StoreFixture.Fill(store, "real300", fork: true);
        var chain = TestChain.Of("real300");
        foreach (var block in chain.Blocks.Concat(chain.Fork))
        {
            Assert.True(await store.Contains(block.Record.HeaderHash, Token));
            Assert.Equal(block.Bytes, await store.GetBlock(block.Record.HeaderHash, Token));
        }

        Assert.False(await store.Contains(Unknown, Token));
        Assert.Null(await store.GetBlock(Unknown, Token));
    }

    [Fact]
    public async Task Records_are_read_one_by_one_on_both_branches()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", fork: true);
        var chain = TestChain.Of("small40");
        foreach (var block in chain.Blocks.Concat(chain.Fork))
            Assert.Equal(block.Record, store.ReadRecord(block.Record.HeaderHash));
        Assert.Null(store.ReadRecord(Unknown));
    }

    [Fact]
    public async Task Many_hashes_answer_in_their_order_with_repetitions_and_gaps()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", fork: true);
        var (a, b) = (TestChain.Of("small40").Blocks[17], TestChain.Of("small40").Fork[3]);
        Bytes32[] hashes = [b.Record.HeaderHash, Unknown, a.Record.HeaderHash, b.Record.HeaderHash];

        Assert.Equal([b.Bytes, null, a.Bytes, b.Bytes], await store.GetBlocks(hashes, Token));
        var headers = await store.GetHeaderBlocks(hashes, Token);
        Assert.Equal([Header(b), null, Header(a), Header(b)], headers);
        Assert.Empty(await store.GetBlocks([], Token));
    }

    [Fact]
    public async Task Reads_and_commits_run_at_the_same_time_and_reads_see_whole_commits()
    {
        await using var store = await Open("long1500");
        var filling = Task.Run(() => StoreFixture.Fill(store, "long1500"), Token);
        do
        {
            var summaries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.GetSummary(Token)));
            foreach (var summary in summaries)
            {
                Assert.True(summary.Blocks % 100 == 0 || summary.Blocks == 1501);
                if (summary.Blocks > 0)
                    Assert.Equal(summary.Blocks, summary.Tips[0].Height + 1L);
            }
        }
        while (!filling.IsCompleted);
        await filling;
        Assert.Equal(1501, (await store.GetSummary(Token)).Blocks);
    }

    /// <summary>The slow way to a header block: decode, take the part, encode.</summary>
    private static byte[] Header(StoredBlock block) => StreamableExtensions.Decode<FullBlock>(block.Bytes).HeaderBlock.ToBytes();
}
