using System.Numerics;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>Phase 4 (POSPACE.md 8.1, step 4, and 6.4, 6.5): P7 and the checkpoints.</summary>
internal sealed class CheckpointPass(PlotJob job, PlotFileWriter writer)
{
    /// <summary>Which of the lists that <see cref="CompressPass.Run"/> returns an f7 value goes to: by its leading bits.</summary>
    public static int PartitionOf(ulong f7, PlotShape shape) => (int)(f7 >> (shape.K - Bits(shape)));

    /// <summary>Runs the phase and returns the number of entries.</summary>
    public long Run(ChunkList[] entries)
    {
        var total = entries.Sum(list => list.Count);
        writer.BeginCheckpoints(total);
        var span = 1UL << (job.Shape.K - Bits(job.Shape));
        var sorters = Enumerable.Range(0, job.Threads).Select(_ => new SpreadSorter()).ToArray();
        for (var first = 0; first < entries.Length; first += job.Threads)
        {
            job.Report(PlotPhase.Checkpoints, PlotConstants.Tables, first, entries.Length);
            var count = Math.Min(job.Threads, entries.Length - first);
            job.Parallel(count, i => Sort(entries[first + i], (uint)(first + i) * span, span, sorters[i]));
            for (var i = 0; i < count; i++)
                writer.AddEntries(sorters[i].SortedKeys, (uint)(first + i) * span, sorters[i].SortedValues);
        }

        writer.EndCheckpoints();
        return total;
    }

    // f7 inside its range as key, the index in P6 as value.
    private static void Sort(ChunkList source, ulong lowest, ulong span, SpreadSorter sorter)
    {
        var words = new ulong[source.Count];
        source.Drain(MemoryMarshal.AsBytes(words.AsSpan()));
        sorter.Prepare(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            sorter.Keys[i] = (uint)words[i] - lowest;
            sorter.Values[i] = words[i] >> 32;
        }

        sorter.Sort(span);
    }

    // Not more ranges than there are partitions of y.
    private static int Bits(PlotShape shape) => BitOperations.Log2((uint)shape.Partitions);
}
