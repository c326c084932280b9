using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.ClassGroups;

// Squares, their reductions, and multiplication by the base.
internal sealed unsafe partial class VectorStrongTest
{
    /// <summary>sums ← x², less the constants that the reduction will add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Square(double* x, ulong* sums)
    {
        var n = _n;
        for (var k = 0; k < 2 * n; k++)
            Vector512.Create(_crossBias[k]).StoreAligned(sums + (Lanes * k));
        var row = 0;
        for (; row + 7 <= n; row += 4)
        {
            // What the four limbs have with each other and with the next three, until all four go together.
            var limbs = x + (Lanes * row);
            var sum = sums + (Lanes * ((2 * row) + 1));
            Vector512<double> f0 = Limb(limbs, 0), f1 = Limb(limbs, 1), f2 = Limb(limbs, 2), f3 = Limb(limbs, 3);
            Vector512<double> a = Limb(limbs, 4), b = Limb(limbs, 5), c = Limb(limbs, 6);
            Product(f0, f1, out var high, out var low);
            AddTo(sum, low);
            Product(f0, f2, out var nextHigh, out low);
            AddTo(sum + Lanes, low + high);
            high = nextHigh;
            Product(f0, f3, out nextHigh, out low);
            Accumulate(f1, f2, ref nextHigh, ref low);
            AddTo(sum + (2 * Lanes), low + high);
            high = nextHigh;
            Product(f0, a, out nextHigh, out low);
            Accumulate(f1, f3, ref nextHigh, ref low);
            AddTo(sum + (3 * Lanes), low + high);
            high = nextHigh;
            Product(f0, b, out nextHigh, out low);
            Accumulate(f1, a, ref nextHigh, ref low);
            Accumulate(f2, f3, ref nextHigh, ref low);
            AddTo(sum + (4 * Lanes), low + high);
            high = nextHigh;
            Product(f0, c, out nextHigh, out low);
            Accumulate(f1, b, ref nextHigh, ref low);
            Accumulate(f2, a, ref nextHigh, ref low);
            AddTo(sum + (5 * Lanes), low + high);
            AddFourRows(f0, f1, f2, f3, limbs + (7 * Lanes), sum + (6 * Lanes), n - row - 7, c, b, a, nextHigh);
        }

        for (; row < n - 1; row++)
        {
            var limbs = x + (Lanes * row);
            AddRow(Limb(limbs, 0), limbs + Lanes, sums + (Lanes * ((2 * row) + 1)), n - row - 1, Vector512<ulong>.Zero);
        }

        for (var i = 0; i < n; i++)
        {
            var limb = Vector512.LoadAligned(x + (Lanes * i));
            Product(limb, limb, out var high, out var low);
            var k = Lanes * 2 * i;
            var even = Vector512.LoadAligned(sums + k) << 1;
            var odd = Vector512.LoadAligned(sums + k + Lanes) << 1;
            (even + low + Vector512.Create(_reductionBias[2 * i] - LowBias)).StoreAligned(sums + k);
            (odd + high + Vector512.Create(_reductionBias[(2 * i) + 1] - HighBias)).StoreAligned(sums + k + Lanes);
        }
    }

    /// <summary>The upper n sums ← (sums + multiple of M)/R, not yet carried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reduce(double* modulus, ulong* sums)
    {
        var n = _n;
        var i = 0;
        for (; i + 4 <= n; i += 4)
        {
            // Each digit of the four waits for the products of those before it in its own column; the rest of all rows goes together.
            var sum = sums + (Lanes * i);
            Vector512<double> m1 = Limb(modulus, 1), m2 = Limb(modulus, 2), m3 = Limb(modulus, 3);
            var f0 = Digit(Vector512.LoadAligned(sum), out var carry);
            Product(f0, m1, out var high, out var low);
            var f1 = Digit(Vector512.LoadAligned(sum + Lanes) + (low + carry), out carry);
            Product(f0, m2, out var nextHigh, out low);
            Accumulate(f1, m1, ref nextHigh, ref low);
            var f2 = Digit(Vector512.LoadAligned(sum + (2 * Lanes)) + (low + high + carry), out carry);
            high = nextHigh;
            Product(f0, m3, out nextHigh, out low);
            Accumulate(f1, m2, ref nextHigh, ref low);
            Accumulate(f2, m1, ref nextHigh, ref low);
            var f3 = Digit(Vector512.LoadAligned(sum + (3 * Lanes)) + (low + high + carry), out carry);
            AddFourRows(f0, f1, f2, f3, modulus + (4 * Lanes), sum + (4 * Lanes), n - 4, m3, m2, m1, nextHigh + carry);
        }

        for (; i < n; i++)
        {
            var digit = Digit(Vector512.LoadAligned(sums + (Lanes * i)), out var carry);
            AddRow(digit, modulus + Lanes, sums + (Lanes * (i + 1)), n - 1, carry);
        }
    }

