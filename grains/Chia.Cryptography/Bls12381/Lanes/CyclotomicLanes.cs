using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Squarings and powers of one element of the cyclotomic subgroup (<see cref="Cyclotomic"/>) across lanes (<see cref="Fq12Across"/>):
/// with (a + ξb)(a + b) − ab − ξab for a² + ξb² the three squarings in Fq4 are six products in Fq2, one product in lanes.
/// </summary>
internal static unsafe class CyclotomicLanes
{
    // Lane i holds the coefficient of w^i: a of the three pairs (a, b), then b.
    private static Vector512<long> OtherOfPair => Vector512.Create(3L, 4, 5, 0, 1, 2, 6, 7);

    private static Vector512<double> FirstOfPair => Vector512.Create(-1L, -1, -1, 0, 0, 0, 0, 0).AsDouble();

    // Where a result's (a + ξb)(a + b) stands, or nothing, and its ab.
    private static Vector512<long> Sums => Vector512.Create(0L, 6, 1, 6, 2, 6, 6, 6);

    private static Vector512<long> Products => Vector512.Create(3L, 5, 4, 3, 5, 4, 6, 6);

    // What of ab, and of its other part with and against u, goes into a result; and the old coefficient.
    private static Vector512<double> OfProduct => Vector512.Create(-6.0, 6, -6, 6, -6, 6, 0, 0);

    private static Vector512<double> OfOtherPart => Vector512.Create(3.0, -6, 3, 0, 3, 0, 0, 0);

    private static Vector512<double> OfOld => Vector512.Create(-2.0, 2, -2, 2, -2, 2, 0, 0);

    /// <summary>r = x^|z| for the curve parameter z (BLS.md 2); r is not x.</summary>
    public static void PowerOfParameter(Fq2Lanes* r, Fq2Lanes* x)
    {
        Fq2Lanes.Copy(r, x);
        for (var bit = 62; bit >= 0; bit--)
        {
            Square(r);
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
                Fq12Across.Multiply(r, r, x);
        }
    }

