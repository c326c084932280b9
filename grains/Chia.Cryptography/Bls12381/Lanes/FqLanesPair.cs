using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Bls12381;

/// <summary>Two products in step: one alone waits for its digits a third of the time.</summary>
internal unsafe partial struct FqLanes
{
    /// <summary>r = x·y/R and s = z·w/R: in step, since a product alone waits for its digits.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTwo(FqLanes* r, FqLanes* x, FqLanes* y, FqLanes* s, FqLanes* z, FqLanes* w)
    {
        double* factor = (double*)x, row = (double*)y, otherFactor = (double*)z, otherRow = (double*)w, q = (double*)LaneConstants.Modulus;
        Vector512<long> high, low;
        var a0 = Vector512.Create(unchecked(-((0 * 2 * Both) + (1 * LowBias))));
        var a1 = Vector512.Create(unchecked(-((1 * 2 * Both) + (1 * LowBias))));
        var a2 = Vector512.Create(unchecked(-((2 * 2 * Both) + (1 * LowBias))));
        var a3 = Vector512.Create(unchecked(-((3 * 2 * Both) + (1 * LowBias))));
        var a4 = Vector512.Create(unchecked(-((4 * 2 * Both) + (1 * LowBias))));
        var a5 = Vector512.Create(unchecked(-((5 * 2 * Both) + (1 * LowBias))));
        var a6 = Vector512.Create(unchecked(-((6 * 2 * Both) + (1 * LowBias))));
        var a7 = Vector512.Create(unchecked(-((7 * 2 * Both) + (1 * LowBias))));
        var b0 = Vector512.Create(unchecked(-((0 * 2 * Both) + (1 * LowBias))));
        var b1 = Vector512.Create(unchecked(-((1 * 2 * Both) + (1 * LowBias))));
        var b2 = Vector512.Create(unchecked(-((2 * 2 * Both) + (1 * LowBias))));
        var b3 = Vector512.Create(unchecked(-((3 * 2 * Both) + (1 * LowBias))));
        var b4 = Vector512.Create(unchecked(-((4 * 2 * Both) + (1 * LowBias))));
        var b5 = Vector512.Create(unchecked(-((5 * 2 * Both) + (1 * LowBias))));
        var b6 = Vector512.Create(unchecked(-((6 * 2 * Both) + (1 * LowBias))));
        var b7 = Vector512.Create(unchecked(-((7 * 2 * Both) + (1 * LowBias))));
        var fresh = Vector512.Create(unchecked(-((2 * HighBias) + (14 * Both))));
        for (var i = 0; i < Length; i += Lanes)
        {
            Vector512<long> a8 = fresh, b8 = fresh;
            fresh += Vector512.Create(unchecked(2 * Both));
            var left = Vector512.LoadAligned(factor + i);
            var right = Vector512.LoadAligned(otherFactor + i);
            Product(left, Vector512.LoadAligned(row), out high, out low);
            a0 += low;
            a1 += high;
            Product(right, Vector512.LoadAligned(otherRow), out high, out low);
            b0 += low;
            b1 += high;
            Product(left, Vector512.LoadAligned(row + 8), out high, out low);
            a1 += low;
            a2 += high;
            Product(right, Vector512.LoadAligned(otherRow + 8), out high, out low);
            b1 += low;
            b2 += high;
            Product(left, Vector512.LoadAligned(row + 16), out high, out low);
            a2 += low;
            a3 += high;
            Product(right, Vector512.LoadAligned(otherRow + 16), out high, out low);
            b2 += low;
            b3 += high;
            Product(left, Vector512.LoadAligned(row + 24), out high, out low);
            a3 += low;
            a4 += high;
            Product(right, Vector512.LoadAligned(otherRow + 24), out high, out low);
            b3 += low;
            b4 += high;
            Product(left, Vector512.LoadAligned(row + 32), out high, out low);
            a4 += low;
            a5 += high;
            Product(right, Vector512.LoadAligned(otherRow + 32), out high, out low);
            b4 += low;
            b5 += high;
            Product(left, Vector512.LoadAligned(row + 40), out high, out low);
            a5 += low;
            a6 += high;
            Product(right, Vector512.LoadAligned(otherRow + 40), out high, out low);
            b5 += low;
            b6 += high;
            Product(left, Vector512.LoadAligned(row + 48), out high, out low);
            a6 += low;
            a7 += high;
            Product(right, Vector512.LoadAligned(otherRow + 48), out high, out low);
            b6 += low;
            b7 += high;
            Product(left, Vector512.LoadAligned(row + 56), out high, out low);
            a7 += low;
            a8 += high;
            Product(right, Vector512.LoadAligned(otherRow + 56), out high, out low);
            b7 += low;
            b8 += high;

            ReduceTwo(
                q, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, ref a8,
                ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7, ref b8);
        }

        StoreTight(r, a0, a1, a2, a3, a4, a5, a6, a7);
        StoreTight(s, b0, b1, b2, b3, b4, b5, b6, b7);
    }

