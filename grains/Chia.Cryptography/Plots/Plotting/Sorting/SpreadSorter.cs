using System.Numerics;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Sorts (key, value) pairs whose keys are spread evenly over a range: one pass into as many small heaps as there are pairs, then
/// insertion. Evenly spread they are: line points of random pairs, and f7 values. Any other input only takes longer.
/// </summary>
internal sealed class SpreadSorter
{
    // A heap that gets more than this is no longer a matter of a few comparisons.
    private const int InsertionLimit = 32;

    private ulong[] _keys = [], _values = [], _sortedKeys = [], _sortedValues = [];
    private int[] _starts = [];

    /// <summary>Number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>Keys: to be filled after <see cref="Prepare"/>.</summary>
    public Span<ulong> Keys => _keys.AsSpan(0, Count);

    /// <summary>Values: to be filled after <see cref="Prepare"/>.</summary>
    public Span<ulong> Values => _values.AsSpan(0, Count);

    /// <summary>Keys in ascending order, after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<ulong> SortedKeys => _sortedKeys.AsSpan(0, Count);

    /// <summary>The values of those keys; ascending where keys are equal.</summary>
    public ReadOnlySpan<ulong> SortedValues => _sortedValues.AsSpan(0, Count);

    /// <summary>Makes room.</summary>
    public void Prepare(int count)
    {
        Count = count;
        if (_keys.Length >= count)
            return;
        var size = count + (count / 8);
        (_keys, _values, _sortedKeys, _sortedValues) = (new ulong[size], new ulong[size], new ulong[size], new ulong[size]);
    }

    /// <summary>Sorts pairs whose keys are below a bound.</summary>
    public void Sort(ulong keyBound)
    {
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(keyBound) - Math.Max(1, BitOperations.Log2((uint)Count | 1)));
        var heaps = (int)(keyBound >> shift) + 1;
        if (_starts.Length < heaps + 1)
            _starts = new int[heaps + 1];
        var starts = _starts.AsSpan(0, heaps + 1);
        starts.Clear();
        foreach (var key in Keys)
            starts[(int)(key >> shift) + 1]++;
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        for (var i = 0; i < Count; i++)
        {
            var place = starts[(int)(_keys[i] >> shift)]++;
            _sortedKeys[place] = _keys[i];
            _sortedValues[place] = _values[i];
        }

        // Each start has moved to the end of its heap.
        var from = 0;
        foreach (var to in starts[..heaps])
        {
            SortHeap(from, to);
            from = to;
        }
    }

    private void SortHeap(int from, int to)
    {
        if (to - from > InsertionLimit)
        {
            Array.Sort(_sortedKeys, _sortedValues, from, to - from);
            SortEqualKeys(from, to);
            return;
        }

        for (var i = from + 1; i < to; i++)
        {
            ulong key = _sortedKeys[i], value = _sortedValues[i];
            var j = i;
            for (; j > from && (_sortedKeys[j - 1] > key || (_sortedKeys[j - 1] == key && _sortedValues[j - 1] > value)); j--)
            {
                _sortedKeys[j] = _sortedKeys[j - 1];
                _sortedValues[j] = _sortedValues[j - 1];
            }

            _sortedKeys[j] = key;
            _sortedValues[j] = value;
        }
    }

    private void SortEqualKeys(int from, int to)
    {
        for (var i = from; i < to;)
        {
            var end = i + 1;
            while (end < to && _sortedKeys[end] == _sortedKeys[i])
                end++;
            _sortedValues.AsSpan(i, end - i).Sort();
            i = end;
        }
    }
}
