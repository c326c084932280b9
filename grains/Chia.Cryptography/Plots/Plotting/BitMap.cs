using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Plots;

/// <summary>A mark for each of up to 2^32 entries of a table.</summary>
internal sealed class BitMap(long length)
{
    private readonly ulong[] _words = new ulong[(length + 63) / 64];

    /// <summary>Whether an entry is marked.</summary>
    public bool this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_words[index >> 6] >> (int)index & 1) != 0;
    }

    /// <summary>Marks an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long index) => _words[index >> 6] |= 1UL << (int)index;

    /// <summary>Takes over the marks of another map, at least as long, which is empty afterwards.</summary>
    public void TakeFrom(BitMap other)
    {
        var others = other._words.AsSpan(0, _words.Length);
        for (var i = 0; i < _words.Length; i++)
            _words[i] |= others[i];
        others.Clear();
    }
}
