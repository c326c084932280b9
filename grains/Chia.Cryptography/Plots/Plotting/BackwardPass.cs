using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>Phase 2 (POSPACE.md 8.1, step 2): from table 7 down, marks the entries of tables 6 … 2 that lead to a proof.</summary>
internal sealed class BackwardPass(PlotJob job, PlotTables tables)
{
    /// <summary>Runs the phase.</summary>
    public void Run()
    {
        for (var table = PlotConstants.Tables - 1; table > 1; table--)
            tables.Used[table] = new BitMap(tables.Bases[table][^1]);
        var partitions = job.Shape.Partitions;
        for (var partition = 0; partition < partitions; partition++)
        {
            job.Report(PlotPhase.Backward, PlotConstants.Tables, partition, partitions);
            MarkFromLast(tables.Last[partition], tables.Used[PlotConstants.Tables - 1]);
        }

        for (var table = PlotConstants.Tables - 1; table > 2; table--)
        {
            for (var partition = 0; partition < partitions; partition++)
            {
                job.Report(PlotPhase.Backward, table, partition, partitions);
                Mark(tables.Links[table][partition], tables.Bases[table][partition], tables.Used[table], tables.Used[table - 1]);
            }
        }
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