    /// <summary>A digit of both reductions, in step; the columns move down by one. In line it costs nothing, by measurement; written as
    /// steps of a limb in line as well it costs a single verification 3 %.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceTwo(
        double* q,
        ref Vector512<long> a0, ref Vector512<long> a1, ref Vector512<long> a2,
        ref Vector512<long> a3, ref Vector512<long> a4, ref Vector512<long> a5,
        ref Vector512<long> a6, ref Vector512<long> a7, ref Vector512<long> a8,
        ref Vector512<long> b0, ref Vector512<long> b1, ref Vector512<long> b2,
        ref Vector512<long> b3, ref Vector512<long> b4, ref Vector512<long> b5,
        ref Vector512<long> b6, ref Vector512<long> b7, ref Vector512<long> b8)
    {
        Vector512<long> high, low;
        var digit = Digit(a0);
        var otherDigit = Digit(b0);
        var limb = Vector512.LoadAligned(q);
        Product(digit, limb, out high, out low);
        a1 += high + Vector512.ShiftRightArithmetic(a0 + (low - Vector512.Create(LowBias)), Bits);
        Product(otherDigit, limb, out high, out low);
        b1 += high + Vector512.ShiftRightArithmetic(b0 + (low - Vector512.Create(LowBias)), Bits);
        limb = Vector512.LoadAligned(q + 8);
        Product(digit, limb, out high, out low);
        a1 += low;
        a2 += high;
        Product(otherDigit, limb, out high, out low);
        b1 += low;
        b2 += high;
        limb = Vector512.LoadAligned(q + 16);
        Product(digit, limb, out high, out low);
        a2 += low;
        a3 += high;
        Product(otherDigit, limb, out high, out low);
        b2 += low;
        b3 += high;
        limb = Vector512.LoadAligned(q + 24);
        Product(digit, limb, out high, out low);
        a3 += low;
        a4 += high;
        Product(otherDigit, limb, out high, out low);
        b3 += low;
        b4 += high;
        limb = Vector512.LoadAligned(q + 32);
        Product(digit, limb, out high, out low);
        a4 += low;
        a5 += high;
        Product(otherDigit, limb, out high, out low);
        b4 += low;
        b5 += high;
        limb = Vector512.LoadAligned(q + 40);
        Product(digit, limb, out high, out low);
        a5 += low;
        a6 += high;
        Product(otherDigit, limb, out high, out low);
        b5 += low;
        b6 += high;
        limb = Vector512.LoadAligned(q + 48);
        Product(digit, limb, out high, out low);
        a6 += low;
        a7 += high;
        Product(otherDigit, limb, out high, out low);
        b6 += low;
        b7 += high;
        limb = Vector512.LoadAligned(q + 56);
        Product(digit, limb, out high, out low);
        a7 += low;
        a8 += high;
        Product(otherDigit, limb, out high, out low);
        b7 += low;
        b8 += high;
        (a0, a1, a2, a3, a4, a5, a6, a7) = (a1, a2, a3, a4, a5, a6, a7, a8);
        (b0, b1, b2, b3, b4, b5, b6, b7) = (b1, b2, b3, b4, b5, b6, b7, b8);
    }
}
