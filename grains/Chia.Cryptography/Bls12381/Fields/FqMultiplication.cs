using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// The Montgomery product, column by column. A product of two limbs is split at bit 55 by a shifted high multiplication; the low
/// parts of a column need no splitting of their own, because their sum is (sum of products) - 2^55 * (sum of high parts) and that
/// fits a word. So a column costs multiplications and additions only: no carries, which C# could not keep in flags anyway.
/// </summary>
internal partial struct Fq
{
    /// <summary>Bits in a limb.</summary>
    internal const int Bits = 55;

    /// <summary>The bits of a limb.</summary>
    internal const ulong Mask = (1UL << Bits) - 1;

    /// <summary>-1/q modulo 2^55.</summary>
    internal const ulong QInverse = 0x73fffcfffcfffdUL;

    // The limbs of q.
    internal const ulong Q0 = 0x7effffffffaaabUL;
    internal const ulong Q1 = 0x7ffd62a7ffff73UL;
    internal const ulong Q2 = 0x3dac3d8907aafUL;
    internal const ulong Q3 = 0x1c2895fb398695UL;
    internal const ulong Q4 = 0x3acd764774b84fUL;
    internal const ulong Q5 = 0x53496374f6c869UL;
    internal const ulong Q6 = 0x680447a8e5ff9UL;

    /// <summary>The upper word of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong High(ulong x, ulong y) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x, y) : Math.BigMul(x, y, out _);

