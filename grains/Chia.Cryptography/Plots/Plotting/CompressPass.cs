using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Phase 3 (POSPACE.md 8.1, step 3): writes P1 … P6. Links are kept in the order of their children, so that going through the values
/// of a table from front to back, and through all partitions of links at once, yields every line point without a sort by position.
/// </summary>
internal sealed class CompressPass
{
    private readonly PlotJob _job;
    private readonly PlotShape _shape;
    private readonly PlotTables _tables;
    private readonly PlotFileWriter _writer;
    private readonly ScatterBatch[] _batches;
    private readonly SpreadSorter[] _sorters;
    private readonly byte[][] _buffers;

    /// <summary>Prepares the phase.</summary>
    public CompressPass(PlotJob job, PlotTables tables, PlotFileWriter writer)
    {
        _job = job;
        _shape = job.Shape;
        _tables = tables;
        _writer = writer;
        _batches = [.. Enumerable.Range(0, job.Threads).Select(_ => new ScatterBatch(job.Shape.Partitions, job.Threads))];
        _sorters = [.. Enumerable.Range(0, job.Threads).Select(_ => new SpreadSorter())];
        _buffers = [.. Enumerable.Range(0, job.Threads).Select(_ => Array.Empty<byte>())];
    }

    /// <summary>Runs the phase.</summary>
    /// <returns>(f7, index in P6) of all entries of table 7, by the leading bits of f7.</returns>
    public ChunkList[] Run()
    {
        var values = _tables.Inputs;
        var valueCount = 1L << _shape.K;
        for (var table = 1; table < PlotConstants.Tables; table++)
        {
            // The largest line point of two different values below their number.
            var bound = (ulong)((UInt128)valueCount * (ulong)(valueCount - 1) / 2);
            var points = MakeLinePoints(table, values, bound);
            (values, valueCount) = WriteTable(table, points, bound);
        }

        return values;
    }

    private ChunkList[] MakeLinePoints(int table, ChunkList[] values, ulong bound)
    {
        var points = PlotTables.MakeLists(_job.Store, _shape.Partitions, CompressRecord.Bytes);
        var span = Span(bound);
        var window = new ValueWindow(_job, values, _tables.Bases[table], inOrder: table == 1);
        var above = table + 1 < PlotConstants.Tables ? _tables.Links[table + 1] : _tables.Last;
        var cursors = above.Select(list => list.Consume()).ToArray();
        for (var partition = 0; partition < _shape.Partitions; partition++)
        {
            _job.Report(PlotPhase.Compress, table, partition, 2 * _shape.Partitions);
            window.MoveTo(partition);
            long first = _tables.Bases[table][partition], end = _tables.Bases[table][partition + 1];
            _job.Parallel(_job.Threads, worker =>
            {
                var batch = _batches[worker];
                batch.Reset(CompressRecord.Bytes, (int)(end - first) / _job.Threads);
                for (var p = worker; p < cursors.Length; p += _job.Threads)
                {
                    if (table + 1 < PlotConstants.Tables)
                        TakeLinks(table + 1, p, cursors[p], window.Values, first, end, span, batch);
                    else
                        TakeLast(p, cursors[p], window.Values, first, end, span, batch);
                }
            });
            ScatterBatch.Commit(_batches, points, _job);
        }

        // At their ends the cursors give up the last pieces.
        foreach (var cursor in cursors)
        {
            if (cursor.TryGetRest(out _))
                throw new InvalidOperationException($"table {table + 1} has links beyond table {table}");
        }

        return points;
    }

    // Links of one partition whose left child is at first … end − 1.
    private void TakeLinks(
        int table, int partition, ChunkCursor cursor, ReadOnlySpan<uint> values, long first, long end, ulong span, ScatterBatch output)
    {
        var used = _tables.Used[table];
        var basePosition = _tables.Bases[table][partition];
        while (cursor.TryGetRest(out var rest))
        {
            var links = MemoryMarshal.Cast<byte, ulong>(rest);
            var i = 0;
            for (; i < links.Length && Link.Left(links[i]) < end; i++)
            {
                var place = Link.Place(links[i]);
                if (used[basePosition + place])
                    Add(output, values, (int)(Link.Left(links[i]) - first), Link.Offset(links[i]), span, partition, place);
            }

            cursor.Advance(i * Link.Bytes);
            if (i < links.Length)
                return;
        }
    }

