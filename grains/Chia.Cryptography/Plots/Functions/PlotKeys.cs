using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Plots;

/// <summary>The expanded keys of a plot (POSPACE.md 2.2), held inline so that a verification allocates nothing.</summary>
internal struct PlotKeys
{
    private FullKey _full;
    private ShortKeySet _short;
    private readonly bool _software;

    /// <summary>Expands the keys.</summary>
    /// <param name="plotId">32 bytes; the last one is never used, the ones before it from 15 on only by f1.</param>
    /// <param name="software">True: leave AES instructions alone even where there are any.</param>
    public PlotKeys(ReadOnlySpan<byte> plotId, bool software)
    {
        _software = software;
        Span<byte> key = stackalloc byte[32];
        key[0] = 1;
        plotId[..31].CopyTo(key[1..]);
        AesRounds.ExpandKey(key, _full);
        for (var table = 2; table <= PlotConstants.Tables; table++)
        {
            key[0] = (byte)table;
            AesRounds.ExpandKey(key[..16], ((Span<Vector128<byte>>)_short).Slice((table - 2) * AesRounds.ShortKeys, AesRounds.ShortKeys));
        }
    }

    /// <summary>A256 under K1.</summary>
    public readonly Vector128<byte> EncryptFull(Vector128<byte> block) => AesRounds.EncryptFull(_full, block, _software);

    /// <summary>A2 under the key of a table, 2 … 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector128<byte> EncryptShort(int table, Vector128<byte> block) => AesRounds.EncryptShort(
        ((ReadOnlySpan<Vector128<byte>>)_short).Slice((table - 2) * AesRounds.ShortKeys, AesRounds.ShortKeys), block, _software);

    [InlineArray(AesRounds.FullKeys)]
    private struct FullKey
    {
        private Vector128<byte> _first;
    }

    [InlineArray(AesRounds.ShortKeys * (PlotConstants.Tables - 1))]
    private struct ShortKeySet
    {
        private Vector128<byte> _first;
    }
}
