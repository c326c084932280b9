using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight points of E as (x, y).</summary>
internal unsafe struct G1AffineLanes
{
    internal FqLanes X;
    internal FqLanes Y;
}

/// <summary>
/// Eight points of E at a time in Jacobian coordinates (<see cref="JacobianPoint{TField}"/>), coordinates tight; sums as those of
/// <see cref="G2Lanes"/>.
/// </summary>
internal unsafe struct G1Lanes
{
    internal FqLanes X;
    internal FqLanes Y;
    internal FqLanes Z;

    /// <summary>r = p.</summary>
    public static void FromAffine(G1Lanes* r, G1AffineLanes* p)
    {
        FqLanes.Copy(&r->X, &p->X);
        FqLanes.Copy(&r->Y, &p->Y);
        FqLanes.Copy(&r->Z, LaneConstants.One);
    }

    /// <summary>r = p as (x, y), with 1/Z at hand.</summary>
    [SkipLocalsInit]
    public static void ToAffine(G1AffineLanes* r, G1Lanes* p, FqLanes* inverse)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + FqLanes.Alignment];
        var power = (FqLanes*)FqLanes.Align(memory);
        FqLanes.Multiply(power, inverse, inverse);
        FqLanes.Multiply(&r->X, &p->X, power);
        FqLanes.Multiply(power, power, inverse);
        FqLanes.Multiply(&r->Y, &p->Y, power);
    }

    /// <summary>r = 2p.</summary>
    [SkipLocalsInit]
    public static void Double(G1Lanes* r, G1Lanes* p)
    {
        var memory = stackalloc byte[(6 * sizeof(FqLanes)) + FqLanes.Alignment];
        FqLanes* a = (FqLanes*)FqLanes.Align(memory), b = a + 1, c = a + 2, d = a + 3, e = a + 4, t = a + 5;
        FqLanes.Multiply(a, &p->X, &p->X);
        FqLanes.Multiply(b, &p->Y, &p->Y);
        FqLanes.Multiply(c, b, b);

        // d = 2((X + b)² - a - c), e = 3a.
        FqLanes.Add(t, &p->X, b);
        FqLanes.Tighten(t, t);
        FqLanes.Multiply(d, t, t);
        FqLanes.Subtract(d, d, a);
        FqLanes.Subtract(d, d, c);
        FqLanes.Add(d, d, d);
        FqLanes.Tighten(d, d);
        FqLanes.Scale(e, a, 3);
        FqLanes.Tighten(e, e);

        // Z = 2YZ, X = e² - 2d, Y = e(d - X) - 8c.
        FqLanes.Add(t, &p->Y, &p->Y);
        FqLanes.Multiply(&r->Z, t, &p->Z);
        FqLanes.Multiply(t, e, e);
        FqLanes.Subtract(t, t, d);
        FqLanes.Subtract(t, t, d);
        FqLanes.Tighten(&r->X, t);
        FqLanes.Subtract(d, d, &r->X);
        FqLanes.Multiply(t, e, d);
        FqLanes.Scale(c, c, 8);
        FqLanes.Subtract(t, t, c);
        FqLanes.Tighten(&r->Y, t);
    }

    /// <summary>r = p + q.</summary>
    [SkipLocalsInit]
    public static void Add(G1Lanes* r, G1Lanes* p, G1AffineLanes* q)
    {
        var memory = stackalloc byte[(4 * sizeof(FqLanes)) + FqLanes.Alignment];
        FqLanes* square = (FqLanes*)FqLanes.Align(memory), u = square + 1, s = square + 2, z = square + 3;
        FqLanes.Multiply(square, &p->Z, &p->Z);
        FqLanes.Multiply(u, &q->X, square);
        FqLanes.Multiply(s, &q->Y, &p->Z);
        FqLanes.Multiply(s, s, square);
        FqLanes.Copy(z, &p->Z);
        Combine(r, &p->X, u, &p->Y, s, z);
    }

    // The points over their common denominator z: (up, sp) and (uq, sq).
    [SkipLocalsInit]
    private static void Combine(G1Lanes* r, FqLanes* up, FqLanes* uq, FqLanes* sp, FqLanes* sq, FqLanes* z)
    {
        var memory = stackalloc byte[(7 * sizeof(FqLanes)) + FqLanes.Alignment];
        FqLanes* h = (FqLanes*)FqLanes.Align(memory), s = h + 1, h2 = h + 2, h3 = h + 3, v = h + 4, y = h + 5, t = h + 6;
        FqLanes.Subtract(h, uq, up);
        FqLanes.Tighten(h, h);
        FqLanes.Subtract(s, sq, sp);
        FqLanes.Tighten(s, s);
        FqLanes.Multiply(h2, h, h);
        FqLanes.Multiply(h3, h2, h);
        FqLanes.Multiply(v, up, h2);
        FqLanes.Multiply(y, sp, h3);
        FqLanes.Multiply(&r->Z, z, h);
        FqLanes.Multiply(t, s, s);
        FqLanes.Subtract(t, t, h3);
        FqLanes.Subtract(t, t, v);
        FqLanes.Subtract(t, t, v);
        FqLanes.Tighten(&r->X, t);
        FqLanes.Subtract(v, v, &r->X);
        FqLanes.Multiply(t, v, s);
        FqLanes.Subtract(t, t, y);
        FqLanes.Tighten(&r->Y, t);
    }
}
