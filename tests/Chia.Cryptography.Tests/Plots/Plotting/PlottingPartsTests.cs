using Chia.Cryptography.Plots;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>The plotter's parts against the obvious way of doing the same.</summary>
public sealed class PlottingPartsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"parts-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Theory, InlineData(15), InlineData(16), InlineData(17), InlineData(25), InlineData(32), InlineData(59)]
    public void Runs_of_f1_agree_with_single_values(int k)
    {
        var functions = new PlotFunctions(PlotFunctionsTests.RandomId(new Random(k)), k);
        foreach (var first in new ulong[] { 0, 1, 7, 128, 1000 })
        {
            var ys = new ulong[300];
            functions.F1(first, ys);
            Assert.Equal(Enumerable.Range(0, ys.Length).Select(i => functions.F1(first + (ulong)i)), ys);
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Matches_of_two_buckets_are_those_of_all_pairs(int parity)
    {
        var random = new Random(parity);
        var matcher = new BucketMatcher();
        for (var round = 0; round < 4; round++)
        {
            // Fewer different values than entries in one round, so that equal ones occur on both sides.
            var range = round == 3 ? 300 : (int)PlotConstants.BucketSize;
            uint leftBase = 5 * PlotConstants.BucketSize, rightBase = round == 1 ? 0 : 6 * PlotConstants.BucketSize;
            uint[] Draw(int count, uint from) => [.. Enumerable.Range(0, count).Select(_ => from + (uint)random.Next(range)).Order()];
            uint[] left = Draw(900 - (round * 100), leftBase), right = Draw(700 + (round * 150), rightBase);
            var expected = new List<(ushort, ushort)>();
            for (var l = 0; l < left.Length; l++)
            {
                for (var r = 0; r < right.Length; r++)
                {
                    var bucket = (ulong)(parity + 2) * PlotConstants.BucketSize;
                    if (PlotMatching.Matches(bucket + left[l] - leftBase, bucket + PlotConstants.BucketSize + right[r] - rightBase))
                        expected.Add(((ushort)l, (ushort)r));
                }
            }

            Assert.True(expected.Count > 100);
            Assert.Equal(expected, matcher.Find(parity, left, leftBase, right, rightBase).ToArray());
        }

        Assert.Equal(0, matcher.Find(parity, [], 0, [1, 2, 3], 0).Length);
        Assert.Equal(0, matcher.Find(parity, [1, 2, 3], 0, [], 0).Length);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(1000), InlineData(50000)]
    public void Radix_sorting_is_stable(int count)
    {
        var random = new Random(count);
        var sorter = new RadixSorter();
        foreach (var bits in new[] { 1, 2, 9, 21, 25 })
        {
            var words = sorter.Prepare(count);
            for (var i = 0; i < count; i++)
                words[i] = ((ulong)random.Next(1 << bits) << 32) | (uint)i;
            var expected = words.ToArray().OrderBy(w => w >> 32).ToArray();
            sorter.Sort(count, bits);
            Assert.Equal(expected, sorter.Prepare(count).ToArray());
        }
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(5000, 1)]
    [InlineData(5000, 17)]
    [InlineData(20000, 30000)]
    [InlineData(20000, 1L << 40)]
    [InlineData(20000, long.MaxValue)]
    public void Spread_sorting_orders_by_key_then_value(int count, long bound)
    {
        var random = new Random(count);
        var sorter = new SpreadSorter();
        foreach (var crowded in new[] { false, true })
        {
            sorter.Prepare(count);
            for (var i = 0; i < count; i++)
            {
                sorter.Keys[i] = (ulong)(crowded && i % 2 == 0 ? random.NextInt64(Math.Min(bound, 100)) : random.NextInt64(bound));
                sorter.Values[i] = (ulong)random.Next(1000);
            }

            var expected = sorter.Keys.ToArray().Zip(sorter.Values.ToArray()).Order().ToArray();
            sorter.Sort((ulong)bound);
            Assert.Equal(expected, sorter.SortedKeys.ToArray().Zip(sorter.SortedValues.ToArray()));
        }
    }

    [Theory, InlineData(long.MaxValue), InlineData(0), InlineData(5 * ChunkStore.ChunkBytes)]
    public void Chunks_come_back_from_memory_and_from_the_file(long limit)
    {
        const int recordBytes = 14, records = 60000;
        using (var store = new ChunkStore(_path, limit))
        {
            for (var round = 0; round < 2; round++)
            {
                var lists = PlotTables.MakeLists(store, 3, recordBytes);
                for (var i = 0; i < records; i++)
                    System.Runtime.CompilerServices.Unsafe.WriteUnaligned(ref lists[i % 3].Append(), (long)i * 7);
                var bytes = new byte[records / 3 * recordBytes];
                lists[0].Drain(bytes);
                for (var i = 0; i < records / 3; i++)
                    Assert.Equal(i * 21L, BitConverter.ToInt64(bytes, i * recordBytes));
                Assert.Equal(0, lists[0].Count);

                foreach (var cursor in new[] { Cursor(lists[1], false), Cursor(lists[1], true) })
                {
                    var next = 7L;
                    while (cursor.TryGetRest(out var rest))
                    {
                        // One record at a time now and then: the rest is offered again.
                        var take = next % 5 == 0 ? recordBytes : rest.Length;
                        for (var i = 0; i < take; i += recordBytes, next += 21)
                            Assert.Equal(next, BitConverter.ToInt64(rest[i..]));
                        cursor.Advance(take);
                    }

                    Assert.Equal(7 + (records / 3 * 21L), next);
                }

                lists[2].Drain(bytes);
                Assert.Equal(limit == long.MaxValue, store.SpilledBytes == 0);
                Assert.Equal(limit != long.MaxValue, File.Exists(_path));
                Assert.InRange(store.SpilledBytes, 0, 2L * records * recordBytes);
            }
        }

        Assert.False(File.Exists(_path));

        static ChunkCursor Cursor(ChunkList list, bool consume)
        {
            list.Complete();
            return consume ? list.Consume() : list.Read();
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(2047), InlineData(2048)]
    public void Parks_of_any_length_come_back(int entries)
    {
        var random = new Random(entries);
        foreach (var k in new[] { 15, 16, 20, 32, 37, 58, 59 })
        {
            var layout = new PlotLayout(k);
            for (var table = 1; table <= 6; table++)
            {
                var points = new UInt128[entries];
                points[0] = (UInt128)random.NextInt64() & ((UInt128.One << (2 * k - 2)) - 1);
                for (var i = 1; i < entries; i++)
                    points[i] = points[i - 1] + ((ulong)random.NextInt64() & ((1ul << k) - 1) & ~(1ul << (k - 1)));
                var bytes = new byte[layout.ParkBytes(table)];
                Assert.True(ParkEncoder.TryEncode(points, layout, table, bytes));
                if (entries == 1)
                    Assert.Equal([0, 0x80], bytes.AsSpan(layout.LinePointBytes + layout.StubsBytes, 2).ToArray());
                var park = new Park(bytes, layout, table);
                var deltas = new byte[PlotLayout.ParkDeltas];
                Assert.Equal(entries - 1, park.ReadDeltas(deltas));
                var back = new UInt128[entries];
                park.CopyTo(deltas.AsSpan(0, entries - 1), back);
                Assert.Equal(points, back);
                Assert.True(park.TryGet(entries - 1, out var last) && last == points[^1]);
                Assert.False(entries < PlotLayout.ParkEntries && park.TryGet(entries, out _));
            }
        }
    }

    [Fact]
    public void Line_points_that_a_park_cannot_hold_are_refused()
    {
        var layout = new PlotLayout(16);
        var bytes = new byte[layout.ParkBytes(2)];
        Assert.True(ParkEncoder.TryEncode([0, 254u << 13], layout, 2, bytes));
        Assert.False(ParkEncoder.TryEncode([0, 255u << 13], layout, 2, bytes));
        Assert.False(ParkEncoder.TryEncode([5, 4], layout, 2, bytes));
        // Each delta fits, their code does not: 2047 of the rarest symbol are 3.5 KB.
        var wide = Enumerable.Range(0, 2048).Select(i => (UInt128)i * (200u << 13)).ToArray();
        Assert.False(ParkEncoder.TryEncode(wide, layout, 2, bytes));
    }

    /// <summary>Numbers of entries at which the last park of C3 is missing, empty, or complete (POSPACE.md 6.5).</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(2048, 2048)]
    [InlineData(9999, 9999)]
    [InlineData(10000, 10000)]
    [InlineData(10001, 10001)]
    [InlineData(10002, 10001)]
    [InlineData(10003, 10001)]
    [InlineData(10004, 10004)]
    [InlineData(30001, 30001)]
    public void Checkpoints_of_any_number_of_entries_come_back(int entries, int readable)
    {
        var random = new Random(entries);
        var layout = new PlotLayout(20);
        // P1 … P6 are zero here, and as long as they should be: nothing below P7 is looked at.
        var header = new PlotHeader(default, 20, default, new long[PlotLayout.Pointers]);
        var parks = (entries + PlotLayout.ParkEntries - 1) / PlotLayout.ParkEntries;
        header.Offsets[0] = header.Length;
        for (var table = 1; table < PlotConstants.Tables; table++)
            header.Offsets[table] = header.Offsets[table - 1] + (parks * layout.ParkBytes(table));
        var written = new List<(ulong F7, ulong Index)>();
        using (var file = File.OpenHandle(_path, FileMode.Create, FileAccess.ReadWrite))
        {
            var writer = new CheckpointWriter(layout, file, header.Offsets[6], entries);
            var f7 = 3ul;
            for (var i = 0; i < entries; i++)
            {
                // Gaps of about two thirds on average, as the coder expects them.
                f7 += (ulong)(random.Next(3) == 0 ? random.Next(3) : random.Next(2));
                written.Add((f7, (ulong)random.NextInt64(1 << 21)));
                writer.Add(written[i].F7, written[i].Index);
            }

            var length = writer.Complete();
            Assert.Equal(RandomAccess.GetLength(file), length);
            writer.Offsets.CopyTo(header.Offsets, 6);
            var bytes = new byte[header.Length];
            header.Write(bytes);
            RandomAccess.Write(file, bytes, 0);
        }

        using var prover = PlotProver.Open(_path);
        Assert.Equal(written.Take(readable), PlotReading.Last(prover));
        Assert.Equal(readable, prover.Checkpoints.EntryCount());
        foreach (var group in written.Take(readable).Select((e, i) => (e.F7, i)).GroupBy(e => e.F7).Where((_, i) => i % 37 == 0))
            Assert.Equal((group.First().i, group.Count()), prover.Checkpoints.Find(group.Key));
    }

    [Fact]
    public void F7_values_too_far_apart_are_refused()
    {
        using var file = File.OpenHandle(_path, FileMode.Create, FileAccess.ReadWrite);
        var writer = new CheckpointWriter(new PlotLayout(20), file, 0, 3);
        writer.Add(1, 0);
        writer.Add(116, 0);
        Assert.Throws<PlottingException>(() => writer.Add(232, 0));
    }

    [Fact]
    public void Partitions_cover_every_table_and_fit_their_fields()
    {
        for (var k = PlotParameters.MinK; k <= PlotParameters.MaxK; k++)
        {
            var shape = new PlotShape(k);
            Assert.InRange(shape.Partitions, 2, 1 << 16);
            Assert.True((ulong)shape.Partitions * shape.PartitionSpan >= 1ul << (k + 5));
            Assert.True((ulong)(shape.Partitions - 1) * shape.PartitionSpan < 1ul << (k + 5));
            // Entries are a thirty-second of the values of y; half as many again must fit a place.
            Assert.True(shape.PartitionSpan * 3 / 64 < 1 << PlotShape.PlaceBits, $"k = {k}");
            Assert.InRange(CheckpointPass.PartitionOf((1ul << k) - 1, shape), 0, shape.Partitions - 1);
        }
    }

    /// <summary>Batches are appended a step after they were filled, in their order, each list by one thread.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Records_of_many_steps_reach_their_lists_in_order(int threads)
    {
        const int steps = 50, recordsOfABatch = 200;
        using var store = new ChunkStore(_path, long.MaxValue);
        var job = JobOf(store, threads);
        var lists = PlotTables.MakeLists(store, job.Shape.Partitions, sizeof(ulong));
        var expected = lists.Select(_ => new List<ulong>()).ToArray();
        var pass = new ScatterPass(job);
        var others = 0;
        for (var step = 0; step < steps; step++)
        {
            var number = step;
            pass.Step(
                lists, 3 * threads > step ? 1 : threads,
                (i, batch) =>
                {
                    batch.Reset(sizeof(ulong), 10);
                    foreach (var value in Values(number, i))
                        System.Runtime.CompilerServices.Unsafe.WriteUnaligned(ref batch.Append(ListOf(value)), value);
                },
                others: 5, _ => Interlocked.Increment(ref others));
            for (var i = 0; i < (3 * threads > step ? 1 : threads); i++)
            {
                foreach (var value in Values(step, i))
                    expected[ListOf(value)].Add(value);
            }
        }

        pass.Finish(lists);
        Assert.Equal(5 * steps, others);
        for (var list = 0; list < lists.Length; list++)
        {
            var values = new ulong[lists[list].Count];
            lists[list].Drain(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
            Assert.Equal(expected[list], values);
        }

        int ListOf(ulong value) => (int)(value * 7919 % (ulong)lists.Length);

        static IEnumerable<ulong> Values(int step, int batch) =>
            Enumerable.Range(0, recordsOfABatch).Select(i => (ulong)((((step * 10) + batch) * recordsOfABatch) + i));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void An_error_of_a_thread_comes_out_as_it_was_thrown(int threads)
    {
        using var store = new ChunkStore(_path, long.MaxValue);
        var error = Assert.Throws<PlottingException>(
            () => JobOf(store, threads).Parallel(4, i => throw new PlottingException("too few")));
        Assert.Equal("too few", error.Message);
    }

    private static PlotJob JobOf(ChunkStore store, int threads) => new(
        new PlotFunctions(default, 17), new PlotShape(17), store, new ParallelOptions { MaxDegreeOfParallelism = threads }, null);
}
