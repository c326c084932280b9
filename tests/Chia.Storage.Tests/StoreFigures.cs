using System.Diagnostics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Tests.Contract;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests;

/// <summary>
/// The figures of docs/performance.md, "Stores", side by side in one run. By hand, on a quiet machine:
/// the page says how.
/// </summary>
public sealed class StoreFigures
{
    private const int Records = 100_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Commits_and_index_load_of_each_provider()
    {
        await using var sqlite = new SqliteStores();
        await using var postgres = new PostgresStores();
        await using var mongo = new MongoStores();
        var providers = new List<(string, IStores)> { ("SQLite", sqlite), ("PostgreSQL", postgres) };
        if (MongoStores.IsNamed)
            providers.Add(("MongoDB", mongo));
        foreach (var (name, stores) in providers)
        {
            var single = await Rate(stores, "single", 200, 1);
            var batched = await Rate(stores, "batched", 6_400, 32);
            await using var large = await stores.Open("small40", "large");
            var writer = await large.TakeWriter(Token);
            var chain = Synthetic(Records).ToList();
            foreach (var batch in chain.Chunk(2_000))
                await large.Commit(writer, Append(batch), Token);
            var started = Stopwatch.GetTimestamp();
            var index = await large.ReadIndex(Token);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Assert.Equal(Records, index.Records.Count);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{name}: {single:F0} commits/s of one block, {batched:F0} blocks/s in commits of 32, "
                + $"index {Records / seconds:F0} records/s ({seconds:F2} s)");
        }
    }

    private static async Task<double> Rate(IStores stores, string name, int blocks, int batchSize)
    {
        await using var store = await stores.Open("small40", name);
        var writer = await store.TakeWriter(Token);
        var batches = Synthetic(blocks).Chunk(batchSize).ToList();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
            await store.Commit(writer, Append(batch), Token);
        return blocks / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static ChainCommit Append(StoredBlock[] batch) => new()
    {
        BlocksAdded = batch,
        Tips = [batch[^1].Record.HeaderHash],
        HeightsSet = [.. batch.Select(b => new HeightEntry(b.Record.Height, b.Record.HeaderHash))],
    };

    /// <summary>A real block's bytes under hashes of their own: the stores do not look into them.</summary>
    private static IEnumerable<StoredBlock> Synthetic(int count)
    {
        var block = TestChain.Of("small40").Blocks[20];
        var decoded = Protocol.Streamable.StreamableExtensions.Decode<FullBlock>(block.Bytes);
        var random = new Random(1);
        var previous = default(Bytes32);
        for (var height = 0u; height < count; height++)
        {
            var hash = new byte[Bytes32.Size];
            random.NextBytes(hash);
            var record = block.Record with { HeaderHash = new Bytes32(hash), PrevHeaderHash = previous, Height = height };
            previous = record.HeaderHash;
            yield return StoredBlock.Create(decoded, record);
        }
    }
}
