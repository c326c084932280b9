using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Sqlite;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Storage.Tests.Maintenance;

public sealed class VerifyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("real300", 326)]
    [InlineData("long1500", 1501)]
    [InlineData("real40bt", 41)]
    [InlineData("fast1024", 61)]
    public async Task Real_chains_are_sound(string chain, int blocks)
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, chain);
        await StoreFixture.Fill(store, chain, fork: true);
        var progress = new List<StoreProgress>();
        var report = await StoreVerifier.Verify(store, progress: new Recorder(progress), cancellationToken: Token);

        Assert.Empty(report.Faults);
        Assert.True(report.IsSound);
        Assert.Equal(blocks, report.Blocks);
        Assert.Equal(TestChain.Of(chain).Tips[0], report.Tip);
        Assert.Equal(report.Height, report.LastGoodHeight);
        Assert.Equal(new StoreProgress(blocks, blocks), progress[^1]);
    }

    [Fact]
    public async Task An_empty_store_is_sound()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        Assert.Equal((0, null, null, true), await ReportAsync(store));

        static async Task<(int, uint?, uint?, bool)> ReportAsync(IBlockStore store)
        {
            var r = await StoreVerifier.Verify(store, cancellationToken: Token);
            return (r.Blocks, r.Height, r.LastGoodHeight, r.IsSound);
        }
    }

    [Fact]
    public async Task A_rule_that_the_store_does_not_know_is_asked_for_every_block()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        var report = await StoreVerifier.Verify(store, block => block.Height == 30 ? "an old copy" : null, cancellationToken: Token);
        Assert.All(
            report.Faults, fault =>
            Assert.Equal((StoreFaultKind.BlockContent, 30u, "an old copy"), (fault.Kind, fault.Height!.Value, fault.Detail)));
        Assert.NotEmpty(report.Faults);
        Assert.Equal(29u, report.LastGoodHeight);
    }

    public static TheoryData<string> RecordFields => ["prev", "challenge", "height", "weight", "iterations", "timestamp", "difficulty"];

    [Theory]
    [MemberData(nameof(RecordFields))]
    public async Task A_record_that_disagrees_with_its_block_is_found(string field)
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        var block = TestChain.Of("small40").Blocks[25];
        var r = block.Record;
        await Replace(store, Decode(block), field switch
        {
            "prev" => r with { PrevHeaderHash = TestChain.Of("small40").Blocks[23].Record.HeaderHash },
            "challenge" => r with { ChallengeHash = r.Quality },
            "height" => r with { Height = 26 },
            "weight" => r with { TotalWeight = r.TotalWeight + 1 },
            "iterations" => r with { TotalIterations = r.TotalIterations + 1 },
            "timestamp" => r with { Timestamp = r.Timestamp - 1 },
            _ => r with { Difficulty = r.Difficulty + 1 },
        });

        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Contains(
            report.Faults, f =>
            f.HeaderHash == r.HeaderHash && f.Kind == (field == "difficulty" ? StoreFaultKind.Link : StoreFaultKind.Record));
        Assert.Equal(24u, report.LastGoodHeight);
    }

    [Fact]
    public async Task Bytes_of_another_block_are_found()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        var blocks = TestChain.Of("small40").Blocks;
        await Replace(store, Decode(blocks[12]), blocks[30].Record);
        await Expect(store, StoreFaultKind.HeaderHash, 30, 29);
    }

    [Fact]
    public async Task A_body_that_does_not_belong_to_the_header_is_found()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        var block = TestChain.Of("small40").Blocks[30];
        var other = Decode(block) with { Body = Decode(block).Body with { Cost = 77 } };
        await Replace(store, other, block.Record);
        await Expect(store, StoreFaultKind.BlockContent, 30, 29);
    }

    [Fact]
    public async Task An_unfinished_block_is_found()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "small40");
        var block = TestChain.Of("small40").Blocks[30];
        var whole = Decode(block);
        await Replace(store, whole with { HeaderBlock = whole.HeaderBlock with { ProofOfTime = null } }, block.Record);
        await Expect(store, StoreFaultKind.BlockUndecodable, 30, 29);
    }

    [Theory]
    [InlineData(
        "UPDATE block SET bytes = substr(bytes, 1, 700) || x'00' || substr(bytes, 702) WHERE id = 21", StoreFaultKind.BlockUnreadable, 20u,
        19u)]
    [InlineData("UPDATE block SET header_length = header_length + 9999 WHERE id = 21", StoreFaultKind.BlockUnreadable, 20u, 19u)]
    [InlineData("DELETE FROM block WHERE id = 21", StoreFaultKind.BlockUnreadable, 20u, 19u)]
    [InlineData("UPDATE record SET fields = x'00' || substr(fields, 2) WHERE id = 21", StoreFaultKind.RecordUnreadable, 20u, 19u)]
    [InlineData("DELETE FROM record WHERE id = 21", StoreFaultKind.Link, 21u, 19u)]
    [InlineData("DELETE FROM height WHERE height = 20", StoreFaultKind.HeightIndex, 21u, 40u)]
    [InlineData(
        "UPDATE height SET header_hash = (SELECT header_hash FROM record WHERE id = 3) WHERE height = 20", StoreFaultKind.HeightIndex, 20u,
        40u)]
    [InlineData("DELETE FROM height WHERE height = 38", StoreFaultKind.HeightIndex, null, 40u)]
    [InlineData("DELETE FROM tip", StoreFaultKind.Tips, null, 40u)]
    [InlineData("UPDATE tip SET header_hash = zeroblob(32) WHERE position = 1", StoreFaultKind.Tips, null, 40u)]
    [InlineData(
        "UPDATE tip SET header_hash = (SELECT header_hash FROM tip WHERE position = 0) WHERE position = 1", StoreFaultKind.Tips, null,
        40u)]
    [InlineData("DELETE FROM tip WHERE position = 0", StoreFaultKind.Tips, 40u, 39u)]
    public async Task Changes_behind_the_stores_back_are_found(string sql, StoreFaultKind kind, uint? height, uint lastGood)
    {
        using var folder = new TempFolder();
        await using (var filled = await StoreFixture.Open(folder.Database, "small40"))
            await StoreFixture.Fill(filled, "small40");
        OpenTests.Sql(folder.Database, sql);
        await using var store = await StoreFixture.Open(folder.Database, "small40");
        await Expect(store, kind, height, lastGood);
    }

    [Theory]
    [InlineData("UPDATE record SET fields = x'00' || substr(fields, 2) WHERE id = 21", true)]
    [InlineData("DELETE FROM record WHERE id = 21", true)]
    [InlineData("DELETE FROM tip WHERE position = 0", true)]
    [InlineData("DELETE FROM height WHERE height = 20", true)]
    [InlineData("DELETE FROM block WHERE id = 21", false)]
    public async Task Start_up_refuses_an_index_that_does_not_hang_together(string sql, bool refused)
    {
        using var folder = new TempFolder();
        await using (var filled = await StoreFixture.Open(folder.Database, "small40"))
            await StoreFixture.Fill(filled, "small40");
        OpenTests.Sql(folder.Database, sql);
        await using var store = await StoreFixture.Open(folder.Database, "small40");
        if (refused)
            Assert.Contains("db verify", (await Assert.ThrowsAsync<StoreDamagedException>(() => store.LoadIndex(Token))).Message);
        else
            Assert.Equal(41, (await store.LoadIndex(Token)).Records.Count); // Blocks are not looked at.
    }

    [Fact]
    public async Task A_damaged_block_is_never_served()
    {
        using var folder = new TempFolder();
        await using (var filled = await StoreFixture.Open(folder.Database, "small40"))
            await StoreFixture.Fill(filled, "small40");
        OpenTests.Sql(folder.Database, "UPDATE block SET bytes = substr(bytes, 1, 700) || x'00' || substr(bytes, 702) WHERE id = 21");
        await using var store = await StoreFixture.Open(folder.Database, "small40");

        var hash = TestChain.Of("small40").Blocks[20].Record.HeaderHash;
        await Assert.ThrowsAsync<StoreDamagedException>(() => store.GetBlock(hash, Token));
        await Assert.ThrowsAsync<StoreDamagedException>(() => store.GetHeaderBlocks([hash], Token));
        var around = TestChain.Of("small40").Blocks.Skip(15).Take(10).Select(b => b.Record.HeaderHash).ToList();
        await Assert.ThrowsAsync<StoreDamagedException>(() => store.GetBlocks(around, Token));
        Assert.All(await store.GetBlocks([.. around.Take(5)], Token), Assert.NotNull);
    }

    [Fact]
    public async Task A_chain_that_starts_elsewhere_is_found()
    {
        await using var store = await StoreFixture.Open(SqliteStoreOptions.InMemory, "small40");
        await StoreFixture.Fill(store, "real300", 3);
        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Equal(StoreFaultKind.Genesis, Assert.Single(report.Faults).Kind);
        Assert.Null(report.LastGoodHeight);
    }

    [Fact]
    public async Task A_malformed_page_is_a_complaint_of_the_medium()
    {
        using var folder = new TempFolder();
        await using (var filled = await StoreFixture.Open(folder.Database, "small40"))
            await StoreFixture.Fill(filled, "small40");

        // Change a key in the index over header hashes: it then disagrees with its table.
        var bytes = await File.ReadAllBytesAsync(folder.Database, Token);
        var hash = TestChain.Of("small40").Blocks[20].Record.HeaderHash.ToArray();
        bytes[IndexKey(bytes, hash)] ^= 0xff;
        await File.WriteAllBytesAsync(folder.Database, bytes, Token);

        await using var store = await StoreFixture.Open(folder.Database, "small40");
        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Contains(report.Faults, f => f.Kind == StoreFaultKind.Medium);
    }

    /// <summary>Where the hash stands in a leaf page of an index: such pages begin with 0x0a.</summary>
    private static int IndexKey(byte[] file, byte[] hash)
    {
        const int PageSize = 4096;
        for (var page = PageSize; page < file.Length; page += PageSize)
        {
            var at = file.AsSpan(page, PageSize).IndexOf(hash);
            if (file[page] == 0x0a && at > 0)
                return page + at;
        }

        throw new InvalidOperationException("no index page holds the hash");
    }

    private static FullBlock Decode(StoredBlock block) => StreamableExtensions.Decode<FullBlock>(block.Bytes);

    private static async Task Replace(IBlockStore store, FullBlock block, BlockRecord record)
    {
        var tips = (await store.ReadIndex(Token)).Tips;
        await store.Commit(
            await store.TakeWriter(Token), new ChainCommit { BlocksAdded = [StoredBlock.Create(block, record)], Tips = tips }, Token);
    }

    private static async Task Expect(IBlockStore store, StoreFaultKind kind, uint? height, uint lastGood)
    {
        var report = await StoreVerifier.Verify(store, cancellationToken: Token);
        Assert.Contains(report.Faults, f => f.Kind == kind && f.Height == height);
        Assert.Equal(lastGood, report.LastGoodHeight);

        // Going back to the height it names leaves a sound store.
        var result = await StoreRewind.Rewind(store, await store.TakeWriter(Token), lastGood, 3, cancellationToken: Token);
        Assert.Equal(lastGood, result.Height);
        Assert.Empty((await StoreVerifier.Verify(store, cancellationToken: Token)).Faults);
    }
}
