using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Squarings of one element of the cyclotomic subgroup (<see cref="Cyclotomic"/>), its six coefficients in w beside each other in the
/// lanes: with (a + ξb)(a + b) − ab − ξab for a² + ξb² the three squarings in Fq4 are six products in Fq2, one product in lanes.
/// </summary>
internal static unsafe class CyclotomicLanes
{
    private const int Coefficients = 6;

    /// <summary>Whether the processor has the instructions and they give the power of some element as the scalar code does.</summary>
    public static bool IsUsable => Choice.Kind is not null;

    /// <summary>"AVX-512" or "scalar", and whether the lanes have failed their self-check.</summary>
    public static string Description => Choice.Description;

    private static VectorChoice<string> Choice { get; } =
        VectorChoice.Choose(["AVX-512"], name => name, _ => FqLanes.IsSupported, _ => Check());

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

    /// <summary>r = x^|z| for the curve parameter z (BLS.md 2).</summary>
    [SkipLocalsInit]
    public static void PowerOfParameter(out Fq12 r, in Fq12 x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var power = (Fq2Lanes*)FqLanes.Align(memory);
        Put(power, in x);
        r = Fq12.One;
        var empty = true;
        for (var bit = 0; ; bit++)
        {
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
            {
                Get(out var factor, power);
                if (empty)
                    r = factor;
                else
                    Fq12.Multiply(out r, in r, in factor);
                empty = false;
            }

            if (CurveParameter.Magnitude >> bit == 1)
                return;
            Square(power);
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

    internal static void Put(Fq2Lanes* r, in Fq12 x)
    {
        for (var lane = Coefficients; lane < FqLanes.Lanes; lane++)
        {
            FqLanes.PutScalar(&r->C0, lane, default);
            FqLanes.PutScalar(&r->C1, lane, default);
        }

        Put(r, 0, in x.C0.C0);
        Put(r, 1, in x.C1.C0);
        Put(r, 2, in x.C0.C1);
        Put(r, 3, in x.C1.C1);
        Put(r, 4, in x.C0.C2);
        Put(r, 5, in x.C1.C2);
        Fq2Lanes.MultiplyByFq(r, r, LaneConstants.FromScalar);
    }

    [SkipLocalsInit]
    internal static void Get(out Fq12 r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var scalars = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.MultiplyByFq(scalars, x, LaneConstants.ToScalar);
        Unsafe.SkipInit(out r);
        Get(out r.C0.C0, scalars, 0);
        Get(out r.C1.C0, scalars, 1);
        Get(out r.C0.C1, scalars, 2);
        Get(out r.C1.C1, scalars, 3);
        Get(out r.C0.C2, scalars, 4);
        Get(out r.C1.C2, scalars, 5);
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

    private static void Put(Fq2Lanes* r, int lane, in Fq2 x)
    {
        FqLanes.PutScalar(&r->C0, lane, in x.C0);
        FqLanes.PutScalar(&r->C1, lane, in x.C1);
    }

    private static void Get(out Fq2 r, Fq2Lanes* x, int lane)
    {
        Unsafe.SkipInit(out r);
        FqLanes.GetScalar(out r.C0, &x->C0, lane);
        FqLanes.GetScalar(out r.C1, &x->C1, lane);
    }

    /// <summary>Some element of the subgroup, to the power and back.</summary>
    private static bool Check()
    {
        var seed = Fq12.One;
        seed.C1.C1.C0 = Fq.Half;
        seed.C0.C2 = HashToG2.FivePlusFourU;
        Pairing.EasyPart(out var x, in seed);
        for (var round = 0; round < 2; round++)
        {
            Cyclotomic.PowerOfParameter(out var expected, in x);
            PowerOfParameter(out var power, in x);
            if (!Fq12.AreEqual(in power, in expected))
                return false;
            x = power;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Permute(Vector512<double> x, Vector512<long> order) => Avx512F.PermuteVar8x64(x, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(FqLanes* x, int offset) => Vector512.LoadAligned((double*)x + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(FqLanes* r, int offset, Vector512<double> value) => value.StoreAligned((double*)r + offset);
}
