using System.Numerics;
using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight elements of Fq12 at a time (<see cref="Fq12"/>), coefficients tight.</summary>
internal unsafe struct Fq12Lanes
{
    internal Fq6Lanes C0;
    internal Fq6Lanes C1;

    private const int Coefficients = 12;

    /// <summary>r = 1.</summary>
    public static void SetOne(Fq12Lanes* r)
    {
        FqLanes.Copy((FqLanes*)r, LaneConstants.One);
        for (var i = 1; i < Coefficients; i++)
            FqLanes.Subtract((FqLanes*)r + i, LaneConstants.One, LaneConstants.One);
    }

    /// <summary>r = x·y: three products in Fq6.</summary>
    [SkipLocalsInit]
    public static void Multiply(Fq12Lanes* r, Fq12Lanes* x, Fq12Lanes* y)
    {
        var memory = stackalloc byte[(5 * sizeof(Fq6Lanes)) + FqLanes.Alignment];
        Fq6Lanes* v0 = (Fq6Lanes*)FqLanes.Align(memory), v1 = v0 + 1, cross = v0 + 2, sumX = v0 + 3, sumY = v0 + 4;
        Fq6Lanes.Multiply(v0, &x->C0, &y->C0);
        Fq6Lanes.Multiply(v1, &x->C1, &y->C1);
        Fq6Lanes.Add(sumX, &x->C0, &x->C1);
        Fq6Lanes.Tighten(sumX, sumX);
        Fq6Lanes.Add(sumY, &y->C0, &y->C1);
        Fq6Lanes.Tighten(sumY, sumY);
        Fq6Lanes.Multiply(cross, sumX, sumY);
        Finish(r, v0, v1, cross);
    }

    /// <summary>r = x²: (c0+c1)(c0+v·c1) - t - v·t + 2t·w with t = c0·c1.</summary>
    [SkipLocalsInit]
    public static void Square(Fq12Lanes* r, Fq12Lanes* x)
    {
        var memory = stackalloc byte[(4 * sizeof(Fq6Lanes)) + FqLanes.Alignment];
        Fq6Lanes* t = (Fq6Lanes*)FqLanes.Align(memory), sum = t + 1, other = t + 2, product = t + 3;
        Fq6Lanes.Multiply(t, &x->C0, &x->C1);
        Fq6Lanes.Tighten(t, t);
        Fq6Lanes.Add(sum, &x->C0, &x->C1);
        Fq6Lanes.Tighten(sum, sum);
        Fq6Lanes.MultiplyByV(other, &x->C1);
        Fq6Lanes.Add(other, other, &x->C0);
        Fq6Lanes.Tighten(other, other);
        Fq6Lanes.Multiply(product, sum, other);
        Fq6Lanes.Subtract(product, product, t);
        Fq6Lanes.MultiplyByV(other, t);
        Fq6Lanes.Subtract(product, product, other);
        Fq6Lanes.Tighten(&r->C0, product);
        Fq6Lanes.Add(t, t, t);
        Fq6Lanes.Tighten(&r->C1, t);
    }

    /// <summary>r = x·(a + b·w² + c·w³), a line of the Miller loop: 13 products in Fq2.</summary>
    [SkipLocalsInit]
    public static void MultiplyByLine(Fq12Lanes* r, Fq12Lanes* x, Fq2Lanes* a, Fq2Lanes* b, Fq2Lanes* c)
    {
        var memory = stackalloc byte[(4 * sizeof(Fq6Lanes)) + sizeof(Fq2Lanes) + FqLanes.Alignment];
        Fq6Lanes* v0 = (Fq6Lanes*)FqLanes.Align(memory), v1 = v0 + 1, cross = v0 + 2, sum = v0 + 3;
        var inner = (Fq2Lanes*)(v0 + 4);
        Fq6Lanes.MultiplyBy01(v0, &x->C0, a, b);
        Fq6Lanes.MultiplyBy1(v1, &x->C1, c);
        Fq6Lanes.Add(sum, &x->C0, &x->C1);
        Fq6Lanes.Tighten(sum, sum);
        Fq2Lanes.Add(inner, b, c);
        Fq2Lanes.Tighten(inner, inner);
        Fq6Lanes.MultiplyBy01(cross, sum, a, inner);
        Finish(r, v0, v1, cross);
    }

    /// <summary>The product of the elements in all lanes.</summary>
    [SkipLocalsInit]
    public static void Gather(out Fq12 r, Fq12Lanes* x)
    {
        var memory = stackalloc byte[(2 * sizeof(Fq12Lanes)) + FqLanes.Alignment];
        Fq12Lanes* product = (Fq12Lanes*)FqLanes.Align(memory), other = product + 1;
        for (var i = 0; i < Coefficients; i++)
            FqLanes.Copy((FqLanes*)product + i, (FqLanes*)x + i);
        for (var distance = FqLanes.Lanes / 2; distance > 0; distance /= 2)
        {
            for (var i = 0; i < Coefficients; i++)
                FqLanes.Exchange((FqLanes*)other + i, (FqLanes*)product + i, distance);
            Multiply(product, product, other);
        }

        Unsafe.SkipInit(out r);
        Get(out r.C0, &product->C0);
        Get(out r.C1, &product->C1);
    }

    private static void Get(out Fq6 r, Fq6Lanes* x)
    {
        Unsafe.SkipInit(out r);
        Get(out r.C0, &x->C0);
        Get(out r.C1, &x->C1);
        Get(out r.C2, &x->C2);
    }

    private static void Get(out Fq2 r, Fq2Lanes* x)
    {
        Unsafe.SkipInit(out r);
        FqLanes.Get(out r.C0, &x->C0, 0);
        FqLanes.Get(out r.C1, &x->C1, 0);
    }

    // r = v0 + v·v1 + (cross - v0 - v1)·w.
    [SkipLocalsInit]
    private static void Finish(Fq12Lanes* r, Fq6Lanes* v0, Fq6Lanes* v1, Fq6Lanes* cross)
    {
        Fq6Lanes.Subtract(cross, cross, v0);
        Fq6Lanes.Subtract(cross, cross, v1);
        Fq6Lanes.Tighten(&r->C1, cross);
        Fq6Lanes.MultiplyByV(v1, v1);
        Fq6Lanes.Add(v0, v0, v1);
        Fq6Lanes.Tighten(&r->C0, v0);
    }
}
