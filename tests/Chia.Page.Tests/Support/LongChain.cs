using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Page.Tests.Support;

/// <summary>A store with as long a chain as is wanted. Its records hang together as a network's do; the bytes below them are one block's,
/// since nobody reads them.</summary>
internal static class LongChain
{
    private const int CommitBatch = 2048;

    /// <summary>Blocks of testnet's rules under a root folder.</summary>
    public static async Task Fill(string root, int count)
    {
        var genesis = StreamableExtensions.Decode<FullBlock>(Testnet.Definition.GenesisBytes.Span);
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, Testnet.Definition), CancellationToken.None);
        var writer = await store.TakeWriter(CancellationToken.None);
        foreach (var batch in Line(genesis.HeaderHash(), count).Chunk(CommitBatch))
        {
            await store.Commit(
                writer,
                new ChainCommit
                {
                    BlocksAdded = [.. batch.Select(record => StoredBlock.Create(genesis, record))],
                    Tips = [batch[^1].HeaderHash],
                    HeightsSet = [.. batch.Select(record => new HeightEntry(record.Height, record.HeaderHash))],
                },
                CancellationToken.None);
        }
    }

    private static IEnumerable<BlockRecord> Line(Bytes32 genesis, int count)
    {
        var random = new Random(5);
        BlockRecord? parent = null;
        for (var height = 0u; height < count; height++)
        {
            const ulong difficulty = 5000, ips = 5000;
            parent = new BlockRecord(
                parent is null ? genesis : Hash(random), parent?.HeaderHash ?? default, Hash(random), height,
                (parent?.TotalWeight ?? 0) + difficulty,
                (parent?.TotalIterations ?? 0) + (30 * ips) + 1 + (ulong)(-Math.Log(1 - random.NextDouble()) * 270 * ips),
                (parent?.Timestamp ?? 1_575_000_000) + (ulong)random.Next(30, 600), difficulty, ips, Hash(random));
            yield return parent;
        }
    }

    private static Bytes32 Hash(Random random)
    {
        var bytes = new byte[Bytes32.Size];
        random.NextBytes(bytes);
        return new Bytes32(bytes);
    }
}
