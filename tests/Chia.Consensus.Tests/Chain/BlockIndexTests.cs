using Chia.Consensus.Chain;
using Chia.Consensus.Queries;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Chain;

/// <summary>The index in few bytes answers what one would that keeps every record.</summary>
public class BlockIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_numbers_come_back_as_they_were(int seed)
    {
        var random = new Random(seed);
        var group = new BlockNumbers[64];
        for (var i = 0; i < group.Length; i++)
        {
            var before = i > 0 ? group[i - 1] : default;
            group[i] = random.Next(4) == 0
                ? new(random.Next(-2, int.MaxValue), (uint)random.NextInt64(), Any(random), Any(random), Any(random), Any(random),
                    Any(random))
                : new(999 + i, unchecked(before.Height + 1), unchecked(before.TotalWeight + before.Difficulty), Any(random), Any(random),
                    before.Difficulty, before.IterationsPerSecond);
        }

        var packed = PackedNumbers.Pack(group, 1000);
        var again = new BlockNumbers[64];
        PackedNumbers.Unpack(packed, 1000, again);

        Assert.Equal(group, again);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_tree_of_blocks_is_what_was_put_in(int seed)
    {
        var random = new Random(seed);
        var all = Tree(random, 6_000);
        var byHash = all.ToDictionary(r => r.HeaderHash);
        var reads = 0;
        var index = new BlockIndex(hash =>
        {
            reads++;
            return byHash[hash];
        });
        foreach (var record in all)
            index.Add(record);

        Assert.InRange(index.FirstInMemory, 1, 6_000 - 2_048);
        for (var i = 0; i < 3_000; i++)
        {
            var position = random.Next(all.Count);
            var record = all[position];
            Assert.Equal(position, index.Find(record.HeaderHash));
            Assert.Equal(record, index.RecordAt(position));
            Assert.Equal(record.TotalIterations, index[position].TotalIterations);
            Assert.Equal(
                Enumerable.Range(0, all.Count).Where(p => all[p].Height == record.Height).Reverse(),
                index.PositionsAt(record.Height));
        }

        Assert.True(reads > 0, "nothing was read from the store");
        Assert.Equal(-1, index.Find(Hash(random)));
        Assert.Equal(all.Count, index.Count);

        // Taken out and added again, as a switch of variants does.
        index.Remove(5_999);
        Assert.Equal(-1, index.Find(all[5_999].HeaderHash));
        Assert.Equal(BlockNumbers.Removed, index[5_999].Parent);
        index.Add(all[5_999]);
        Assert.Equal(6_000, index.Find(all[5_999].HeaderHash));
        Assert.Equal(all.Count, index.Count);
    }

    [Fact]
    public void A_block_costs_less_than_64_bytes()
    {
        const int Blocks = 100_000;
        var random = new Random(7);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = Load(Line(random, Blocks), Blocks, out var tip);
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Blocks;

        Assert.InRange(bytes, 32, 64);
        Assert.Equal(tip, state.HeaviestTip!.HeaderHash);
        Assert.Equal((int)state.HeaviestTip!.Height + 1, HeaderQueries.HeaderHashesTo(state, tip)!.Length);
    }

    /// <summary>The figures of docs/performance.md, "Start"; the page says how.</summary>
    [Fact(Explicit = true)]
    public void Figures_of_a_million_blocks()
    {
        const int Blocks = 1_000_000;
        var started = TimeProvider.System.GetTimestamp();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = Load(Line(new Random(7), Blocks), Blocks, out var tip);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Blocks;
        started = TimeProvider.System.GetTimestamp();
        Assert.Equal((int)state.HeaviestTip!.Height + 1, HeaderQueries.HeaderHashesTo(state, tip)!.Length);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{bytes:F1} bytes a block, {seconds:F2} s, all header hashes in {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:F1} ms");
    }

    private static ChainState Load(IEnumerable<BlockRecord> line, int expected, out Bytes32 tip)
    {
        var loader =
            new ChainLoader(Testnet.Definition.Constants, _ => throw new InvalidOperationException("nothing old is asked for"), expected);
        tip = default;
        foreach (var record in line)
        {
            loader.Add(record);
            tip = record.HeaderHash;
        }

        return loader.Finish([tip]);
    }

    /// <summary>A chain with numbers as a network's: iterations of an exponential time, an epoch's difficulty, three in a hundred beside
    /// it.</summary>
    private static IEnumerable<BlockRecord> Line(Random random, int count)
    {
        var (parent, uncle) = (default(BlockRecord), default(BlockRecord));
        for (var i = 0; i < count; i++)
        {
            var isBeside = uncle is not null && random.Next(33) == 0;
            var record =
                Child(random, isBeside
                ? uncle
                : parent, difficulty: 1UL << (30 + (i / 2048 % 4)), ips: 100_000 + ((ulong)(i / 2048) * 37));
            yield return record;
            if (!isBeside)
                (parent, uncle) = (record, parent);
        }
    }

    private static List<BlockRecord> Tree(Random random, int count)
    {
        var all = new List<BlockRecord> { Child(random, null, 1, 1) };
        while (all.Count < count)
            all.Add(
                Child(random, all[^(random.Next(10) == 0 ? random.Next(1, Math.Min(all.Count, 3_000)) : 1)], (ulong)random.Next(1, 5),
                (ulong)random.Next(1, 1000)));
        return all;
    }

    private static BlockRecord Child(Random random, BlockRecord? parent, ulong difficulty, ulong ips) =>
        new(
            Hash(random),
            parent?.HeaderHash ?? default,
            Hash(random),
            parent is null ? 0 : parent.Height + 1,
            (parent?.TotalWeight ?? 0) + difficulty,
            (parent?.TotalIterations ?? 0) + (30 * ips) + 1 + (ulong)(-Math.Log(1 - random.NextDouble()) * 270 * ips),
            (parent?.Timestamp ?? 1_575_000_000) + (ulong)random.Next(30, 600),
            difficulty,
            ips,
            Hash(random));

    private static ulong Any(Random random) => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> random.Next(64);

    private static Bytes32 Hash(Random random)
    {
        var bytes = new byte[Bytes32.Size];
        random.NextBytes(bytes);
        return new Bytes32(bytes);
    }
}
