using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Montgomery products on the floating-point unit: fma(x, y, 1.5·2^102) rounds x·y to a multiple of 2^50, whose factor stands in the
/// mantissa as a signed integer, and fma(x, y, 1.5·2^52 - that multiple) holds the signed rest in the same way. The bit patterns are added
/// up as integers; what the exponents in them add up to is known beforehand, and the sums begin with it negated.
/// </summary>
internal unsafe partial struct FqLanes
{
    private const double TwoTo50 = 1L << 50;
    private const double TwoTo52 = 1L << 52;

    // Products stay below 2^101 either way, so that sums stay in the binade of 2^102, where neighbours are 2^50 apart.
    private const double HighMagic = 1.5 * TwoTo52 * TwoTo50;
    private const double LowMagic = 1.5 * TwoTo52;

    /// <summary>The bits of the two constants.</summary>
    private const long HighBias = 0x4658L << 48;
    private const long LowBias = 0x4338L << 48;
    private const long Both = unchecked(HighBias + LowBias);

    private const long Mask = (1L << Bits) - 1;

    /// <summary>-1/q modulo 2^50.</summary>
    private const long QInverse = 0x3fffcfffcfffdL;

    /// <summary>r = x·y/R.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(FqLanes* r, FqLanes* x, FqLanes* y)
    {
        double* factor = (double*)x, row = (double*)y, q = (double*)LaneConstants.Modulus;
        Vector512<long> high, low;
        var a0 = Vector512.Create(unchecked(-((0 * 2 * Both) + (1 * LowBias))));
        var a1 = Vector512.Create(unchecked(-((1 * 2 * Both) + (1 * LowBias))));
        var a2 = Vector512.Create(unchecked(-((2 * 2 * Both) + (1 * LowBias))));
        var a3 = Vector512.Create(unchecked(-((3 * 2 * Both) + (1 * LowBias))));
        var a4 = Vector512.Create(unchecked(-((4 * 2 * Both) + (1 * LowBias))));
        var a5 = Vector512.Create(unchecked(-((5 * 2 * Both) + (1 * LowBias))));
        var a6 = Vector512.Create(unchecked(-((6 * 2 * Both) + (1 * LowBias))));
        var a7 = Vector512.Create(unchecked(-((7 * 2 * Both) + (1 * LowBias))));

        // What enters at the top in the last rows has met fewer products when it is read.
        var fresh = Vector512.Create(unchecked(-((2 * HighBias) + (7 * 2 * Both))));
        for (var i = 0; i < Length; i += Lanes)
        {
            var a8 = fresh;
            fresh += Vector512.Create(unchecked(2 * Both));
            var limb = Vector512.LoadAligned(factor + i);
            Product(limb, Vector512.LoadAligned(row), out high, out low);
            a0 += low;
            a1 += high;
            Product(limb, Vector512.LoadAligned(row + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(limb, Vector512.LoadAligned(row + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(limb, Vector512.LoadAligned(row + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(limb, Vector512.LoadAligned(row + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(limb, Vector512.LoadAligned(row + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(limb, Vector512.LoadAligned(row + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(limb, Vector512.LoadAligned(row + 56), out high, out low);
            a7 += low;
            a8 += high;

            // The digit that makes the lowest sum divisible by 2^50.
            var digit = Digit(a0);
            Product(digit, Vector512.LoadAligned(q), out high, out low);
            a1 += high + Vector512.ShiftRightArithmetic(a0 + (low - Vector512.Create(LowBias)), Bits);
            Product(digit, Vector512.LoadAligned(q + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(digit, Vector512.LoadAligned(q + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(digit, Vector512.LoadAligned(q + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(digit, Vector512.LoadAligned(q + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(digit, Vector512.LoadAligned(q + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(digit, Vector512.LoadAligned(q + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(digit, Vector512.LoadAligned(q + 56), out high, out low);
            a7 += low;
            a8 += high;
            (a0, a1, a2, a3, a4, a5, a6, a7) = (a1, a2, a3, a4, a5, a6, a7, a8);
        }

        StoreTight(r, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    /// <summary>r = (x·y + z·w)/R, for the price of one and a half products.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAdd(FqLanes* r, FqLanes* x, FqLanes* y, FqLanes* z, FqLanes* w)
    {
        double* factor = (double*)x, row = (double*)y, otherFactor = (double*)z, otherRow = (double*)w, q = (double*)LaneConstants.Modulus;
        Vector512<long> high, low;
        var a0 = Vector512.Create(unchecked(-((0 * 3 * Both) + (2 * LowBias))));
        var a1 = Vector512.Create(unchecked(-((1 * 3 * Both) + (2 * LowBias))));
        var a2 = Vector512.Create(unchecked(-((2 * 3 * Both) + (2 * LowBias))));
        var a3 = Vector512.Create(unchecked(-((3 * 3 * Both) + (2 * LowBias))));
        var a4 = Vector512.Create(unchecked(-((4 * 3 * Both) + (2 * LowBias))));
        var a5 = Vector512.Create(unchecked(-((5 * 3 * Both) + (2 * LowBias))));
        var a6 = Vector512.Create(unchecked(-((6 * 3 * Both) + (2 * LowBias))));
        var a7 = Vector512.Create(unchecked(-((7 * 3 * Both) + (2 * LowBias))));

        // What enters at the top in the last rows has met fewer products when it is read.
        var fresh = Vector512.Create(unchecked(-((3 * HighBias) + (7 * 3 * Both))));
        for (var i = 0; i < Length; i += Lanes)
        {
            var a8 = fresh;
            fresh += Vector512.Create(unchecked(3 * Both));
            var limb = Vector512.LoadAligned(factor + i);
            Product(limb, Vector512.LoadAligned(row), out high, out low);
            a0 += low;
            a1 += high;
            Product(limb, Vector512.LoadAligned(row + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(limb, Vector512.LoadAligned(row + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(limb, Vector512.LoadAligned(row + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(limb, Vector512.LoadAligned(row + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(limb, Vector512.LoadAligned(row + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(limb, Vector512.LoadAligned(row + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(limb, Vector512.LoadAligned(row + 56), out high, out low);
            a7 += low;
            a8 += high;
            limb = Vector512.LoadAligned(otherFactor + i);
            Product(limb, Vector512.LoadAligned(otherRow), out high, out low);
            a0 += low;
            a1 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(limb, Vector512.LoadAligned(otherRow + 56), out high, out low);
            a7 += low;
            a8 += high;

            // The digit that makes the lowest sum divisible by 2^50.
            var digit = Digit(a0);
            Product(digit, Vector512.LoadAligned(q), out high, out low);
            a1 += high + Vector512.ShiftRightArithmetic(a0 + (low - Vector512.Create(LowBias)), Bits);
            Product(digit, Vector512.LoadAligned(q + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(digit, Vector512.LoadAligned(q + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(digit, Vector512.LoadAligned(q + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(digit, Vector512.LoadAligned(q + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(digit, Vector512.LoadAligned(q + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(digit, Vector512.LoadAligned(q + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(digit, Vector512.LoadAligned(q + 56), out high, out low);
            a7 += low;
            a8 += high;
            (a0, a1, a2, a3, a4, a5, a6, a7) = (a1, a2, a3, a4, a5, a6, a7, a8);
        }

        StoreTight(r, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Vector512<double> x, Vector512<double> y, out Vector512<long> high, out Vector512<long> low)
    {
        var upper = Vector512.FusedMultiplyAdd(x, y, Vector512.Create(HighMagic));
        high = upper.AsInt64();
        low = Vector512.FusedMultiplyAdd(x, y, Vector512.Create(HighMagic + LowMagic) - upper).AsInt64();
    }

    /// <summary>The digit m below 2^50 with sum + m·q = 0 modulo 2^50.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Digit(Vector512<long> sum)
    {
        var digit = (sum * Vector512.Create(QInverse)) & Vector512.Create(Mask);
        return (digit | Vector512.Create(0x433L << 52)).AsDouble() - Vector512.Create(TwoTo52);
    }

    /// <summary>Brings sums to tight limbs, all at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTight(
        FqLanes* r, Vector512<long> a0, Vector512<long> a1, Vector512<long> a2, Vector512<long> a3,
        Vector512<long> a4, Vector512<long> a5, Vector512<long> a6, Vector512<long> a7)
    {
        Store(r, 0, Carried(a0, Vector512<long>.Zero, out var carry));
        Store(r, 1, Carried(a1, carry, out carry));
        Store(r, 2, Carried(a2, carry, out carry));
        Store(r, 3, Carried(a3, carry, out carry));
        Store(r, 4, Carried(a4, carry, out carry));
        Store(r, 5, Carried(a5, carry, out carry));
        Store(r, 6, Carried(a6, carry, out carry));
        Store(r, 7, ToDouble(a7 + carry));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Carried(Vector512<long> sum, Vector512<long> below, out Vector512<long> carry)
    {
        carry = Vector512.ShiftRightArithmetic(sum + Vector512.Create(1L << (Bits - 1)), Bits);
        return ToDouble(sum - (carry << Bits) + below);
    }

    /// <summary>The double of an integer of up to 51 bits either way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<long> value) =>
        (value + Vector512.Create(LowBias)).AsDouble() - Vector512.Create(LowMagic);
}
