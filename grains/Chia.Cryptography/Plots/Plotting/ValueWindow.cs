using System.Runtime.InteropServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// The values (x, or the index in the P table below) of neighbouring partitions of a table, by position: the children of every pair whose
/// left child is in a partition are in it and the next, and one more may be loaded meanwhile.
/// </summary>
/// <param name="lists">The values, by partition; given up.</param>
/// <param name="bases">Position of the first entry of each partition.</param>
/// <param name="inOrder">The values lie in the order of their positions.</param>
internal sealed class ValueWindow(ChunkList[] lists, long[] bases, bool inOrder)
{
    private readonly uint[][] _values = [[], [], []];
    private byte[] _bytes = [];

    /// <summary>Values of a partition that was loaded among the last three; none behind the last partition.</summary>
    public ReadOnlySpan<uint> this[int partition] =>
        partition < lists.Length ? _values[partition % _values.Length].AsSpan(0, Length(partition)) : [];

    /// <summary>Loads a partition, one at a time: 0, then 1, 2, … Gives up its list.</summary>
    public void Load(int partition)
    {
        ref var values = ref _values[partition % _values.Length];
        if (values.Length < Length(partition))
            values = new uint[Length(partition) * 9L / 8];
        if (inOrder)
            lists[partition].Drain(MemoryMarshal.AsBytes(values.AsSpan(0, Length(partition))));
        else
            Place(lists[partition], values);
    }

    private int Length(int partition) => (int)(bases[partition + 1] - bases[partition]);

    // (place, value), in the order of the values; entries that were dropped leave holes.
    private void Place(ChunkList list, Span<uint> values)
    {
        var size = (int)list.Count * sizeof(ulong);
        if (_bytes.Length < size)
            _bytes = new byte[size * 9L / 8];
        list.Drain(_bytes);
        foreach (var pair in MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan(0, size)))
            values[(int)(uint)pair] = (uint)(pair >> 32);
    }
}
