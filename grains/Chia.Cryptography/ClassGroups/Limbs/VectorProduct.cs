using System.Runtime.CompilerServices;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// Products of limbs on the vector unit, which multiplies 32 bits by 32: factors are cut into pieces of 28 bits, two in every seven bytes,
/// and each lane sums up a column of piece products. 74 of these stay below 2^63, so that nothing is carried before the end; there the
/// pieces are put together two by two, seven bytes each.
/// </summary>
internal static unsafe class VectorProduct<TLanes, TVector>
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
{
    /// <summary>Longest factor: 74 pieces.</summary>
    public const int MostLimbs = 32;

    private const int PieceBits = 28;
    private const int PairBytes = 2 * PieceBits / 8;
    private const ulong PieceMask = (1UL << PieceBits) - 1;
    private const int MostPieces = 2 * (((8 * MostLimbs) + PairBytes - 1) / PairBytes);

    /// <summary>Columns summed up at a time: a vector of the widest, two of the others.</summary>
    private const int Columns = 8;

    /// <summary>r[0..xn+yn) = x·y, with 32 ≥ xn ≥ yn ≥ 1; r overlaps neither.</summary>
    [SkipLocalsInit]
    public static void Multiply(ulong* r, ulong* x, int xn, ulong* y, int yn)
    {
        var memory = stackalloc ulong[MostPieces + (Columns + MostPieces + Columns) + (1 + (2 * MostPieces) + Columns)];
        ulong* left = memory, right = left + MostPieces + Columns, columns = right + MostPieces + Columns + 1;
        int leftCount = Split(left, x, xn), rightCount = Split(right, y, yn);
        for (var i = 0; i < Columns; i++)
            right[i - Columns] = right[rightCount + i] = 0;

        var count = leftCount + rightCount;
        for (var column = 0; column < count; column += Columns)
        {
            var (first, end) = (Math.Max(0, column - rightCount + 1), Math.Min(leftCount, column + Columns));
            SumColumns(columns + column, left + first, right + column - first, end - first);
        }

        // Each column's upper bits to the next, all at once; below 2^36 afterwards.
        columns[-1] = 0;
        for (var column = (count - 1) / TLanes.Count * TLanes.Count; column >= 0; column -= TLanes.Count)
        {
            var sums = TLanes.Load(columns + column);
            TLanes.Store(TLanes.Carried(sums, TLanes.Load(columns + column - 1), PieceBits), columns + column);
        }

        Join(r, columns, 8 * (xn + yn));
    }

    /// <summary>Eight columns: up[0]·down[0 …] + up[1]·down[−1 …] + … .</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumColumns(ulong* columns, ulong* up, ulong* down, int count)
    {
        TVector low = default, high = default;
        if (TLanes.Count == Columns)
        {
            // An addition takes two cycles: every second product has sums of its own.
            for (; count >= 2; count -= 2, up += 2, down -= 2)
            {
                low = TLanes.AddProduct(low, TLanes.Spread(up[0]), TLanes.Load(down));
                high = TLanes.AddProduct(high, TLanes.Spread(up[1]), TLanes.Load(down - 1));
            }

            if (count != 0)
                low = TLanes.AddProduct(low, TLanes.Spread(up[0]), TLanes.Load(down));
            TLanes.Store(TLanes.Add(low, high), columns);
            return;
        }

        for (; count > 0; count--, up++, down--)
        {
            var piece = TLanes.Spread(*up);
            low = TLanes.AddProduct(low, piece, TLanes.Load(down));
            high = TLanes.AddProduct(high, piece, TLanes.Load(down + TLanes.Count));
        }

        TLanes.Store(low, columns);
        TLanes.Store(high, columns + TLanes.Count);
    }

    /// <summary>Cuts limbs into an even number of pieces.</summary>
    private static int Split(ulong* pieces, ulong* limbs, int n)
    {
        var (bytes, offset, count) = (8 * n, 0, 0);
        for (; offset + sizeof(ulong) <= bytes; offset += PairBytes, count += 2)
            Put(pieces + count, Unsafe.ReadUnaligned<ulong>((byte*)limbs + offset));
        if (offset < bytes)
        {
            // What is left is the upper part of the last limb.
            Put(pieces + count, limbs[n - 1] >> (8 * (sizeof(ulong) - (bytes - offset))));
            count += 2;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ulong* pieces, ulong value)
    {
        pieces[0] = value & PieceMask;
        pieces[1] = (value >> PieceBits) & PieceMask;
    }

    /// <summary>Writes each pair of columns, seven bytes and a carry, over the byte that the one before left clear.</summary>
    private static void Join(ulong* limbs, ulong* columns, int bytes)
    {
        ulong carry = 0;
        var offset = 0;
        for (; offset + sizeof(ulong) <= bytes; offset += PairBytes, columns += 2)
        {
            carry += columns[0] + (columns[1] << PieceBits);
            Unsafe.WriteUnaligned((byte*)limbs + offset, carry & ((1UL << (2 * PieceBits)) - 1));
            carry >>= 2 * PieceBits;
        }

        if (offset == bytes)
            return;
        carry += columns[0] + (columns[1] << PieceBits);
        for (; offset < bytes; offset++, carry >>= 8)
            ((byte*)limbs)[offset] = (byte)carry;
    }
}
