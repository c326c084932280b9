using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight elements of Fq2 at a time (<see cref="FqLanes"/>).</summary>
internal unsafe struct Fq2Lanes
{
    internal FqLanes C0;
    internal FqLanes C1;

    /// <summary>r = x.</summary>
    public static void Copy(Fq2Lanes* r, Fq2Lanes* x)
    {
        FqLanes.Copy(&r->C0, &x->C0);
        FqLanes.Copy(&r->C1, &x->C1);
    }

    /// <summary>r = x + y, loosenesses added.</summary>
    public static void Add(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y)
    {
        FqLanes.Add(&r->C0, &x->C0, &y->C0);
        FqLanes.Add(&r->C1, &x->C1, &y->C1);
    }

    /// <summary>r = x - y, loosenesses added.</summary>
    public static void Subtract(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y)
    {
        FqLanes.Subtract(&r->C0, &x->C0, &y->C0);
        FqLanes.Subtract(&r->C1, &x->C1, &y->C1);
    }

    /// <summary>r = -x.</summary>
    public static void Negate(Fq2Lanes* r, Fq2Lanes* x)
    {
        FqLanes.Negate(&r->C0, &x->C0);
        FqLanes.Negate(&r->C1, &x->C1);
    }

    /// <summary>r = -x in the lanes of the mask, else x.</summary>
    public static void NegateWhere(Fq2Lanes* r, Vector512<long> mask, Fq2Lanes* x)
    {
        FqLanes.NegateWhere(&r->C0, mask, &x->C0);
        FqLanes.NegateWhere(&r->C1, mask, &x->C1);
    }

    /// <summary>r = x in the lanes of the mask, else y.</summary>
    public static void Select(Fq2Lanes* r, Vector512<long> mask, Fq2Lanes* x, Fq2Lanes* y)
    {
        FqLanes.Select(&r->C0, mask, &x->C0, &y->C0);
        FqLanes.Select(&r->C1, mask, &x->C1, &y->C1);
    }

    /// <summary>r = k·x, looseness times k.</summary>
    public static void Scale(Fq2Lanes* r, Fq2Lanes* x, double k)
    {
        FqLanes.Scale(&r->C0, &x->C0, k);
        FqLanes.Scale(&r->C1, &x->C1, k);
    }

    /// <summary>r = x with tight limbs.</summary>
    public static void Tighten(Fq2Lanes* r, Fq2Lanes* x)
    {
        FqLanes.Tighten(&r->C0, &x->C0);
        FqLanes.Tighten(&r->C1, &x->C1);
    }

    /// <summary>r = c0 - c1·u.</summary>
    public static void Conjugate(Fq2Lanes* r, Fq2Lanes* x)
    {
        FqLanes.Copy(&r->C0, &x->C0);
        FqLanes.Negate(&r->C1, &x->C1);
    }

    /// <summary>r = (1+u)·x, looseness doubled.</summary>
    [SkipLocalsInit]
    public static void MultiplyByXi(Fq2Lanes* r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + FqLanes.Alignment];
        var real = (FqLanes*)FqLanes.Align(memory);
        FqLanes.Subtract(real, &x->C0, &x->C1);
        FqLanes.Add(&r->C1, &x->C0, &x->C1);
        FqLanes.Copy(&r->C0, real);
    }

    /// <summary>r = x·y: four products and two reductions. Karatsuba's three would save a sixth and ask for eight more sums.</summary>
    public static void Multiply(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y) => FqLanes.SumOfProducts(r, x, y, 1);

    /// <summary>r = x², x tight: (c0+c1)(c0-c1) + 2·c0·c1·u.</summary>
    [SkipLocalsInit]
    public static void Square(Fq2Lanes* r, Fq2Lanes* x)
    {
        var memory = stackalloc byte[(3 * sizeof(FqLanes)) + FqLanes.Alignment];
        FqLanes* sum = (FqLanes*)FqLanes.Align(memory), difference = sum + 1, twice = sum + 2;
        FqLanes.Add(sum, &x->C0, &x->C1);
        FqLanes.Subtract(difference, &x->C0, &x->C1);
        FqLanes.Add(twice, &x->C0, &x->C0);
        FqLanes.MultiplyTwo(&r->C0, sum, difference, &r->C1, twice, &x->C1);
    }

    /// <summary>r = k·x, k in Fq.</summary>
    public static void MultiplyByFq(Fq2Lanes* r, Fq2Lanes* x, FqLanes* k) => FqLanes.MultiplyTwo(&r->C0, &x->C0, k, &r->C1, &x->C1, k);

    /// <summary>r = c0² + c1².</summary>
    public static void Norm(FqLanes* r, Fq2Lanes* x) => FqLanes.MultiplyAdd(r, &x->C0, &x->C0, &x->C1, &x->C1);

    /// <summary>r = x/k, k being the inverse of the norm: so 1/x of k = 1/|x|².</summary>
    [SkipLocalsInit]
    public static void InverseFromNorm(Fq2Lanes* r, Fq2Lanes* x, FqLanes* normInverse)
    {
        MultiplyByFq(r, x, normInverse);
        FqLanes.Negate(&r->C1, &r->C1);
    }

    /// <summary>The lanes that hold 0.</summary>
    public static int ZeroLanes(Fq2Lanes* x) => FqLanes.ZeroLanes(&x->C0) & FqLanes.ZeroLanes(&x->C1);

    /// <summary>The lanes in which x and y are the same; loosenesses of 3 together.</summary>
    public static int EqualLanes(Fq2Lanes* x, Fq2Lanes* y) => FqLanes.EqualLanes(&x->C0, &y->C0) & FqLanes.EqualLanes(&x->C1, &y->C1);
}
