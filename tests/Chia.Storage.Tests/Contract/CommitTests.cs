using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Contract;

public abstract class CommitTests<TStores> : StoreContract<TStores>
    where TStores : IStores, new()
{
    [Fact]
    public async Task Everything_comes_back_after_reopening()
    {
        var chain = TestChain.Of("real300");
        ChainModel model;
        await using (var store = await Open("real300"))
            model = await StoreFixture.Fill(store, "real300", fork: true);

        await using var reopened = await Open("real300");
        var index = await reopened.LoadIndex(Token);
        Assert.Equal(chain.Tips, index.Tips);
        Assert.Equal(model.Records.OrderBy(r => r.HeaderHash), index.Records.OrderBy(r => r.HeaderHash));
        Assert.Equal(model.Heights, index.Heights.Select(h => h.HeaderHash));
        Assert.Equal(Enumerable.Range(0, 304).Select(h => (uint)h), index.Heights.Select(h => h.Height));
        foreach (var block in chain.Blocks.Concat(chain.Fork))
            Assert.Equal(block.Bytes, await reopened.GetBlock(block.Record.HeaderHash, Token));
    }

    [Fact]
    public async Task The_index_lists_parents_before_children()
    {
        await using var store = await Open("real300");
        await StoreFixture.Fill(store, "real300", fork: true);
        var seen = new HashSet<Bytes32> { default };
        foreach (var record in (await store.LoadIndex(Token)).Records)
        {
            Assert.Contains(record.PrevHeaderHash, seen);
            seen.Add(record.HeaderHash);
        }
    }

    [Fact]
    public async Task Block_by_block_and_in_batches_lead_to_the_same_store()
    {
        await using var single = await Open("small40");
        await using var batched = await Open("small40", "other");
        var chain = TestChain.Of("small40");
        var model = new ChainModel();
        var writer = await single.TakeWriter(Token);
        foreach (var block in chain.Blocks.Concat(chain.Fork))
            await single.Commit(writer, model.Receive([block]), Token);
        await StoreFixture.Fill(batched, "small40", fork: true);

        Assert.Equal(chain.Tips, (await StoreFixture.AssertAlike(single, batched)).Tips);
        Assert.True((await StoreVerifier.Verify(single, cancellationToken: Token)).IsSound);
    }

    [Fact]
    public async Task A_commit_with_an_unknown_tip_stores_nothing()
    {
        await using var store = await Open("small40");
        var model = await StoreFixture.Fill(store, "small40", 10);
        var writer = await store.TakeWriter(Token);
        var next = TestChain.Of("small40").Blocks[10];
        var commit = model.Receive([next]) with { Tips = [TestChain.Of("small40").Blocks[20].Record.HeaderHash] };

        var error = await Assert.ThrowsAsync<CommitRefusedException>(() => store.Commit(writer, commit, Token));
        Assert.Contains("tip", error.Message);
        Assert.False(await store.Contains(next.Record.HeaderHash, Token));
        Assert.Equal(10, (await store.LoadIndex(Token)).Records.Count);
    }

    [Fact]
    public async Task A_commit_that_leaves_a_gap_in_the_heights_is_refused()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40", 10);
        var writer = await store.TakeWriter(Token);
        var before = await store.LoadIndex(Token);
        var hash = before.Records[9].HeaderHash;
        var unchanged = new ChainCommit { Tips = before.Tips };

        await Refused(unchanged with { HeightsSet = [new HeightEntry(9, hash)] });
        await Refused(unchanged with { HeightsRemoved = [3] });
        await Refused(unchanged with { HeightsSet = [new HeightEntry(8, new Bytes32(new byte[32]))] });
        await Refused(unchanged with { BlocksRemoved = [before.Records[4].HeaderHash] });
        Assert.Equal(before.Heights, (await store.LoadIndex(Token)).Heights);

        async Task Refused(ChainCommit commit) =>
            await Assert.ThrowsAsync<CommitRefusedException>(() => store.Commit(writer, commit, Token));
    }

    [Fact]
    public async Task A_superseded_writer_is_refused()
    {
        await using var store = await Open("small40");
        var model = new ChainModel();
        var blocks = TestChain.Of("small40").Blocks;
        var first = await store.TakeWriter(Token);
        await store.Commit(first, model.Receive([blocks[0]]), Token);
        var second = await store.TakeWriter(Token);
        var next = model.Receive([blocks[1]]);

        var error = await Assert.ThrowsAsync<StaleWriterException>(() => store.Commit(first, next, Token));
        Assert.Equal((first, second), (error.Stale, error.Current));
        Assert.False(await store.Contains(blocks[1].Record.HeaderHash, Token));
        await store.Commit(second, next, Token);
        Assert.True(await store.Contains(blocks[1].Record.HeaderHash, Token));
    }

    [Fact]
    public async Task Tokens_rise_across_restarts()
    {
        WriterToken old;
        await using (var store = await Open("small40"))
            old = await store.TakeWriter(Token);
        await using var reopened = await Open("small40");
        Assert.True((await reopened.TakeWriter(Token)).Epoch > old.Epoch);
        await Assert.ThrowsAsync<StaleWriterException>(() => reopened.Commit(old, new ChainCommit { Tips = [] }, Token));
    }

    [Fact]
    public async Task A_block_committed_again_gets_the_new_bytes_and_record()
    {
        await using var store = await Open("small40");
        await StoreFixture.Fill(store, "small40");
        var writer = await store.TakeWriter(Token);
        var before = await store.LoadIndex(Token);
        var old = TestChain.Of("small40").Blocks[40];
        var block = Chia.Protocol.Streamable.StreamableExtensions.Decode<Chia.Protocol.Blocks.FullBlock>(old.Bytes);

        // The other variant of CONSENSUS.md 18.1: another output hash, hence another challenge hash, the same header hash.
        var challenge = block.HeaderBlock.Challenge! with { ProofOfTimeOutputHash = new Bytes32(new byte[32]) };
        var other = StoredBlock.Create(
            block with { HeaderBlock = block.HeaderBlock with { Challenge = challenge } },
            old.Record with { ChallengeHash = Chia.Protocol.Streamable.StreamableExtensions.Sha256(challenge) });
        await store.Commit(writer, new ChainCommit { BlocksAdded = [other], Tips = before.Tips }, Token);

        Assert.Equal(other.Bytes, await store.GetBlock(old.Record.HeaderHash, Token));
        Assert.Equal(other.Record, (await store.LoadIndex(Token)).Records.Single(r => r.HeaderHash == old.Record.HeaderHash));
        Assert.Equal(before.Records.Count, (await store.LoadIndex(Token)).Records.Count);
        Assert.True((await StoreVerifier.Verify(store, cancellationToken: Token)).IsSound);
    }

    [Fact]
    public async Task Checkpoints_change_with_the_chain_or_not_at_all()
    {
        await using var store = await Open("small40");
        var model = await StoreFixture.Fill(store, "small40", 5);
        var writer = await store.TakeWriter(Token);
        await store.SetCheckpoint(await store.GetWriter(Token), "a", [1], Token);
        var commit =
            model.Receive(
            [TestChain.Of("small40").Blocks[5]]) with
            { Checkpoints = new Dictionary<string, byte[]?> { ["a"] = null, ["b"] = [2, 3] } };

        await Assert.ThrowsAsync<CommitRefusedException>(() => store.Commit(writer, commit with { Tips = [default] }, Token));
        Assert.Equal([1], await store.GetCheckpoint("a", Token));
        Assert.Null(await store.GetCheckpoint("b", Token));
        await store.Commit(writer, commit, Token);
        Assert.Null(await store.GetCheckpoint("a", Token));
        Assert.Equal([2, 3], await store.GetCheckpoint("b", Token));
    }
}
