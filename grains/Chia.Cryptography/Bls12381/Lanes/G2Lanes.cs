using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Eight points of E′ as (x, y).</summary>
internal unsafe struct G2AffineLanes
{
    internal Fq2Lanes X;
    internal Fq2Lanes Y;
}

/// <summary>
/// Eight points of E′ at a time in Jacobian coordinates (<see cref="JacobianPoint{TField}"/>), coordinates tight. Lanes cannot branch, so
/// sums are those of two different points that are not opposite and not infinity: where that does not hold Z becomes 0, and stays 0 in
/// all that is made of it. A caller looks at the end, and takes another way if any lane is 0.
/// </summary>
internal unsafe struct G2Lanes
{
    internal Fq2Lanes X;
    internal Fq2Lanes Y;
    internal Fq2Lanes Z;

    /// <summary>r = p.</summary>
    public static void Copy(G2Lanes* r, G2Lanes* p)
    {
        Fq2Lanes.Copy(&r->X, &p->X);
        Fq2Lanes.Copy(&r->Y, &p->Y);
        Fq2Lanes.Copy(&r->Z, &p->Z);
    }

    /// <summary>r = p.</summary>
    public static void FromAffine(G2Lanes* r, G2AffineLanes* p)
    {
        Fq2Lanes.Copy(&r->X, &p->X);
        Fq2Lanes.Copy(&r->Y, &p->Y);
        FqLanes.Copy(&r->Z.C0, LaneConstants.One);
        FqLanes.Subtract(&r->Z.C1, LaneConstants.One, LaneConstants.One);
    }

    /// <summary>r = p as (x, y), with 1/Z at hand.</summary>
    [SkipLocalsInit]
    public static void ToAffine(G2AffineLanes* r, G2Lanes* p, Fq2Lanes* inverse)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var power = (Fq2Lanes*)FqLanes.Align(memory);
        Fq2Lanes.Square(power, inverse);
        Fq2Lanes.Multiply(&r->X, &p->X, power);
        Fq2Lanes.Multiply(power, power, inverse);
        Fq2Lanes.Multiply(&r->Y, &p->Y, power);
    }

    /// <summary>r = 2p.</summary>
    [SkipLocalsInit]
    public static void Double(G2Lanes* r, G2Lanes* p)
    {
        var memory = stackalloc byte[(6 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* a = (Fq2Lanes*)FqLanes.Align(memory), b = a + 1, c = a + 2, d = a + 3, e = a + 4, t = a + 5;
        Fq2Lanes.Square(a, &p->X);
        Fq2Lanes.Square(b, &p->Y);
        Fq2Lanes.Square(c, b);

        // d = 2((X + b)² - a - c), e = 3a.
        Fq2Lanes.Add(t, &p->X, b);
        Fq2Lanes.Tighten(t, t);
        Fq2Lanes.Square(d, t);
        Fq2Lanes.Subtract(d, d, a);
        Fq2Lanes.Subtract(d, d, c);
        Fq2Lanes.Add(d, d, d);
        Fq2Lanes.Tighten(d, d);
        Fq2Lanes.Scale(e, a, 3);
        Fq2Lanes.Tighten(e, e);

        // Z = 2YZ, X = e² - 2d, Y = e(d - X) - 8c.
        Fq2Lanes.Add(t, &p->Y, &p->Y);
        Fq2Lanes.Multiply(&r->Z, t, &p->Z);
        Fq2Lanes.Square(t, e);
        Fq2Lanes.Subtract(t, t, d);
        Fq2Lanes.Subtract(t, t, d);
        Fq2Lanes.Tighten(&r->X, t);
        Fq2Lanes.Subtract(d, d, &r->X);
        Fq2Lanes.Multiply(t, e, d);
        Fq2Lanes.Scale(c, c, 8);
        Fq2Lanes.Subtract(t, t, c);
        Fq2Lanes.Tighten(&r->Y, t);
    }

    /// <summary>r = p + q.</summary>
    [SkipLocalsInit]
    public static void Add(G2Lanes* r, G2Lanes* p, G2AffineLanes* q)
    {
        var memory = stackalloc byte[(4 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* square = (Fq2Lanes*)FqLanes.Align(memory), u = square + 1, s = square + 2, z = square + 3;
        Fq2Lanes.Square(square, &p->Z);
        Fq2Lanes.Multiply(u, &q->X, square);
        Fq2Lanes.Multiply(s, &q->Y, &p->Z);
        Fq2Lanes.Multiply(s, s, square);
        Fq2Lanes.Copy(z, &p->Z);
        Combine(r, &p->X, u, &p->Y, s, z);
    }

    /// <summary>r = p + q.</summary>
    [SkipLocalsInit]
    public static void Add(G2Lanes* r, G2Lanes* p, G2Lanes* q)
    {
        var memory = stackalloc byte[(7 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* zp = (Fq2Lanes*)FqLanes.Align(memory), zq = zp + 1, up = zp + 2, uq = zp + 3, sp = zp + 4, sq = zp + 5, z = zp + 6;
        Fq2Lanes.Square(zp, &p->Z);
        Fq2Lanes.Square(zq, &q->Z);
        Fq2Lanes.Multiply(up, &p->X, zq);
        Fq2Lanes.Multiply(uq, &q->X, zp);
        Fq2Lanes.Multiply(sp, &p->Y, &q->Z);
        Fq2Lanes.Multiply(sp, sp, zq);
        Fq2Lanes.Multiply(sq, &q->Y, &p->Z);
        Fq2Lanes.Multiply(sq, sq, zp);
        Fq2Lanes.Multiply(z, &p->Z, &q->Z);
        Combine(r, up, uq, sp, sq, z);
    }

    /// <summary>r = -p.</summary>
    public static void Negate(G2Lanes* r, G2Lanes* p)
    {
        Fq2Lanes.Copy(&r->X, &p->X);
        Fq2Lanes.Negate(&r->Y, &p->Y);
        Fq2Lanes.Copy(&r->Z, &p->Z);
    }

    // The points over their common denominator z: (up, sp) and (uq, sq).
    [SkipLocalsInit]
    private static void Combine(G2Lanes* r, Fq2Lanes* up, Fq2Lanes* uq, Fq2Lanes* sp, Fq2Lanes* sq, Fq2Lanes* z)
    {
        var memory = stackalloc byte[(7 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* h = (Fq2Lanes*)FqLanes.Align(memory), s = h + 1, h2 = h + 2, h3 = h + 3, v = h + 4, y = h + 5, t = h + 6;
        Fq2Lanes.Subtract(h, uq, up);
        Fq2Lanes.Tighten(h, h);
        Fq2Lanes.Subtract(s, sq, sp);
        Fq2Lanes.Tighten(s, s);
        Fq2Lanes.Square(h2, h);
        Fq2Lanes.Multiply(h3, h2, h);
        Fq2Lanes.Multiply(v, up, h2);
        Fq2Lanes.Multiply(y, sp, h3);
        Fq2Lanes.Multiply(&r->Z, z, h);
        Fq2Lanes.Square(t, s);
        Fq2Lanes.Subtract(t, t, h3);
        Fq2Lanes.Subtract(t, t, v);
        Fq2Lanes.Subtract(t, t, v);
        Fq2Lanes.Tighten(&r->X, t);
        Fq2Lanes.Subtract(v, v, &r->X);
        Fq2Lanes.Multiply(t, v, s);
        Fq2Lanes.Subtract(t, t, y);
        Fq2Lanes.Tighten(&r->Y, t);
    }
}
