using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// The values (x, or the index in the P table below) of two neighbouring partitions of a table, by position: enough for every pair
/// whose left child is in the first.
/// </summary>
/// <param name="job">On whose threads values are put in their places.</param>
/// <param name="lists">The values, by partition; given up.</param>
/// <param name="bases">Position of the first entry of each partition.</param>
/// <param name="inOrder">The values lie in the order of their positions.</param>
internal sealed class ValueWindow(PlotJob job, ChunkList[] lists, long[] bases, bool inOrder)
{
    private uint[] _values = [];
    private byte[] _bytes = [];
    private int _loaded;

    /// <summary>Values of the current partition and the next.</summary>
    public ReadOnlySpan<uint> Values => _values;

    /// <summary>Moves on to a partition: 0, then 1, 2, … Gives up the lists as it goes.</summary>
    public void MoveTo(int partition)
    {
        var count = Length(partition);
        var needed = count + (partition + 1 < lists.Length ? Length(partition + 1) : 0);
        var previous = partition > 0 ? Length(partition - 1) : 0;
        var carried = _loaded - previous;
        if (_values.Length < needed)
        {
            var grown = new uint[needed + (needed / 8)];
            _values.AsSpan(previous, Math.Max(0, carried)).CopyTo(grown);
            _values = grown;
        }
        else if (carried > 0)
        {
            _values.AsSpan(previous, carried).CopyTo(_values);
        }

        if (partition == 0)
            Load(0, 0);
        if (partition + 1 < lists.Length)
            Load(partition + 1, count);
        _loaded = needed;
    }

    private int Length(int partition) => (int)(bases[partition + 1] - bases[partition]);

    private void Load(int partition, int offset)
    {
        var list = lists[partition];
        var target = _values.AsSpan(offset, Length(partition));
        if (inOrder)
        {
            list.Drain(MemoryMarshal.AsBytes(target));
            return;
        }

        // (place, value), in the order of the values; entries that were dropped leave holes.
        var size = (int)list.Count * sizeof(ulong);
        if (_bytes.Length < size)
            _bytes = new byte[size + (size / 8)];
        var count = (int)list.Count;
        list.Drain(_bytes);
        int Share(int worker) => (int)((long)count * worker / job.Threads);
        job.Parallel(job.Threads, worker => Place(offset, Share(worker), Share(worker + 1)));
    }

    // Every value has a place of its own: threads do not meet.
    private void Place(int offset, int from, int to)
    {
        var values = _values.AsSpan(offset);
        foreach (var pair in MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan())[from..to])
            values[(int)(uint)pair] = (uint)(pair >> 32);
    }
}
