namespace Chia.Cryptography.Plots;

/// <summary>What one thread of the forward phase does: computes f1 for runs of x, matches partitions and computes the next f.</summary>
internal sealed class PartitionMatcher(PlotFunctions functions, PlotShape shape)
{
    private readonly BucketMatcher _matcher = new();
    private ulong[] _ys = [];

    /// <summary>Appends the table-1 records of a run of x.</summary>
    public void MakeInputs(ulong first, int count, ScatterBatch output)
    {
        if (_ys.Length < count)
            _ys = new ulong[count];
        var ys = _ys.AsSpan(0, count);
        functions.F1(first, ys);
        output.Reset(ForwardRecord.Bytes(shape, 1), count);
        for (var i = 0; i < ys.Length; i++)
        {
            var partition = ys[i] / shape.PartitionSpan;
            ForwardRecord.WriteInput(
                ref output.Append((int)partition), (uint)(ys[i] - (partition * shape.PartitionSpan)), (uint)first + (uint)i);
        }
    }

    /// <summary>Appends the records of a table that come from one partition of the table below.</summary>
    /// <param name="table">The table that is made, 2 … 7.</param>
    /// <param name="partition">Number of the partition in the table below.</param>
    /// <param name="basePosition">Position of its first entry.</param>
    /// <param name="entries">The partition.</param>
    /// <param name="next">The one behind it, whose first bucket matches the last here; null behind the last.</param>
    /// <param name="output">Receives the records.</param>
    public void Match(int table, int partition, long basePosition, SortedPartition entries, SortedPartition? next, ScatterBatch output)
    {
        var ys = entries.Ys;
        var start = 0;
        for (var bucket = 0; bucket < shape.BucketsPerPartition; bucket++)
        {
            var leftBase = (uint)bucket * PlotConstants.BucketSize;
            var rightBase = leftBase + PlotConstants.BucketSize;
            var end = EndOfBucket(ys, start, rightBase);
            var parity = (int)(((long)partition * shape.BucketsPerPartition) + bucket) & 1;
            var left = new Side(entries.Metadata[start..end], start);
            if (bucket + 1 < shape.BucketsPerPartition)
            {
                var rightEnd = EndOfBucket(ys, end, rightBase + PlotConstants.BucketSize);
                var pairs = _matcher.Find(parity, ys[start..end], leftBase, ys[end..rightEnd], rightBase);
                Write(table, partition, basePosition, ys, pairs, left, new Side(entries.Metadata[end..rightEnd], end), output);
            }
            else if (next is not null)
            {
                var rightEnd = EndOfBucket(next.Ys, 0, PlotConstants.BucketSize);
                var pairs = _matcher.Find(parity, ys[start..end], leftBase, next.Ys[..rightEnd], 0);
                Write(table, partition, basePosition, ys, pairs, left, new Side(next.Metadata[..rightEnd], ys.Length), output);
            }

            start = end;
        }
    }

    private void Write(
        int table, int partition, long basePosition, ReadOnlySpan<uint> ys, ReadOnlySpan<(ushort Left, ushort Right)> pairs,
        Side left, Side right, ScatterBatch output)
    {
        var partitionBase = (ulong)partition * shape.PartitionSpan;
        foreach (var (l, r) in pairs)
        {
            var place = left.First + l;
            var offset = right.First + r - place;
            var position = basePosition + place;
            // 2^32 positions: for k = 32 alone a handful of entries may lie beyond. Leaving them out costs as many proofs.
            if (position + offset > uint.MaxValue)
                continue;
            if (offset >= 1 << PlotShape.OffsetBits)
                throw new PlottingException($"table {table} has neighbouring buckets of more than {offset} entries");
            var y = functions.F(table, partitionBase + ys[place], left.Metadata[l], right.Metadata[r], out var metadata);
            var target = y / shape.PartitionSpan;
            ForwardRecord.Write(
                ref output.Append((int)target), (uint)(y - (target * shape.PartitionSpan)), (uint)position, offset, metadata);
        }
    }

    private static int EndOfBucket(ReadOnlySpan<uint> ys, int start, uint bound)
    {
        while (start < ys.Length && ys[start] < bound)
            start++;
        return start;
    }

    private readonly ref struct Side(ReadOnlySpan<UInt128> metadata, int first)
    {
        public ReadOnlySpan<UInt128> Metadata { get; } = metadata;

        public int First { get; } = first;
    }
}
