using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// One element of Fq12 in lanes, for work that has no eight of them: lane i holds the coefficient of w^i, lanes 6 and 7 hold 0. A product
/// is a sum of products in Fq2 in every lane, reduced once.
/// </summary>
internal static unsafe class Fq12Across
{
    private const int Coefficients = 6;

    /// <summary>Terms of a square in each lane: of the even ones four, of the odd ones three and nothing.</summary>
    private const int SquareTerms = 4;

    /// <summary>Coefficients of a line.</summary>
    private const int LineTerms = 3;

    /// <summary>Vectors of an element: eight limbs of either part.</summary>
    private const int Length = 2 * FqLanes.Length;

    private static readonly Fq2Lanes* Gamma = Constant(Frobenius.Gamma);

    private static readonly Fq2Lanes* GammaNorm =
        Constant([.. Frobenius.GammaNorm.Select(norm => new Fq2 { C0 = norm })]);

    private static Vector512<long> Lane => Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>The lanes of odd powers of w.</summary>
    private static Vector512<double> Odd => Vector512.Create(0L, -1, 0, -1, 0, -1, 0, -1).AsDouble();

    /// <summary>r = x, tight.</summary>
    public static void Put(Fq2Lanes* r, in Fq12 x)
    {
        for (var lane = Coefficients; lane < FqLanes.Lanes; lane++)
            PutScalar(r, lane, default);
        PutScalar(r, 0, in x.C0.C0);
        PutScalar(r, 1, in x.C1.C0);
        PutScalar(r, 2, in x.C0.C1);
        PutScalar(r, 3, in x.C1.C1);
        PutScalar(r, 4, in x.C0.C2);
        PutScalar(r, 5, in x.C1.C2);
        Fq2Lanes.MultiplyByFq(r, r, LaneConstants.FromScalar);
    }

    /// <summary>r = x.</summary>
    [SkipLocalsInit]
    public static void Get(out Fq12 r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var scalars = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.MultiplyByFq(scalars, x, LaneConstants.ToScalar);
        Unsafe.SkipInit(out r);
        GetScalar(out r.C0.C0, scalars, 0);
        GetScalar(out r.C1.C0, scalars, 1);
        GetScalar(out r.C0.C1, scalars, 2);
        GetScalar(out r.C1.C1, scalars, 3);
        GetScalar(out r.C0.C2, scalars, 4);
        GetScalar(out r.C1.C2, scalars, 5);
    }

    /// <summary>r = 1, tight.</summary>
    public static void SetOne(Fq2Lanes* r)
    {
        var first = Vector512.Create(-1L, 0, 0, 0, 0, 0, 0, 0).AsDouble();
        for (var i = 0; i < FqLanes.Length; i += FqLanes.Lanes)
        {
            Store(r, i, Vector512.LoadAligned((double*)LaneConstants.One + i) & first);
            Store(r, FqLanes.Length + i, Vector512<double>.Zero);
        }

        // Constants have limbs from 0 to 2^50.
        FqLanes.Tighten(&r->C0, &r->C0);
    }

