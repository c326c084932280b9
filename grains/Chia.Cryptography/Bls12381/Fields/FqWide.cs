using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// An unreduced product: 14 columns of weight 2^(55·i), each a 64-bit two's-complement number. Columns are added and subtracted
/// without carries, and wrap freely: only the columns that reach a reduction must fit. A product of two stored elements has columns
/// below 13·2^55 (seven low parts, six high ones), so up to 18 such products, with signs, stay within ±2^63 beside the
/// reduction's own 14·2^55. This lets the tower fields do their Karatsuba sums first and reduce each coefficient once.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16 * sizeof(ulong))]
internal struct FqWide
{
    // The columns, least significant first; two unused words make the struct two vectors.
    internal ulong W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13;

    /// <summary>r = x*y; limbs of up to 59 bits on both sides.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out FqWide r, in Fq x, in Fq y)
    {
        Unsafe.SkipInit(out r);
        ulong a0 = x.L0, a1 = x.L1, a2 = x.L2, a3 = x.L3, a4 = x.L4, a5 = x.L5, a6 = x.L6;
        ulong d0 = a0 << 4, d1 = a1 << 4, d2 = a2 << 4, d3 = a3 << 4, d4 = a4 << 4, d5 = a5 << 4, d6 = a6 << 4;
        ulong b0 = y.L0, b1 = y.L1, b2 = y.L2, b3 = y.L3, b4 = y.L4, b5 = y.L5, b6 = y.L6;
        ulong c0 = b0 << 5, c1 = b1 << 5, c2 = b2 << 5, c3 = b3 << 5, c4 = b4 << 5, c5 = b5 << 5, c6 = b6 << 5;
        ulong lo, hi, below;
        lo = (a0 * b0);
        hi = Fq.High(d0, c0);
        r.W0 = lo - (hi << Fq.Bits);
        below = hi;
        lo = (a0 * b1) + (a1 * b0);
        hi = Fq.High(d0, c1) + Fq.High(d1, c0);
        r.W1 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b2) + (a1 * b1) + (a2 * b0);
        hi = Fq.High(d0, c2) + Fq.High(d1, c1) + Fq.High(d2, c0);
        r.W2 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0);
        hi = Fq.High(d0, c3) + Fq.High(d1, c2) + Fq.High(d2, c1) + Fq.High(d3, c0);
        r.W3 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0);
        hi = Fq.High(d0, c4) + Fq.High(d1, c3) + Fq.High(d2, c2) + Fq.High(d3, c1) + Fq.High(d4, c0);
        r.W4 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b5) + (a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1) + (a5 * b0);
        hi = Fq.High(d0, c5) + Fq.High(d1, c4) + Fq.High(d2, c3) + Fq.High(d3, c2) + Fq.High(d4, c1) + Fq.High(d5, c0);
        r.W5 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b6) + (a1 * b5) + (a2 * b4) + (a3 * b3) + (a4 * b2) + (a5 * b1) + (a6 * b0);
        hi = Fq.High(d0, c6) + Fq.High(d1, c5) + Fq.High(d2, c4) + Fq.High(d3, c3) + Fq.High(d4, c2) + Fq.High(d5, c1) + Fq.High(d6, c0);
        r.W6 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a1 * b6) + (a2 * b5) + (a3 * b4) + (a4 * b3) + (a5 * b2) + (a6 * b1);
        hi = Fq.High(d1, c6) + Fq.High(d2, c5) + Fq.High(d3, c4) + Fq.High(d4, c3) + Fq.High(d5, c2) + Fq.High(d6, c1);
        r.W7 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a2 * b6) + (a3 * b5) + (a4 * b4) + (a5 * b3) + (a6 * b2);
        hi = Fq.High(d2, c6) + Fq.High(d3, c5) + Fq.High(d4, c4) + Fq.High(d5, c3) + Fq.High(d6, c2);
        r.W8 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a3 * b6) + (a4 * b5) + (a5 * b4) + (a6 * b3);
        hi = Fq.High(d3, c6) + Fq.High(d4, c5) + Fq.High(d5, c4) + Fq.High(d6, c3);
        r.W9 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a4 * b6) + (a5 * b5) + (a6 * b4);
        hi = Fq.High(d4, c6) + Fq.High(d5, c5) + Fq.High(d6, c4);
        r.W10 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a5 * b6) + (a6 * b5);
        hi = Fq.High(d5, c6) + Fq.High(d6, c5);
        r.W11 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a6 * b6);
        hi = Fq.High(d6, c6);
        r.W12 = lo - (hi << Fq.Bits) + below;
        below = hi;
        r.W13 = below;
    }

    /// <summary>r = x²; limbs of up to 59 bits.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out FqWide r, in Fq x)
    {
        Unsafe.SkipInit(out r);
        ulong a0 = x.L0, a1 = x.L1, a2 = x.L2, a3 = x.L3, a4 = x.L4, a5 = x.L5, a6 = x.L6;
        ulong d0 = a0 << 4, d1 = a1 << 4, d2 = a2 << 4, d3 = a3 << 4, d4 = a4 << 4, d5 = a5 << 4, d6 = a6 << 4;
        ulong b0 = a0 << 1, b1 = a1 << 1, b2 = a2 << 1, b3 = a3 << 1, b4 = a4 << 1, b5 = a5 << 1, b6 = a6 << 1;
        ulong c0 = a0 << 5, c1 = a1 << 5, c2 = a2 << 5, c3 = a3 << 5, c4 = a4 << 5, c5 = a5 << 5, c6 = a6 << 5;
        ulong lo, hi, below;
        lo = (a0 * a0);
        hi = Fq.High(d0, c0);
        r.W0 = lo - (hi << Fq.Bits);
        below = hi;
        lo = (a0 * b1);
        hi = Fq.High(c0, c1);
        r.W1 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b2) + (a1 * a1);
        hi = Fq.High(c0, c2) + Fq.High(d1, c1);
        r.W2 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b3) + (a1 * b2);
        hi = Fq.High(c0, c3) + Fq.High(c1, c2);
        r.W3 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b4) + (a1 * b3) + (a2 * a2);
        hi = Fq.High(c0, c4) + Fq.High(c1, c3) + Fq.High(d2, c2);
        r.W4 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b5) + (a1 * b4) + (a2 * b3);
        hi = Fq.High(c0, c5) + Fq.High(c1, c4) + Fq.High(c2, c3);
        r.W5 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a0 * b6) + (a1 * b5) + (a2 * b4) + (a3 * a3);
        hi = Fq.High(c0, c6) + Fq.High(c1, c5) + Fq.High(c2, c4) + Fq.High(d3, c3);
        r.W6 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a1 * b6) + (a2 * b5) + (a3 * b4);
        hi = Fq.High(c1, c6) + Fq.High(c2, c5) + Fq.High(c3, c4);
        r.W7 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a2 * b6) + (a3 * b5) + (a4 * a4);
        hi = Fq.High(c2, c6) + Fq.High(c3, c5) + Fq.High(d4, c4);
        r.W8 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a3 * b6) + (a4 * b5);
        hi = Fq.High(c3, c6) + Fq.High(c4, c5);
        r.W9 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a4 * b6) + (a5 * a5);
        hi = Fq.High(c4, c6) + Fq.High(d5, c5);
        r.W10 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a5 * b6);
        hi = Fq.High(c5, c6);
        r.W11 = lo - (hi << Fq.Bits) + below;
        below = hi;
        lo = (a6 * a6);
        hi = Fq.High(d6, c6);
        r.W12 = lo - (hi << Fq.Bits) + below;
        below = hi;
        r.W13 = below;
    }

    /// <summary>r = w/R modulo q, in stored form.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(out Fq r, in FqWide w) =>
        ReduceColumns(out r, w.W0, w.W1, w.W2, w.W3, w.W4, w.W5, w.W6, w.W7, w.W8, w.W9, w.W10, w.W11, w.W12, w.W13);

    /// <summary>r = (x - y)/R modulo q, in stored form.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReduceDifference(out Fq r, in FqWide x, in FqWide y) =>
        ReduceColumns(
            out r,
            x.W0 - y.W0, x.W1 - y.W1, x.W2 - y.W2, x.W3 - y.W3, x.W4 - y.W4, x.W5 - y.W5, x.W6 - y.W6,
            x.W7 - y.W7, x.W8 - y.W8, x.W9 - y.W9, x.W10 - y.W10, x.W11 - y.W11, x.W12 - y.W12, x.W13 - y.W13);

    /// <summary>r = 3w/R - 2x modulo q, in stored form; columns of up to 18 products of stored elements.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReduceThreeMinusTwo(out Fq r, in FqWide w, in Fq x) =>
        ReduceColumns(
            out r,
            3 * w.W0, 3 * w.W1, 3 * w.W2, 3 * w.W3, 3 * w.W4, 3 * w.W5, 3 * w.W6,
            (3 * w.W7) - (2 * x.L0), (3 * w.W8) - (2 * x.L1), (3 * w.W9) - (2 * x.L2), (3 * w.W10) - (2 * x.L3),
            (3 * w.W11) - (2 * x.L4), (3 * w.W12) - (2 * x.L5), (3 * w.W13) - (2 * x.L6));

    /// <summary>r = 3w/R + 2x modulo q, in stored form; columns of up to 18 products of stored elements.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReduceThreePlusTwo(out Fq r, in FqWide w, in Fq x) =>
        ReduceColumns(
            out r,
            3 * w.W0, 3 * w.W1, 3 * w.W2, 3 * w.W3, 3 * w.W4, 3 * w.W5, 3 * w.W6,
            (3 * w.W7) + (2 * x.L0), (3 * w.W8) + (2 * x.L1), (3 * w.W9) + (2 * x.L2), (3 * w.W10) + (2 * x.L3),
            (3 * w.W11) + (2 * x.L4), (3 * w.W12) + (2 * x.L5), (3 * w.W13) + (2 * x.L6));

    /// <summary>r = (x - y - z)/R modulo q, in stored form: the middle term of Karatsuba's product.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReduceMiddle(out Fq r, in FqWide x, in FqWide y, in FqWide z) =>
        ReduceColumns(
            out r,
            x.W0 - y.W0 - z.W0, x.W1 - y.W1 - z.W1, x.W2 - y.W2 - z.W2, x.W3 - y.W3 - z.W3, x.W4 - y.W4 - z.W4,
            x.W5 - y.W5 - z.W5, x.W6 - y.W6 - z.W6, x.W7 - y.W7 - z.W7, x.W8 - y.W8 - z.W8, x.W9 - y.W9 - z.W9,
            x.W10 - y.W10 - z.W10, x.W11 - y.W11 - z.W11, x.W12 - y.W12 - z.W12, x.W13 - y.W13 - z.W13);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceColumns(
        out Fq r,
        ulong w0, ulong w1, ulong w2, ulong w3, ulong w4, ulong w5, ulong w6,
        ulong w7, ulong w8, ulong w9, ulong w10, ulong w11, ulong w12, ulong w13)
    {
        ulong lo, hi, carry;
        lo = w0;
        hi = 0;
        var m0 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m0, Fq.Q0 << 9);
        lo = w1 + carry + (m0 * Fq.Q1);
        hi = Fq.High(m0, Fq.Q1 << 9);
        var m1 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m1, Fq.Q0 << 9);
        lo = w2 + carry + (m0 * Fq.Q2) + (m1 * Fq.Q1);
        hi = Fq.High(m0, Fq.Q2 << 9) + Fq.High(m1, Fq.Q1 << 9);
        var m2 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m2, Fq.Q0 << 9);
        lo = w3 + carry + (m0 * Fq.Q3) + (m1 * Fq.Q2) + (m2 * Fq.Q1);
        hi = Fq.High(m0, Fq.Q3 << 9) + Fq.High(m1, Fq.Q2 << 9) + Fq.High(m2, Fq.Q1 << 9);
        var m3 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m3, Fq.Q0 << 9);
        lo = w4 + carry + (m0 * Fq.Q4) + (m1 * Fq.Q3) + (m2 * Fq.Q2) + (m3 * Fq.Q1);
        hi = Fq.High(m0, Fq.Q4 << 9) + Fq.High(m1, Fq.Q3 << 9) + Fq.High(m2, Fq.Q2 << 9) + Fq.High(m3, Fq.Q1 << 9);
        var m4 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m4, Fq.Q0 << 9);
        lo = w5 + carry + (m0 * Fq.Q5) + (m1 * Fq.Q4) + (m2 * Fq.Q3) + (m3 * Fq.Q2) + (m4 * Fq.Q1);
        hi = Fq.High(
            m0, Fq.Q5 << 9) + Fq.High(m1, Fq.Q4 << 9) + Fq.High(m2, Fq.Q3 << 9) + Fq.High(m3, Fq.Q2 << 9) + Fq.High(m4, Fq.Q1 << 9);
        var m5 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m5, Fq.Q0 << 9);
        lo = w6 + carry + (m0 * Fq.Q6) + (m1 * Fq.Q5) + (m2 * Fq.Q4) + (m3 * Fq.Q3) + (m4 * Fq.Q2) + (m5 * Fq.Q1);
        hi = Fq.High(
            m0, Fq.Q6 << 9) + Fq.High(m1, Fq.Q5 << 9) + Fq.High(m2, Fq.Q4 << 9) + Fq.High(m3, Fq.Q3 << 9) + Fq.High(m4, Fq.Q2 << 9)
            + Fq.High(m5, Fq.Q1 << 9);
        var m6 = (lo * Fq.QInverse) & Fq.Mask;
        carry = (ulong)((long)(lo - (hi << Fq.Bits) + Fq.Mask) >> Fq.Bits) + hi + Fq.High(m6, Fq.Q0 << 9);
        lo = w7 + carry + (m1 * Fq.Q6) + (m2 * Fq.Q5) + (m3 * Fq.Q4) + (m4 * Fq.Q3) + (m5 * Fq.Q2) + (m6 * Fq.Q1);
        hi = Fq.High(
            m1, Fq.Q6 << 9) + Fq.High(m2, Fq.Q5 << 9) + Fq.High(m3, Fq.Q4 << 9) + Fq.High(m4, Fq.Q3 << 9) + Fq.High(m5, Fq.Q2 << 9)
            + Fq.High(m6, Fq.Q1 << 9);
        var t0 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        lo = w8 + carry + (m2 * Fq.Q6) + (m3 * Fq.Q5) + (m4 * Fq.Q4) + (m5 * Fq.Q3) + (m6 * Fq.Q2);
        hi = Fq.High(
            m2, Fq.Q6 << 9) + Fq.High(m3, Fq.Q5 << 9) + Fq.High(m4, Fq.Q4 << 9) + Fq.High(m5, Fq.Q3 << 9) + Fq.High(m6, Fq.Q2 << 9);
        var t1 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        lo = w9 + carry + (m3 * Fq.Q6) + (m4 * Fq.Q5) + (m5 * Fq.Q4) + (m6 * Fq.Q3);
        hi = Fq.High(m3, Fq.Q6 << 9) + Fq.High(m4, Fq.Q5 << 9) + Fq.High(m5, Fq.Q4 << 9) + Fq.High(m6, Fq.Q3 << 9);
        var t2 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        lo = w10 + carry + (m4 * Fq.Q6) + (m5 * Fq.Q5) + (m6 * Fq.Q4);
        hi = Fq.High(m4, Fq.Q6 << 9) + Fq.High(m5, Fq.Q5 << 9) + Fq.High(m6, Fq.Q4 << 9);
        var t3 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        lo = w11 + carry + (m5 * Fq.Q6) + (m6 * Fq.Q5);
        hi = Fq.High(m5, Fq.Q6 << 9) + Fq.High(m6, Fq.Q5 << 9);
        var t4 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        lo = w12 + carry + (m6 * Fq.Q6);
        hi = Fq.High(m6, Fq.Q6 << 9);
        var t5 = (long)(lo - (hi << Fq.Bits));
        carry = hi;
        var t6 = (long)(w13 + carry);
        Fq.Fold(out r, t0, t1, t2, t3, t4, t5, t6);
    }

    /// <summary>r = x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(out FqWide r, in FqWide x, in FqWide y)
    {
        Unsafe.SkipInit(out r);
        (Lower(in x) + Lower(in y)).StoreUnsafe(ref r.W0);
        (Upper(in x) + Upper(in y)).StoreUnsafe(ref r.W8);
    }

    /// <summary>r = x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(out FqWide r, in FqWide x, in FqWide y)
    {
        Unsafe.SkipInit(out r);
        (Lower(in x) - Lower(in y)).StoreUnsafe(ref r.W0);
        (Upper(in x) - Upper(in y)).StoreUnsafe(ref r.W8);
    }

    /// <summary>r -= x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractBoth(ref FqWide r, in FqWide x, in FqWide y)
    {
        (Lower(in r) - (Lower(in x) + Lower(in y))).StoreUnsafe(ref r.W0);
        (Upper(in r) - (Upper(in x) + Upper(in y))).StoreUnsafe(ref r.W8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Lower(in FqWide w) => Vector512.LoadUnsafe(in w.W0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Upper(in FqWide w) => Vector512.LoadUnsafe(in w.W8);
}
