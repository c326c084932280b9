using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Sqlite;
using Chia.Testing;
using Microsoft.Data.Sqlite;

namespace Chia.Grains.Tests.Chain;

/// <summary>A start reads records one by one, keeps few bytes of each, and refuses what does not hang together.</summary>
public sealed class StartTests : IDisposable
{
    private const int CommitBatch = 2048;

    private static readonly NetworkDefinition Network = TestNetworks.Of("small40");

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _folder.File("blocks.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chain_of_many_blocks_starts_and_answers_for_old_ones()
    {
        var line = await Fill(6_000);
        await using var store = await Open();

        var chain = await CommittedChain.Open(Network, store, new ProofVerifier(), TimeProvider.System, Token);

        Assert.Equal(6_000, chain.State.BlockCount);
        foreach (var height in new[] { 0, 1, 63, 64, 2_047, 3_000, 5_998, 5_999 })
        {
            Assert.True(chain.State.TryGet(line[height].HeaderHash, out var record));
            Assert.Equal(line[height], record);
        }
    }

    [Theory]
    [InlineData("UPDATE record SET fields = x'00' WHERE height = 50")]
    [InlineData("DELETE FROM record WHERE height = 50")]
    [InlineData("DELETE FROM height WHERE height = 99")]
    [InlineData("UPDATE height SET header_hash = randomblob(32) WHERE height = 99")]
    [InlineData("UPDATE tip SET header_hash = randomblob(32)")]
    [InlineData("UPDATE tip SET header_hash = (SELECT header_hash FROM record WHERE height = 98)")]
    [InlineData("DELETE FROM tip")]
    public async Task A_store_that_does_not_hang_together_is_refused_with_the_remedy(string sql)
    {
        await Fill(100);
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        await using var store = await Open();
        var error =
            await Assert.ThrowsAsync<StoreDamagedException>(
            () => CommittedChain.Open(Network, store, new ProofVerifier(), TimeProvider.System, Token));

        Assert.Contains("chia db verify", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The figures of docs/performance.md, "Start"; the page says how.</summary>
    [Theory(Explicit = true)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task Figures_of_a_start(int blocks)
    {
        await Fill(blocks);
        await using var store = await Open();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = TimeProvider.System.GetTimestamp();
        var chain = await CommittedChain.Open(Network, store, new ProofVerifier(), TimeProvider.System, Token);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / blocks;
        Assert.Equal(blocks, chain.State.BlockCount);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{blocks} blocks: loaded in {seconds:F2} s, {bytes:F1} bytes of live heap a block");
    }

    private Task<IBlockStore> Open() =>
        SqliteBlockStore.Open(new SqliteStoreOptions { Path = File, Identity = StoreIdentity.Of(Network) }, Token);

    /// <summary>A line of blocks whose records are a network's and whose bytes are one real block's: a start looks at records
    /// only.</summary>
    private async Task<List<BlockRecord>> Fill(int count)
    {
        var genesis = StreamableExtensions.Decode<FullBlock>(Network.GenesisBytes.ToArray());
        await using var store = await Open();
        var writer = await store.TakeWriter(Token);
        var line = Line(genesis.HeaderHash(), count);
        foreach (var batch in line.Chunk(CommitBatch))
        {
            await store.Commit(
                writer,
                new ChainCommit
                {
                    BlocksAdded = [.. batch.Select(record => StoredBlock.Create(genesis, record))],
                    Tips = [batch[^1].HeaderHash],
                    HeightsSet = [.. batch.Select(record => new HeightEntry(record.Height, record.HeaderHash))],
                },
                Token);
        }

        return line;
    }

    private static List<BlockRecord> Line(Bytes32 genesis, int count)
    {
        var random = new Random(5);
        var line = new List<BlockRecord>(count);
        for (var height = 0; height < count; height++)
        {
            var (parent, ips) = (line.LastOrDefault(), 100_000 + ((ulong)(height / 2048) * 37));
            var difficulty = 1UL << (30 + (height / 2048 % 4));
            line.Add(new BlockRecord(
                parent is null ? genesis : Hash(random),
                parent?.HeaderHash ?? default,
                Hash(random),
                (uint)height,
                (parent?.TotalWeight ?? 0) + difficulty,
                (parent?.TotalIterations ?? 0) + (30 * ips) + 1 + (ulong)(-Math.Log(1 - random.NextDouble()) * 270 * ips),
                (parent?.Timestamp ?? 1_575_000_000) + (ulong)random.Next(30, 600),
                difficulty,
                ips,
                Hash(random)));
        }

        return line;
    }

    private static Bytes32 Hash(Random random)
    {
        var bytes = new byte[Bytes32.Size];
        random.NextBytes(bytes);
        return new Bytes32(bytes);
    }
}