    /// <summary>The next digit of a reduction, and what the place above gets: sum + digit·(2^52 − 1) = 2^52·(⌊sum/2^52⌋ +
    /// digit).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Digit(Vector512<ulong> sum, out Vector512<ulong> carry)
    {
        var digit = sum & Vector512.Create(LimbMask);
        carry = (sum >>> LimbBits) + digit;
        return ToDouble(digit);
    }

    /// <summary>sums[j] += factor·row[j] for j = 0 … count−1, and <paramref name="extra"/> into the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector512<double> factor, double* row, ulong* sums, int count, Vector512<ulong> extra)
    {
        var carry = extra;
        var end = row + (Lanes * count);
        for (; row < end; row += Lanes, sums += Lanes)
        {
            Product(factor, Vector512.LoadAligned(row), out var high, out var low);
            (Vector512.LoadAligned(sums) + (low + carry)).StoreAligned(sums);
            carry = high;
        }

        (Vector512.LoadAligned(sums) + carry).StoreAligned(sums);
    }

    /// <summary>
    /// Four rows at a time, each one place above the one before: sums[j] += f0·row[j] + f1·row[j-1] + f2·row[j-2] + f3·row[j-3] for j =
    /// 0 … count−1 and what of it is left above, upper halves one place higher. l1, l2 and l3 are the limbs before row; the carry goes
    /// into the first. So every sum is loaded and stored once for eight additions, and a limb is loaded once for four products: the vector
    /// units are what is left to wait for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourRows(
        Vector512<double> f0, Vector512<double> f1, Vector512<double> f2, Vector512<double> f3, double* row, ulong* sums, int count,
        Vector512<double> l1, Vector512<double> l2, Vector512<double> l3, Vector512<ulong> carry)
    {
        Vector512<ulong> high, low;
        for (var end = row + (Lanes * count); row < end; row += Lanes, sums += Lanes)
        {
            var l0 = Vector512.LoadAligned(row);
            Product(f0, l0, out high, out low);
            Accumulate(f1, l1, ref high, ref low);
            Accumulate(f2, l2, ref high, ref low);
            Accumulate(f3, l3, ref high, ref low);
            AddTo(sums, low + carry);
            carry = high;
            l3 = l2;
            l2 = l1;
            l1 = l0;
        }

        Product(f1, l1, out high, out low);
        Accumulate(f2, l2, ref high, ref low);
        Accumulate(f3, l3, ref high, ref low);
        AddTo(sums, low + carry);
        carry = high;
        Product(f2, l1, out high, out low);
        Accumulate(f3, l2, ref high, ref low);
        AddTo(sums + Lanes, low + carry);
        carry = high;
        Product(f3, l1, out high, out low);
        AddTo(sums + (2 * Lanes), low + carry);
        AddTo(sums + (3 * Lanes), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector512<double> x, Vector512<double> y, ref Vector512<ulong> high, ref Vector512<ulong> low)
    {
        Product(x, y, out var upper, out var lower);
        high += upper;
        low += lower;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ulong* sum, Vector512<ulong> value) => (Vector512.LoadAligned(sum) + value).StoreAligned(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Limb(double* x, int i) => Vector512.LoadAligned(x + (Lanes * i));

    /// <summary>x ← sums, or the base times sums where the mask is set, as limbs below 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyAndCarry(double* x, ulong* sums, Vector512<ulong> mask, Vector512<ulong> shifts)
    {
        var carry = Vector512<ulong>.Zero;
        for (var i = 0; i < _n; i++)
        {
            var sum = Vector512.LoadAligned(sums + (Lanes * i));
            sum += (Avx512F.ShiftLeftLogicalVariable(sum, shifts) & mask) + carry;
            carry = sum >>> LimbBits;
            ToDouble(sum & Vector512.Create(LimbMask)).StoreAligned(x + (Lanes * i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Vector512<double> x, Vector512<double> y, out Vector512<ulong> high, out Vector512<ulong> low)
    {
        var upper = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104), FloatRoundingMode.ToZero);
        high = upper.AsUInt64();
        low = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104 + TwoTo52) - upper, FloatRoundingMode.ToZero).AsUInt64();
    }

    /// <summary>The double of an integer below 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<ulong> value) =>
        (value | Vector512.Create(LowBias)).AsDouble() - Vector512.Create(TwoTo52);
}
