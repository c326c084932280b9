namespace Chia.Cryptography.Plots;

/// <summary>The line points of one partition, sorted. Buffers are kept from one partition to the next.</summary>
internal sealed class PointSorter
{
    private readonly SpreadSorter _sorter = new();
    private byte[] _records = [];

    /// <summary>Distances of the line points from where their partition begins, ascending.</summary>
    public ReadOnlySpan<ulong> Keys => _sorter.SortedKeys;

    /// <summary>What <see cref="CompressRecord.Key"/> says of each.</summary>
    public ReadOnlySpan<ulong> Values => _sorter.SortedValues;

    /// <summary>Takes the line points from <paramref name="lowest"/> to below <paramref name="lowest"/> + <paramref name="span"/>; gives
    /// up the list.</summary>
    public void Sort(ChunkList source, ulong lowest, ulong span)
    {
        var count = (int)source.Count;
        if (_records.Length < count * CompressRecord.Bytes)
            _records = new byte[(count + (count / 8)) * CompressRecord.Bytes];
        source.Drain(_records);
        _sorter.Prepare(count);
        Span<ulong> keys = _sorter.Keys, values = _sorter.Values;
        for (var i = 0; i < count; i++)
        {
            ref var record = ref _records[i * CompressRecord.Bytes];
            keys[i] = CompressRecord.LinePoint(ref record) - lowest;
            values[i] = CompressRecord.Key(ref record);
        }

        _sorter.Sort(span);
    }
}
