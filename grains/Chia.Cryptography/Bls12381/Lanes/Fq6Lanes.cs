using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight elements of Fq6 at a time (<see cref="Fq6"/>).</summary>
internal unsafe struct Fq6Lanes
{
    internal Fq2Lanes C0;
    internal Fq2Lanes C1;
    internal Fq2Lanes C2;

    /// <summary>r = x + y, loosenesses added.</summary>
    public static void Add(Fq6Lanes* r, Fq6Lanes* x, Fq6Lanes* y)
    {
        Fq2Lanes.Add(&r->C0, &x->C0, &y->C0);
        Fq2Lanes.Add(&r->C1, &x->C1, &y->C1);
        Fq2Lanes.Add(&r->C2, &x->C2, &y->C2);
    }

    /// <summary>r = x - y, loosenesses added.</summary>
    public static void Subtract(Fq6Lanes* r, Fq6Lanes* x, Fq6Lanes* y)
    {
        Fq2Lanes.Subtract(&r->C0, &x->C0, &y->C0);
        Fq2Lanes.Subtract(&r->C1, &x->C1, &y->C1);
        Fq2Lanes.Subtract(&r->C2, &x->C2, &y->C2);
    }

    /// <summary>r = x with tight limbs.</summary>
    public static void Tighten(Fq6Lanes* r, Fq6Lanes* x)
    {
        Fq2Lanes.Tighten(&r->C0, &x->C0);
        Fq2Lanes.Tighten(&r->C1, &x->C1);
        Fq2Lanes.Tighten(&r->C2, &x->C2);
    }

    /// <summary>r = v·x: looseness doubled in the first coefficient.</summary>
    [SkipLocalsInit]
    public static void MultiplyByV(Fq6Lanes* r, Fq6Lanes* x)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var first = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.MultiplyByXi(first, &x->C2);
        Fq2Lanes.Copy(&r->C2, &x->C1);
        Fq2Lanes.Copy(&r->C1, &x->C0);
        Fq2Lanes.Copy(&r->C0, first);
    }

    /// <summary>r = x·y, both tight: six products in Fq2. Loosenesses of the result: 7, 5, 4.</summary>
    [SkipLocalsInit]
    public static void Multiply(Fq6Lanes* r, Fq6Lanes* x, Fq6Lanes* y)
    {
        var memory = stackalloc byte[(7 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* v0 = (Fq2Lanes*)FqLanes.Align(memory), v1 = v0 + 1, v2 = v0 + 2, c0 = v0 + 3, c1 = v0 + 4, sumX = v0 + 5, sumY = v0 + 6;
        Fq2Lanes.Multiply(v0, &x->C0, &y->C0);
        Fq2Lanes.Multiply(v1, &x->C1, &y->C1);
        Fq2Lanes.Multiply(v2, &x->C2, &y->C2);
        Fq2Lanes.Add(sumX, &x->C1, &x->C2);
        Fq2Lanes.Add(sumY, &y->C1, &y->C2);
        Cross(c0, sumX, sumY, v1, v2);
        Fq2Lanes.Add(sumX, &x->C0, &x->C1);
        Fq2Lanes.Add(sumY, &y->C0, &y->C1);
        Cross(c1, sumX, sumY, v0, v1);
        Fq2Lanes.Add(sumX, &x->C0, &x->C2);
        Fq2Lanes.Add(sumY, &y->C0, &y->C2);
        Cross(sumX, sumX, sumY, v0, v2);
        Fq2Lanes.Add(&r->C2, sumX, v1);
        Fq2Lanes.MultiplyByXi(c0, c0);
        Fq2Lanes.Add(&r->C0, c0, v0);
        Fq2Lanes.MultiplyByXi(v2, v2);
        Fq2Lanes.Add(&r->C1, c1, v2);
    }

    /// <summary>r = x·(y0 + y1·v), x tight, y0 and y1 tight: five products in Fq2. Loosenesses of the result: 3, 3, 2.</summary>
    [SkipLocalsInit]
    public static void MultiplyBy01(Fq6Lanes* r, Fq6Lanes* x, Fq2Lanes* y0, Fq2Lanes* y1)
    {
        var memory = stackalloc byte[(6 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* v0 = (Fq2Lanes*)FqLanes.Align(memory), v1 = v0 + 1, c0 = v0 + 2, c2 = v0 + 3, sumX = v0 + 4, sumY = v0 + 5;
        Fq2Lanes.Multiply(v0, &x->C0, y0);
        Fq2Lanes.Multiply(v1, &x->C1, y1);
        Fq2Lanes.Multiply(c0, &x->C2, y1);
        Fq2Lanes.Multiply(c2, &x->C2, y0);
        Fq2Lanes.Add(sumX, &x->C0, &x->C1);
        Fq2Lanes.Add(sumY, y0, y1);
        Cross(&r->C1, sumX, sumY, v0, v1);
        Fq2Lanes.Add(&r->C2, c2, v1);
        Fq2Lanes.MultiplyByXi(c0, c0);
        Fq2Lanes.Add(&r->C0, c0, v0);
    }

    /// <summary>r = x·(y1·v), tight but for the first coefficient, of looseness 2.</summary>
    [SkipLocalsInit]
    public static void MultiplyBy1(Fq6Lanes* r, Fq6Lanes* x, Fq2Lanes* y1)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var last = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.Multiply(last, &x->C2, y1);
        Fq2Lanes.Multiply(&r->C2, &x->C1, y1);
        Fq2Lanes.Multiply(&r->C1, &x->C0, y1);
        Fq2Lanes.MultiplyByXi(&r->C0, last);
    }

    // r = x·y - a - b.
    private static void Cross(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y, Fq2Lanes* a, Fq2Lanes* b)
    {
        Fq2Lanes.Multiply(r, x, y);
        Fq2Lanes.Subtract(r, r, a);
        Fq2Lanes.Subtract(r, r, b);
    }
}