    // The same for table 7, whose key is f7, and whose partitions are henceforth those of f7.
    private void TakeLast(
        int partition, ChunkCursor cursor, ReadOnlySpan<uint> values, long first, long end, ulong span, ScatterBatch output)
    {
        var size = ForwardRecord.Bytes(_shape, PlotConstants.Tables);
        var partitionBase = (ulong)partition * _shape.PartitionSpan;
        while (cursor.TryGetRest(out var rest))
        {
            var i = 0;
            for (; i < rest.Length; i += size)
            {
                ref var record = ref MemoryMarshal.GetReference(rest[i..]);
                if (ForwardRecord.Left(ref record) >= end)
                    break;
                var f7 = PlotFunctions.LeadingBits(partitionBase + ForwardRecord.Y(ref record));
                var target = CheckpointPass.PartitionOf(f7, _shape);
                Add(output, values, (int)(ForwardRecord.Left(ref record) - first), ForwardRecord.Offset(ref record), span, target,
                    (uint)f7);
            }

            cursor.Advance(i);
            if (i < rest.Length)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ScatterBatch output, ReadOnlySpan<uint> values, int left, uint offset, ulong span, int partition, uint key)
    {
        ulong a = values[left], b = values[left + (int)offset];
        var (x, y) = a > b ? (a, b) : (b, a);
        var point = ((x & 1) == 0 ? x / 2 * (x - 1) : (x - 1) / 2 * x) + y;
        CompressRecord.Write(ref output.Append((int)(point / span)), point, partition, key);
    }

    // Sorts the line points, writes the parks, and sends each entry's index back to its place in the table.
    private (ChunkList[] Indices, long Count) WriteTable(int table, ChunkList[] points, ulong bound)
    {
        var indices = PlotTables.MakeLists(_job.Store, _shape.Partitions, sizeof(ulong));
        var span = Span(bound);
        var counts = new long[_job.Threads + 1];
        _writer.BeginTable(table);
        for (var first = 0; first < points.Length; first += _job.Threads)
        {
            _job.Report(PlotPhase.Compress, table, points.Length + first, 2 * points.Length);
            var count = Math.Min(_job.Threads, points.Length - first);
            _job.Parallel(count, i => SortPoints(points[first + i], (ulong)(first + i) * span, span, _sorters[i], ref _buffers[i]));
            for (var i = 0; i < count; i++)
                counts[i + 1] = counts[i] + _sorters[i].Count;
            _writer.BeginLinePoints((int)(counts[count] - counts[0]));
            _job.Parallel(count, i =>
            {
                _writer.PutLinePoints((int)(counts[i] - counts[0]), _sorters[i].SortedKeys, (ulong)(first + i) * span);
                AddIndices(_sorters[i].SortedValues, counts[i], _batches[i]);
            });
            _writer.WriteFullParks();
            ScatterBatch.Commit(_batches.AsMemory(0, count), indices, _job);
            counts[0] = counts[count];
        }

        _writer.EndTable();
        if (counts[0] > uint.MaxValue)
            throw new PlottingException($"P{table} has {counts[0]} entries, more than indices of 32 bits can name");
        return (indices, counts[0]);
    }

    private static void SortPoints(ChunkList source, ulong lowest, ulong span, SpreadSorter sorter, ref byte[] buffer)
    {
        var count = (int)source.Count;
        if (buffer.Length < count * CompressRecord.Bytes)
            buffer = new byte[(count + (count / 8)) * CompressRecord.Bytes];
        source.Drain(buffer);
        sorter.Prepare(count);
        Span<ulong> keys = sorter.Keys, values = sorter.Values;
        for (var i = 0; i < count; i++)
        {
            ref var record = ref buffer[i * CompressRecord.Bytes];
            keys[i] = CompressRecord.LinePoint(ref record) - lowest;
            values[i] = CompressRecord.Key(ref record);
        }

        sorter.Sort(span);
    }

    private static void AddIndices(ReadOnlySpan<ulong> keys, long first, ScatterBatch output)
    {
        output.Reset(sizeof(ulong), keys.Length);
        for (var i = 0; i < keys.Length; i++)
            Unsafe.WriteUnaligned(ref output.Append((int)(keys[i] >> 32)), (ulong)(first + i) << 32 | (uint)keys[i]);
    }

    private ulong Span(ulong bound) => (bound / (uint)_shape.Partitions) + 1;
}

/// <summary>
/// A line point on its way to being sorted: the point (8 bytes), the partition its entry's index goes to (2 bytes), and the key (4 bytes):
/// the entry's place in that partition, or f7 for table 7. (Partition, key) ascends with the key of POSPACE.md 8.1.
/// </summary>
internal static class CompressRecord
{
    /// <summary>Length of a record.</summary>
    public const int Bytes = 14;

    /// <summary>Writes a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte target, ulong linePoint, int partition, uint key)
    {
        Unsafe.WriteUnaligned(ref target, linePoint);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), (ushort)partition);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 10), key);
    }

    /// <summary>The line point.</summary>
    public static ulong LinePoint(ref byte record) => Unsafe.ReadUnaligned<ulong>(ref record);

    /// <summary>Partition and key in one number.</summary>
    public static ulong Key(ref byte record) =>
        ((ulong)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref record, 8)) << 32) | Unsafe.ReadUnaligned<uint>(
            ref Unsafe.Add(ref record, 10));
}
