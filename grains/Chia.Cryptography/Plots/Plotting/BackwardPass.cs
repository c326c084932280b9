using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Phase 2 (POSPACE.md 8.1, step 2): from table 7 down, marks the entries of tables 6 … 2 that lead to a proof. Each thread goes through
/// partitions of its own and marks in a map of its own, as those below are met by all partitions; the maps are joined after each table.
/// </summary>
internal sealed class BackwardPass(PlotJob job, PlotTables tables)
{
    /// <summary>What the threads' own maps may take together, bytes: from k = 30 on the marks are not worth more of them.</summary>
    public const long MostMaps = 64L << 20;

    private readonly BitMap[] _maps = MakeMaps(job, tables);

    /// <summary>Runs the phase.</summary>
    public void Run()
    {
        for (var table = PlotConstants.Tables - 1; table > 1; table--)
            tables.Used[table] = new BitMap(tables.Bases[table][^1]);
        for (var table = PlotConstants.Tables; table > 2; table--)
        {
            var below = tables.Used[table - 1];
            job.Parallel(job.Shape.Partitions, _maps.Length + 1, (worker, partition) =>
            {
                // One of them tells how far all are.
                if (worker == 0)
                    job.Report(PlotPhase.Backward, table, partition, job.Shape.Partitions);
                job.Options.CancellationToken.ThrowIfCancellationRequested();
                Mark(table, partition, worker == 0 ? below : _maps[worker - 1]);
            });
            foreach (var map in _maps)
                below.TakeFrom(map);
        }
    }

    /// <summary>A map for each thread but the first, long enough for every table.</summary>
    private static BitMap[] MakeMaps(PlotJob job, PlotTables tables)
    {
        var length = Enumerable.Range(2, PlotConstants.Tables - 2).Max(table => tables.Bases[table][^1]);
        var most = Math.Min(job.Threads, job.Shape.Partitions) - 1;
        return [.. Enumerable.Range(0, (int)Math.Min(most, MostMaps / (length / 8))).Select(_ => new BitMap(length))];
    }

    private void Mark(int table, int partition, BitMap below)
    {
        if (table == PlotConstants.Tables)
            MarkFromLast(tables.Last[partition], below);
        else
            Mark(tables.Links[table][partition], tables.Bases[table][partition], tables.Used[table], below);
    }

    private static void Mark(ChunkList links, long basePosition, BitMap used, BitMap below)
    {
        var cursor = links.Read();
        while (cursor.TryGetRest(out var rest))
        {
            foreach (var link in MemoryMarshal.Cast<byte, ulong>(rest))
            {
                if (!used[basePosition + Link.Place(link)])
                    continue;
                long left = Link.Left(link);
                below.Set(left);
                below.Set(left + Link.Offset(link));
            }

            cursor.Advance(rest.Length);
        }
    }

    private static void MarkFromLast(ChunkList records, BitMap below)
    {
        var cursor = records.Read();
        while (cursor.TryGetRest(out var rest))
        {
            for (var i = 0; i < rest.Length; i += records.RecordBytes)
            {
                ref var record = ref MemoryMarshal.GetReference(rest[i..]);
                long left = ForwardRecord.Left(ref record);
                below.Set(left);
                below.Set(left + ForwardRecord.Offset(ref record));
            }

            cursor.Advance(rest.Length);
        }
    }
}
