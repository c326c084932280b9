using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point of E′: y² = x³ + 4 + 4u over Fq2 in Jacobian coordinates: (X/Z², Y/Z³), infinity if Z = 0.</summary>
internal partial struct G2Point
{
    internal Fq2 X;
    internal Fq2 Y;
    internal Fq2 Z;

    /// <summary>True for the neutral element.</summary>
    public readonly bool IsInfinity() => Z.IsZero();

    /// <summary>r = p.</summary>
    public static void FromAffine(out G2Point r, in G2Affine p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        r.Y = p.Y;
        r.Z = Fq2.One;
    }

    /// <summary>r = p as (x, y); p must not be infinity.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out G2Affine r, in G2Point p)
    {
        Fq2.Invert(out var inverse, in p.Z);
        ToAffine(out r, in p, in inverse);
    }

    /// <summary>r = p as (x, y), with 1/Z at hand.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out G2Affine r, in G2Point p, in Fq2 inverse)
    {
        Unsafe.SkipInit(out r);
        Fq2.Square(out var square, in inverse);
        Fq2.Multiply(out r.X, in p.X, in square);
        Fq2.Multiply(out square, in square, in inverse);
        Fq2.Multiply(out r.Y, in p.Y, in square);
    }

    /// <summary>r = -p.</summary>
    public static void Negate(out G2Point r, in G2Point p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        Fq2.Negate(out r.Y, in p.Y);
        r.Z = p.Z;
    }

    /// <summary>Equality as points.</summary>
    [SkipLocalsInit]
    public static bool AreEqual(in G2Point p, in G2Point q)
    {
        if (p.IsInfinity() || q.IsInfinity())
            return p.IsInfinity() && q.IsInfinity();
        Fq2.Square(out var zp, in p.Z);
        Fq2.Square(out var zq, in q.Z);
        Fq2.Multiply(out var left, in p.X, in zq);
        Fq2.Multiply(out var right, in q.X, in zp);
        if (!Fq2.AreEqual(in left, in right))
            return false;
        Fq2.Multiply(out zp, in zp, in p.Z);
        Fq2.Multiply(out zq, in zq, in q.Z);
        Fq2.Multiply(out left, in p.Y, in zq);
        Fq2.Multiply(out right, in q.Y, in zp);
        return Fq2.AreEqual(in left, in right);
    }

    /// <summary>r = 2p. Infinity stays infinity; no point has order two.</summary>
    [SkipLocalsInit]
    public static void Double(out G2Point r, in G2Point p)
    {
        Fq2.Square(out var a, in p.X);
        Fq2.Square(out var b, in p.Y);
        Fq2.Square(out var c, in b);
        Fq2.AddLoose(out var sum, in p.X, in b);
        Fq2.Square(out var d, in sum);
        Fq2.TwiceDifference(out d, in d, in a, in c);
        Fq2.AddLoose(out var e, in a, in a);
        Fq2.AddLoose(out e, in e, in a);

        Unsafe.SkipInit(out r);
        Fq2.AddLoose(out sum, in p.Y, in p.Y);
        Fq2.Multiply(out r.Z, in sum, in p.Z);
        Fq2.Square(out var x, in e);
        Fq2.SubtractMultiple(out r.X, in x, in d, 2);
        Fq2.SubtractLoose(out d, in d, in r.X);
        Fq2.Multiply(out d, in e, in d);
        Fq2.SubtractMultiple(out r.Y, in d, in c, 8);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out G2Point r, in G2Point p, in G2Point q)
    {
        if (p.IsInfinity())
        {
            r = q;
            return;
        }

        if (q.IsInfinity())
        {
            r = p;
            return;
        }

        Fq2.Square(out var zp, in p.Z);
        Fq2.Square(out var zq, in q.Z);
        Fq2.Multiply(out var up, in p.X, in zq);
        Fq2.Multiply(out var uq, in q.X, in zp);
        Fq2.Multiply(out var sp, in p.Y, in q.Z);
        Fq2.Multiply(out sp, in sp, in zq);
        Fq2.Multiply(out var sq, in q.Y, in p.Z);
        Fq2.Multiply(out sq, in sq, in zp);
        Fq2.Multiply(out var z, in p.Z, in q.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out G2Point r, in G2Point p, in G2Affine q)
    {
        if (p.IsInfinity())
        {
            FromAffine(out r, in q);
            return;
        }

        Fq2.Square(out var zp, in p.Z);
        Fq2.Multiply(out var uq, in q.X, in zp);
        Fq2.Multiply(out var sq, in q.Y, in p.Z);
        Fq2.Multiply(out sq, in sq, in zp);
        var (up, sp, z) = (p.X, p.Y, p.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    // The points over their common denominator z: (up, sp) = p and (uq, sq) = q.
    [SkipLocalsInit]
    private static void Combine(
        out G2Point r, in G2Point p, in Fq2 up, in Fq2 uq, in Fq2 sp, in Fq2 sq, in Fq2 z)
    {
        Fq2.Subtract(out var h, in uq, in up);
        Fq2.Subtract(out var s, in sq, in sp);
        if (h.IsZero())
        {
            if (s.IsZero())
                Double(out r, in p);
            else
                r = default;
            return;
        }

        Fq2.Square(out var h2, in h);
        Fq2.Multiply(out var h3, in h2, in h);
        Fq2.Multiply(out var v, in up, in h2);
        Fq2.Multiply(out var y, in sp, in h3);
        Unsafe.SkipInit(out r);
        Fq2.Multiply(out r.Z, in z, in h);
        Fq2.Square(out var x, in s);
        Fq2.Subtract(out x, in x, in h3);
        Fq2.SubtractMultiple(out r.X, in x, in v, 2);
        Fq2.SubtractLoose(out v, in v, in r.X);
        Fq2.Multiply(out v, in v, in s);
        Fq2.Subtract(out r.Y, in v, in y);
    }
}