    /// <summary>x = x² for x in the subgroup, tight.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(Fq2Lanes* x)
    {
        var memory = stackalloc byte[(2 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* left = (Fq2Lanes*)FqLanes.Align(memory), right = left + 1;
        for (var i = 0; i < FqLanes.Length; i += FqLanes.Lanes)
        {
            Vector512<double> real = Load(&x->C0, i), imaginary = Load(&x->C1, i);
            Vector512<double> otherReal = Permute(real, OtherOfPair), otherImaginary = Permute(imaginary, OtherOfPair);

            // a + b and a + ξb in the first three, a and b in the next.
            Store(&left->C0, i, otherReal + (real & FirstOfPair));
            Store(&left->C1, i, otherImaginary + (imaginary & FirstOfPair));
            Store(&right->C0, i, real + ((otherReal - otherImaginary) & FirstOfPair));
            Store(&right->C1, i, imaginary + ((otherReal + otherImaginary) & FirstOfPair));
        }

        Fq2Lanes.Multiply(left, left, right);
        Settle(
            &x->C0, Real(x, left, 0), Real(x, left, 8), Real(x, left, 16), Real(x, left, 24), Real(x, left, 32), Real(x, left, 40),
            Real(x, left, 48), Real(x, left, 56));
        Settle(
            &x->C1, Imaginary(x, left, 0), Imaginary(x, left, 8), Imaginary(x, left, 16), Imaginary(x, left, 24),
            Imaginary(x, left, 32), Imaginary(x, left, 40), Imaginary(x, left, 48), Imaginary(x, left, 56));
    }

    // A limb of the results: up to 14 times a tight one, so that all sums are exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Real(Fq2Lanes* x, Fq2Lanes* product, int offset)
    {
        var real = Load(&product->C0, offset);
        var sum = OfOld * Load(&x->C0, offset);
        sum = Vector512.FusedMultiplyAdd(Vector512.Create(3.0), Permute(real, Sums), sum);
        sum = Vector512.FusedMultiplyAdd(OfProduct, Permute(real, Products), sum);
        return Vector512.FusedMultiplyAdd(OfOtherPart, Permute(Load(&product->C1, offset), Products), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Imaginary(Fq2Lanes* x, Fq2Lanes* product, int offset)
    {
        var imaginary = Load(&product->C1, offset);
        var sum = OfOld * Load(&x->C1, offset);
        sum = Vector512.FusedMultiplyAdd(Vector512.Create(3.0), Permute(imaginary, Sums), sum);
        sum = Vector512.FusedMultiplyAdd(OfProduct, Permute(imaginary, Products), sum);
        return Vector512.FusedMultiplyAdd(-OfOtherPart, Permute(Load(&product->C0, offset), Products), sum);
    }

    /// <summary>
    /// r = these limbs, up to 14 times a tight one, less the multiple of q that leaves at most 0.6 q either way, and tight again. Without
    /// it the old coefficients would double from squaring to squaring.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Settle(
        FqLanes* r, Vector512<double> a0, Vector512<double> a1, Vector512<double> a2, Vector512<double> a3, Vector512<double> a4,
        Vector512<double> a5, Vector512<double> a6, Vector512<double> a7)
    {
        Tighten(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        var magic = Vector512.Create(1.5 * (1L << 52));
        var multiple = magic - ((a7 * Vector512.Create(1 / LaneConstants.TopOfModulus)) + magic);
        var q = LaneConstants.SignedModulus;
        a0 = Vector512.FusedMultiplyAdd(multiple, Load(q, 0), a0);
        a1 = Vector512.FusedMultiplyAdd(multiple, Load(q, 8), a1);
        a2 = Vector512.FusedMultiplyAdd(multiple, Load(q, 16), a2);
        a3 = Vector512.FusedMultiplyAdd(multiple, Load(q, 24), a3);
        a4 = Vector512.FusedMultiplyAdd(multiple, Load(q, 32), a4);
        a5 = Vector512.FusedMultiplyAdd(multiple, Load(q, 40), a5);
        a6 = Vector512.FusedMultiplyAdd(multiple, Load(q, 48), a6);
        a7 = Vector512.FusedMultiplyAdd(multiple, Load(q, 56), a7);
        Tighten(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        Store(r, 0, a0);
        Store(r, 8, a1);
        Store(r, 16, a2);
        Store(r, 24, a3);
        Store(r, 32, a4);
        Store(r, 40, a5);
        Store(r, 48, a6);
        Store(r, 56, a7);
    }

    // As FqLanes.Tighten, in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tighten(
        ref Vector512<double> a0, ref Vector512<double> a1, ref Vector512<double> a2, ref Vector512<double> a3,
        ref Vector512<double> a4, ref Vector512<double> a5, ref Vector512<double> a6, ref Vector512<double> a7)
    {
        Vector512<double> u0 = Upper(a0), u1 = Upper(a1), u2 = Upper(a2), u3 = Upper(a3), u4 = Upper(a4), u5 = Upper(a5), u6 = Upper(a6);
        var down = Vector512.Create(1.0 / (1L << FqLanes.Bits));
        a7 = Vector512.FusedMultiplyAdd(u6, down, a7);
        a6 = Vector512.FusedMultiplyAdd(u5, down, a6 - u6);
        a5 = Vector512.FusedMultiplyAdd(u4, down, a5 - u5);
        a4 = Vector512.FusedMultiplyAdd(u3, down, a4 - u4);
        a3 = Vector512.FusedMultiplyAdd(u2, down, a3 - u3);
        a2 = Vector512.FusedMultiplyAdd(u1, down, a2 - u2);
        a1 = Vector512.FusedMultiplyAdd(u0, down, a1 - u1);
        a0 -= u0;
    }

    // The part of a limb that is a multiple of 2^50.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Upper(Vector512<double> limb)
    {
        var magic = Vector512.Create(1.5 * (1L << 52) * (1L << FqLanes.Bits));
        return limb + magic - magic;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Permute(Vector512<double> x, Vector512<long> order) => Avx512F.PermuteVar8x64(x, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(FqLanes* x, int offset) => Vector512.LoadAligned((double*)x + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(FqLanes* r, int offset, Vector512<double> value) => value.StoreAligned((double*)r + offset);
}
