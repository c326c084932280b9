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

        // One set is sorted while the other is written.
        var sorters = Enumerable.Range(0, 2 * job.Threads).Select(_ => new SpreadSorter()).ToArray();
        var written = 0;
        for (var first = 0; written < entries.Length; first += job.Threads)
        {
            job.Report(PlotPhase.Checkpoints, PlotConstants.Tables, first, entries.Length + job.Threads);
            var sorted = Math.Clamp(entries.Length - first, 0, job.Threads);
            var ready = Math.Min(first, entries.Length);
            job.Parallel(sorted + 1, i =>
            {
                if (i == 0)
                    Write(written, ready, span, sorters);
                else
                    Sort(entries[first + i - 1], (uint)(first + i - 1) * span, span, sorters[(first + i - 1) % sorters.Length]);
            });
            written = ready;
        }

        writer.EndCheckpoints();
        return total;
    }

    private void Write(int from, int to, ulong span, SpreadSorter[] sorters)
    {
        for (var list = from; list < to; list++)
        {
            var sorter = sorters[list % sorters.Length];
            writer.AddEntries(sorter.SortedKeys, (uint)list * span, sorter.SortedValues);
        }
    }

    // f7 inside its range as key, the index in P6 as value.
    private static void Sort(ChunkList source, ulong lowest, ulong span, SpreadSorter sorter)
    {
        sorter.Prepare((int)source.Count);
        Span<ulong> keys = sorter.Keys, words = sorter.Values;
        source.Drain(MemoryMarshal.AsBytes(words));
        for (var i = 0; i < words.Length; i++)
        {
            keys[i] = (uint)words[i] - lowest;
            words[i] >>= 32;
        }

        sorter.Sort(span);
    }

    // Not more ranges than there are partitions of y.
    private static int Bits(PlotShape shape) => BitOperations.Log2((uint)shape.Partitions);
}