    /// <summary>r = x·y.</summary>
    [SkipLocalsInit]
    public static void Multiply(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y)
    {
        var memory = stackalloc byte[(((2 * Coefficients) + 1) * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* turned = (Fq2Lanes*)FqLanes.Align(memory), spread = turned + Coefficients, timesXi = spread + Coefficients;
        Fq2Lanes.MultiplyByXi(timesXi, x);
        for (var power = 0; power < Coefficients; power++)
        {
            Turn(turned + power, x, timesXi, power);
            Spread(spread + power, y, power);
        }

        FqLanes.SumOfProducts(r, turned, spread, Coefficients);
    }

    /// <summary>r = x·(a + b·w² + c·w³), a line of the Miller loop.</summary>
    /// <param name="r">The product; may be x.</param>
    /// <param name="x">An element.</param>
    /// <param name="line">a, b, c in three lanes one after the other, of looseness 3 at most.</param>
    /// <param name="lane">The first.</param>
    [SkipLocalsInit]
    public static void MultiplyByLine(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* line, int lane)
    {
        var memory = stackalloc byte[(((2 * LineTerms) + 1) * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* turned = (Fq2Lanes*)FqLanes.Align(memory), spread = turned + LineTerms, timesXi = spread + LineTerms;
        Fq2Lanes.MultiplyByXi(timesXi, x);
        Fq2Lanes.Copy(turned, x);
        Turn(turned + 1, x, timesXi, 2);
        Turn(turned + 2, x, timesXi, 3);
        for (var term = 0; term < LineTerms; term++)
            Spread(spread + term, line, lane + term);
        FqLanes.SumOfProducts(r, turned, spread, LineTerms);
    }

    /// <summary>r = x².</summary>
    [SkipLocalsInit]
    public static void Square(Fq2Lanes* r, Fq2Lanes* x)
    {
        // 8 more for ξ times a coefficient. Lane i: the pairs of coefficients whose powers of w make i, or 6 more.
        var left = stackalloc Vector512<long>[SquareTerms]
        {
            Vector512.Create(0L, 0, 1, 0, 2, 0, 6, 6), Vector512.Create(3L, 2, 4, 1, 5, 1, 6, 6),
            Vector512.Create(1L, 3, 0, 4, 0, 2, 6, 6), Vector512.Create(2L, 6, 3, 6, 1, 6, 6, 6),
        };
        var right = stackalloc Vector512<long>[SquareTerms]
        {
            Vector512.Create(0L, 1, 1, 3, 2, 5, 6, 6), Vector512.Create(11L, 13, 12, 2, 13, 4, 6, 6),
            Vector512.Create(13L, 12, 2, 13, 4, 3, 6, 6), Vector512.Create(12L, 6, 13, 6, 3, 6, 6, 6),
        };
        var times = stackalloc Vector512<double>[SquareTerms]
        {
            Vector512.Create(1.0, 2, 1, 2, 1, 2, 0, 0), Vector512.Create(1.0, 2, 1, 2, 1, 2, 0, 0),
            Vector512.Create(2.0, 2, 2, 2, 2, 2, 0, 0), Vector512.Create(2.0, 0, 2, 0, 2, 0, 0, 0),
        };
        var memory = stackalloc byte[(((2 * SquareTerms) + 1) * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* first = (Fq2Lanes*)FqLanes.Align(memory), second = first + SquareTerms, timesXi = second + SquareTerms;
        Fq2Lanes.MultiplyByXi(timesXi, x);
        for (var term = 0; term < SquareTerms; term++)
        {
            for (var i = 0; i < Length; i += FqLanes.Lanes)
            {
                Store(first + term, i, Avx512F.PermuteVar8x64(Load(x, i), left[term]));
                Store(second + term, i, times[term] * Avx512F.PermuteVar8x64x2(Load(x, i), right[term], Load(timesXi, i)));
            }
        }

        FqLanes.SumOfProducts(r, first, second, SquareTerms);
    }

    /// <summary>r = conj(x) = x^(q⁶).</summary>
    public static void Conjugate(Fq2Lanes* r, Fq2Lanes* x) => Fq2Lanes.NegateWhere(r, Odd.AsInt64(), x);

    /// <summary>r = x^q (<see cref="Frobenius"/>).</summary>
    [SkipLocalsInit]
    public static void FrobeniusPower(Fq2Lanes* r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var conjugate = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.Conjugate(conjugate, x);
        Fq2Lanes.Multiply(r, conjugate, Gamma);
    }

    /// <summary>r = x^(q²).</summary>
    public static void SquaredFrobeniusPower(Fq2Lanes* r, Fq2Lanes* x) => Fq2Lanes.Multiply(r, x, GammaNorm);

    /// <summary>One lane: the limbs of an element as they are. <see cref="LaneConstants.FromScalar"/> makes them one of ours.</summary>
    public static void PutScalar(Fq2Lanes* r, int lane, in Fq2 x)
    {
        FqLanes.PutScalar(&r->C0, lane, in x.C0);
        FqLanes.PutScalar(&r->C1, lane, in x.C1);
    }

    private static void GetScalar(out Fq2 r, Fq2Lanes* x, int lane)
    {
        Unsafe.SkipInit(out r);
        FqLanes.GetScalar(out r.C0, &x->C0, lane);
        FqLanes.GetScalar(out r.C1, &x->C1, lane);
    }

    // r = x·w^power.
    private static void Turn(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* timesXi, int power)
    {
        var from = Lane - Vector512.Create((long)power);
        from += Vector512.ShiftRightArithmetic(from, 63) & Vector512.Create((long)Coefficients + FqLanes.Lanes);
        from = Vector512.ConditionalSelect(Vector512.LessThan(Lane, Vector512.Create((long)Coefficients)), from, Lane);
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(r, i, Avx512F.PermuteVar8x64x2(Load(x, i), from, Load(timesXi, i)));
    }

    // r = one lane of x in all.
    private static void Spread(Fq2Lanes* r, Fq2Lanes* x, int lane)
    {
        for (var i = 0; i < Length; i += FqLanes.Lanes)
            Store(r, i, Vector512.Create(((double*)x)[i + lane]));
    }

    // 1 and these five.
    private static Fq2Lanes* Constant(ReadOnlySpan<Fq2> values)
    {
        var r = LaneConstants.Allocate<Fq2Lanes>(1);
        PutScalar(r, 0, in Fq2.One);
        for (var lane = 1; lane < FqLanes.Lanes; lane++)
            PutScalar(r, lane, lane <= values.Length ? values[lane - 1] : default);
        Fq2Lanes.MultiplyByFq(r, r, LaneConstants.FromScalar);
        return r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(Fq2Lanes* x, int offset) => Vector512.LoadAligned((double*)x + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Fq2Lanes* r, int offset, Vector512<double> value) => value.StoreAligned((double*)r + offset);
}