    /// <summary>r = x*y/R. x may have limbs of up to 58 bits, y is stored form; x*y is below 4.9 q².</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out Fq r, in Fq x, in Fq y)
    {
        Unsafe.SkipInit(out r);
        ulong a0 = x.L0, a1 = x.L1, a2 = x.L2, a3 = x.L3, a4 = x.L4, a5 = x.L5, a6 = x.L6;
        ulong b0 = y.L0, b1 = y.L1, b2 = y.L2, b3 = y.L3, b4 = y.L4, b5 = y.L5, b6 = y.L6;
        ulong c0 = b0 << 9, c1 = b1 << 9, c2 = b2 << 9, c3 = b3 << 9, c4 = b4 << 9, c5 = b5 << 9, c6 = b6 << 9;
        ulong lo, hi, carry;
        lo = (a0 * b0);
        hi = High(a0, c0);
        var m0 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m0, Q0 << 9);
        lo = carry + (a0 * b1) + (a1 * b0) + (m0 * Q1);
        hi = High(a0, c1) + High(a1, c0) + High(m0, Q1 << 9);
        var m1 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m1, Q0 << 9);
        lo = carry + (a0 * b2) + (a1 * b1) + (a2 * b0) + (m0 * Q2) + (m1 * Q1);
        hi = High(a0, c2) + High(a1, c1) + High(a2, c0) + High(m0, Q2 << 9) + High(m1, Q1 << 9);
        var m2 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m2, Q0 << 9);
        lo = carry + (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) + (m0 * Q3) + (m1 * Q2) + (m2 * Q1);
        hi = High(a0, c3) + High(a1, c2) + High(a2, c1) + High(a3, c0) + High(m0, Q3 << 9) + High(m1, Q2 << 9) + High(m2, Q1 << 9);
        var m3 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m3, Q0 << 9);
        lo = carry + (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0) + (m0 * Q4) + (m1 * Q3) + (m2 * Q2) + (m3 * Q1);
        hi = High(
            a0, c4) + High(a1, c3) + High(a2, c2) + High(a3, c1) + High(a4, c0) + High(m0, Q4 << 9) + High(m1, Q3 << 9) + High(m2, Q2 << 9)
            + High(m3, Q1 << 9);
        var m4 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m4, Q0 << 9);
        lo = carry + (
            a0 * b5) + (
            a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1) + (a5 * b0) + (m0 * Q5) + (m1 * Q4) + (m2 * Q3) + (m3 * Q2) + (m4 * Q1);
        hi = High(
            a0, c5) + High(a1, c4) + High(a2, c3) + High(a3, c2) + High(a4, c1) + High(a5, c0) + High(m0, Q5 << 9) + High(m1, Q4 << 9)
            + High(m2, Q3 << 9) + High(m3, Q2 << 9) + High(m4, Q1 << 9);
        var m5 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m5, Q0 << 9);
        lo = carry + (
            a0 * b6) + (
            a1 * b5) + (a2 * b4) + (a3 * b3) + (a4 * b2) + (a5 * b1) + (a6 * b0) + (m0 * Q6) + (m1 * Q5) + (m2 * Q4) + (m3 * Q3)
            + (m4 * Q2) + (m5 * Q1);
        hi = High(a0, c6) + High(a1, c5) + High(a2, c4) + High(a3, c3) + High(a4, c2) + High(a5, c1) + High(a6, c0) + High(m0, Q6 << 9)
            + High(m1, Q5 << 9) + High(m2, Q4 << 9) + High(m3, Q3 << 9) + High(m4, Q2 << 9) + High(m5, Q1 << 9);
        var m6 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m6, Q0 << 9);
        lo = carry + (
            a1 * b6) + (
            a2 * b5) + (a3 * b4) + (a4 * b3) + (a5 * b2) + (a6 * b1) + (m1 * Q6) + (m2 * Q5) + (m3 * Q4) + (m4 * Q3) + (m5 * Q2)
            + (m6 * Q1);
        hi = High(
            a1, c6) + High(a2, c5) + High(a3, c4) + High(a4, c3) + High(a5, c2) + High(a6, c1) + High(m1, Q6 << 9) + High(m2, Q5 << 9)
            + High(m3, Q4 << 9) + High(m4, Q3 << 9) + High(m5, Q2 << 9) + High(m6, Q1 << 9);
        lo -= hi << Bits;
        r.L0 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a2 * b6) + (a3 * b5) + (a4 * b4) + (a5 * b3) + (a6 * b2) + (m2 * Q6) + (m3 * Q5) + (m4 * Q4) + (m5 * Q3) + (m6 * Q2);
        hi = High(
            a2, c6) + High(a3, c5) + High(a4, c4) + High(a5, c3) + High(a6, c2) + High(m2, Q6 << 9) + High(m3, Q5 << 9) + High(m4, Q4 << 9)
            + High(m5, Q3 << 9) + High(m6, Q2 << 9);
        lo -= hi << Bits;
        r.L1 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a3 * b6) + (a4 * b5) + (a5 * b4) + (a6 * b3) + (m3 * Q6) + (m4 * Q5) + (m5 * Q4) + (m6 * Q3);
        hi = High(
            a3, c6) + High(
            a4, c5) + High(a5, c4) + High(a6, c3) + High(m3, Q6 << 9) + High(m4, Q5 << 9) + High(m5, Q4 << 9) + High(m6, Q3 << 9);
        lo -= hi << Bits;
        r.L2 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a4 * b6) + (a5 * b5) + (a6 * b4) + (m4 * Q6) + (m5 * Q5) + (m6 * Q4);
        hi = High(a4, c6) + High(a5, c5) + High(a6, c4) + High(m4, Q6 << 9) + High(m5, Q5 << 9) + High(m6, Q4 << 9);
        lo -= hi << Bits;
        r.L3 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a5 * b6) + (a6 * b5) + (m5 * Q6) + (m6 * Q5);
        hi = High(a5, c6) + High(a6, c5) + High(m5, Q6 << 9) + High(m6, Q5 << 9);
        lo -= hi << Bits;
        r.L4 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a6 * b6) + (m6 * Q6);
        hi = High(a6, c6) + High(m6, Q6 << 9);
        lo -= hi << Bits;
        r.L5 = lo & Mask;
        carry = (lo >> Bits) + hi;
        r.L6 = carry;
    }

    /// <summary>r = x²/R for x in stored form.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out Fq r, in Fq x)
    {
        Unsafe.SkipInit(out r);
        ulong a0 = x.L0, a1 = x.L1, a2 = x.L2, a3 = x.L3, a4 = x.L4, a5 = x.L5, a6 = x.L6;
        ulong b0 = a0 << 1, b1 = a1 << 1, b2 = a2 << 1, b3 = a3 << 1, b4 = a4 << 1, b5 = a5 << 1, b6 = a6 << 1;
        ulong c0 = a0 << 9, c1 = a1 << 9, c2 = a2 << 9, c3 = a3 << 9, c4 = a4 << 9, c5 = a5 << 9, c6 = a6 << 9;
        ulong lo, hi, carry;
        lo = (a0 * a0);
        hi = High(a0, c0);
        var m0 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m0, Q0 << 9);
        lo = carry + (a0 * b1) + (m0 * Q1);
        hi = High(b0, c1) + High(m0, Q1 << 9);
        var m1 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m1, Q0 << 9);
        lo = carry + (a0 * b2) + (a1 * a1) + (m0 * Q2) + (m1 * Q1);
        hi = High(b0, c2) + High(a1, c1) + High(m0, Q2 << 9) + High(m1, Q1 << 9);
        var m2 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m2, Q0 << 9);
        lo = carry + (a0 * b3) + (a1 * b2) + (m0 * Q3) + (m1 * Q2) + (m2 * Q1);
        hi = High(b0, c3) + High(b1, c2) + High(m0, Q3 << 9) + High(m1, Q2 << 9) + High(m2, Q1 << 9);
        var m3 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m3, Q0 << 9);
        lo = carry + (a0 * b4) + (a1 * b3) + (a2 * a2) + (m0 * Q4) + (m1 * Q3) + (m2 * Q2) + (m3 * Q1);
        hi = High(b0, c4) + High(b1, c3) + High(a2, c2) + High(m0, Q4 << 9) + High(m1, Q3 << 9) + High(m2, Q2 << 9) + High(m3, Q1 << 9);
        var m4 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m4, Q0 << 9);
        lo = carry + (a0 * b5) + (a1 * b4) + (a2 * b3) + (m0 * Q5) + (m1 * Q4) + (m2 * Q3) + (m3 * Q2) + (m4 * Q1);
        hi = High(b0, c5) + High(b1, c4) + High(b2, c3) + High(m0, Q5 << 9) + High(m1, Q4 << 9) + High(m2, Q3 << 9) + High(m3, Q2 << 9)
            + High(m4, Q1 << 9);
        var m5 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m5, Q0 << 9);
        lo = carry + (a0 * b6) + (a1 * b5) + (a2 * b4) + (a3 * a3) + (m0 * Q6) + (m1 * Q5) + (m2 * Q4) + (m3 * Q3) + (m4 * Q2) + (m5 * Q1);
        hi = High(
            b0, c6) + High(
            b1, c5) + High(b2, c4) + High(a3, c3) + High(m0, Q6 << 9) + High(m1, Q5 << 9) + High(m2, Q4 << 9) + High(m3, Q3 << 9)
            + High(m4, Q2 << 9) + High(m5, Q1 << 9);
        var m6 = (lo * QInverse) & Mask;
        carry = ((lo - (hi << Bits) + Mask) >> Bits) + hi + High(m6, Q0 << 9);
        lo = carry + (a1 * b6) + (a2 * b5) + (a3 * b4) + (m1 * Q6) + (m2 * Q5) + (m3 * Q4) + (m4 * Q3) + (m5 * Q2) + (m6 * Q1);
        hi = High(b1, c6) + High(b2, c5) + High(b3, c4) + High(m1, Q6 << 9) + High(m2, Q5 << 9) + High(m3, Q4 << 9) + High(m4, Q3 << 9)
            + High(m5, Q2 << 9) + High(m6, Q1 << 9);
        lo -= hi << Bits;
        r.L0 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a2 * b6) + (a3 * b5) + (a4 * a4) + (m2 * Q6) + (m3 * Q5) + (m4 * Q4) + (m5 * Q3) + (m6 * Q2);
        hi = High(b2, c6) + High(b3, c5) + High(a4, c4) + High(m2, Q6 << 9) + High(m3, Q5 << 9) + High(m4, Q4 << 9) + High(m5, Q3 << 9)
            + High(m6, Q2 << 9);
        lo -= hi << Bits;
        r.L1 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a3 * b6) + (a4 * b5) + (m3 * Q6) + (m4 * Q5) + (m5 * Q4) + (m6 * Q3);
        hi = High(b3, c6) + High(b4, c5) + High(m3, Q6 << 9) + High(m4, Q5 << 9) + High(m5, Q4 << 9) + High(m6, Q3 << 9);
        lo -= hi << Bits;
        r.L2 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a4 * b6) + (a5 * a5) + (m4 * Q6) + (m5 * Q5) + (m6 * Q4);
        hi = High(b4, c6) + High(a5, c5) + High(m4, Q6 << 9) + High(m5, Q5 << 9) + High(m6, Q4 << 9);
        lo -= hi << Bits;
        r.L3 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a5 * b6) + (m5 * Q6) + (m6 * Q5);
        hi = High(b5, c6) + High(m5, Q6 << 9) + High(m6, Q5 << 9);
        lo -= hi << Bits;
        r.L4 = lo & Mask;
        carry = (lo >> Bits) + hi;
        lo = carry + (a6 * a6) + (m6 * Q6);
        hi = High(a6, c6) + High(m6, Q6 << 9);
        lo -= hi << Bits;
        r.L5 = lo & Mask;
        carry = (lo >> Bits) + hi;
        r.L6 = carry;
    }
}
