namespace Chia.Cryptography.Plots;

/// <summary>Stable sorting of 64-bit words by some bits in their upper half, in two passes; buffers are kept.</summary>
internal sealed class RadixSorter
{
    private ulong[] _words = [];
    private ulong[] _swap = [];
    private int[] _counts = [];

    /// <summary>Room for the words to sort; the result is found in the same place.</summary>
    public Span<ulong> Prepare(int count)
    {
        if (_words.Length < count)
        {
            _words = new ulong[count + (count / 8)];
            _swap = new ulong[_words.Length];
        }

        return _words.AsSpan(0, count);
    }

    /// <summary>Sorts the first words by bits 32 … 32 + <paramref name="keyBits"/> − 1.</summary>
    public void Sort(int count, int keyBits)
    {
        var low = keyBits / 2;
        Pass(_words.AsSpan(0, count), _swap, 32, low);
        Pass(_swap.AsSpan(0, count), _words, 32 + low, keyBits - low);
    }

    private void Pass(ReadOnlySpan<ulong> source, Span<ulong> target, int shift, int bits)
    {
        if (_counts.Length < 1 << bits)
            _counts = new int[1 << bits];
        var counts = _counts.AsSpan(0, 1 << bits);
        counts.Clear();
        var mask = (uint)counts.Length - 1;
        foreach (var word in source)
            counts[(int)((uint)(word >> shift) & mask)]++;
        var start = 0;
        foreach (ref var count in counts)
            (count, start) = (start, start + count);
        foreach (var word in source)
            target[counts[(int)((uint)(word >> shift) & mask)]++] = word;
    }
}
