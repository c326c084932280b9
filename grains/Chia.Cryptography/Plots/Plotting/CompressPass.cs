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
    private readonly ScatterPass _scatter;

    // Those of a step, and those of the next; each in the place of its partition's number modulo the length.
    private readonly PointSorter[] _sorters;

    /// <summary>Prepares the phase.</summary>
    public CompressPass(PlotJob job, PlotTables tables, PlotFileWriter writer)
    {
        _job = job;
        _shape = job.Shape;
        _tables = tables;
        _writer = writer;
        _scatter = new ScatterPass(job);
        _sorters = [.. Enumerable.Range(0, 2 * job.Threads).Select(_ => new PointSorter())];
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
        var window = new ValueWindow(values, _tables.Bases[table], inOrder: table == 1);
        var above = table + 1 < PlotConstants.Tables ? _tables.Links[table + 1] : _tables.Last;
        var cursors = above.Select(list => list.Consume()).ToArray();
        window.Load(0);
        window.Load(1);
        for (var partition = 0; partition < _shape.Partitions; partition++)
        {
            _job.Report(PlotPhase.Compress, table, partition, 2 * _shape.Partitions);
            var (here, bases) = (partition, _tables.Bases[table]);
            _scatter.Step(
                points, _job.Threads,
                (worker, batch) =>
                {
                    batch.Reset(CompressRecord.Bytes, (int)(bases[here + 1] - bases[here]) / _job.Threads);
                    var children = new Children(window[here], window[here + 1], bases[here], bases[here + 1]);
                    for (var p = worker; p < cursors.Length; p += _job.Threads)
                    {
                        if (table + 1 < PlotConstants.Tables)
                            TakeLinks(table + 1, p, cursors[p], children, span, batch);
                        else
                            TakeLast(p, cursors[p], children, span, batch);
                    }
                },
                others: here + 2 < _shape.Partitions ? 1 : 0, _ => window.Load(here + 2));
        }

        _scatter.Finish(points);

        // At their ends the cursors give up the last pieces.
        foreach (var cursor in cursors)
        {
            if (cursor.TryGetRest(out _))
                throw new InvalidOperationException($"table {table + 1} has links beyond table {table}");
        }

        return points;
    }

    // Links of one partition whose left child is one of the children.
    private void TakeLinks(int table, int partition, ChunkCursor cursor, in Children children, ulong span, ScatterBatch output)
    {
        var used = _tables.Used[table];
        var basePosition = _tables.Bases[table][partition];
        while (cursor.TryGetRest(out var rest))
        {
            var links = MemoryMarshal.Cast<byte, ulong>(rest);
            var i = 0;
            for (; i < links.Length && Link.Left(links[i]) < children.End; i++)
            {
                var place = Link.Place(links[i]);
                if (used[basePosition + place])
                    Add(output, children, Link.Left(links[i]), Link.Offset(links[i]), span, partition, place);
            }

            cursor.Advance(i * Link.Bytes);
            if (i < links.Length)
                return;
        }
    }

    // The same for table 7, whose key is f7, and whose partitions are henceforth those of f7.
    private void TakeLast(int partition, ChunkCursor cursor, in Children children, ulong span, ScatterBatch output)
    {
        var size = ForwardRecord.Bytes(_shape, PlotConstants.Tables);
        var partitionBase = (ulong)partition * _shape.PartitionSpan;
        while (cursor.TryGetRest(out var rest))
        {
            var i = 0;
            for (; i < rest.Length; i += size)
            {
                ref var record = ref MemoryMarshal.GetReference(rest[i..]);
                if (ForwardRecord.Left(ref record) >= children.End)
                    break;
                var f7 = PlotFunctions.LeadingBits(partitionBase + ForwardRecord.Y(ref record));
                var target = CheckpointPass.PartitionOf(f7, _shape);
                Add(output, children, ForwardRecord.Left(ref record), ForwardRecord.Offset(ref record), span, target, (uint)f7);
            }

            cursor.Advance(i);
            if (i < rest.Length)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ScatterBatch output, in Children children, uint position, uint offset, ulong span, int partition, uint key)
    {
        var left = (int)(position - children.First);
        var right = left + (int)offset;
        ulong a = children.Here[left];
        ulong b = right < children.Here.Length ? children.Here[right] : children.Next[right - children.Here.Length];
        var (x, y) = a > b ? (a, b) : (b, a);
        var point = ((x & 1) == 0 ? x / 2 * (x - 1) : (x - 1) / 2 * x) + y;
        CompressRecord.Write(ref output.Append((int)(point / span)), point, partition, key);
    }

    // Sorts the line points, writes the parks, and sends each entry's index back to its place in the table: those of one step are sorted
    // while those of the step before are put into parks, and the parks before those encoded and written.
    private (ChunkList[] Indices, long Count) WriteTable(int table, ChunkList[] points, ulong bound)
    {
        var indices = PlotTables.MakeLists(_job.Store, _shape.Partitions, sizeof(ulong));
        var span = Span(bound);
        var sums = PlotTables.Sums(points);
        _writer.BeginTable(table);
        _job.Parallel(Math.Min(_job.Threads, points.Length), i => Sort(i));
        for (var first = 0; first < points.Length; first += _job.Threads)
        {
            _job.Report(PlotPhase.Compress, table, points.Length + first, 2 * points.Length);
            var (from, next) = (first, Math.Min(first + _job.Threads, points.Length));
            var sorts = Math.Min(_job.Threads, points.Length - next);
            _writer.BeginLinePoints((int)(sums[next] - sums[from]));
            _scatter.Step(
                indices, next - from,
                (i, batch) =>
                {
                    var (part, sorted) = (from + i, _sorters[(from + i) % _sorters.Length]);
                    _writer.PutLinePoints((int)(sums[part] - sums[from]), sorted.Keys, (ulong)part * span);
                    AddIndices(sorted.Values, sums[part], batch);
                },
                sorts + _writer.Due,
                i =>
                {
                    if (i < sorts)
                        Sort(next + i);
                    else
                        _writer.Do(i - sorts);
                });
        }

        _scatter.Finish(indices);
        _writer.EndTable();
        if (sums[^1] > uint.MaxValue)
            throw new PlottingException($"P{table} has {sums[^1]} entries, more than indices of 32 bits can name");
        return (indices, sums[^1]);

        void Sort(int part) => _sorters[part % _sorters.Length].Sort(points[part], (ulong)part * span, span);
    }

    private static void AddIndices(ReadOnlySpan<ulong> keys, long first, ScatterBatch output)
    {
        output.Reset(sizeof(ulong), keys.Length);
        for (var i = 0; i < keys.Length; i++)
            Unsafe.WriteUnaligned(ref output.Append((int)(keys[i] >> 32)), (ulong)(first + i) << 32 | (uint)keys[i]);
    }

    private ulong Span(ulong bound) => (bound / (uint)_shape.Partitions) + 1;

    /// <summary>Values of a partition, from position <paramref name="first"/> to <paramref name="end"/> − 1, and of the next.</summary>
    private readonly ref struct Children(ReadOnlySpan<uint> here, ReadOnlySpan<uint> next, long first, long end)
    {
        public readonly ReadOnlySpan<uint> Here = here, Next = next;
        public readonly long First = first, End = end;
    }
}
