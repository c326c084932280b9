using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point of E: y² = x³ + 4 over Fq in Jacobian coordinates: (X/Z², Y/Z³), infinity if Z = 0.</summary>
internal partial struct G1Point
{
    internal Fq X;
    internal Fq Y;
    internal Fq Z;

    /// <summary>True for the neutral element.</summary>
    public readonly bool IsInfinity() => Z.IsZero();

    /// <summary>r = p.</summary>
    public static void FromAffine(out G1Point r, in G1Affine p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        r.Y = p.Y;
        r.Z = Fq.One;
    }

    /// <summary>r = p as (x, y); p must not be infinity.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out G1Affine r, in G1Point p)
    {
        Fq.Invert(out var inverse, in p.Z);
        ToAffine(out r, in p, in inverse);
    }

    /// <summary>r = p as (x, y), with 1/Z at hand.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out G1Affine r, in G1Point p, in Fq inverse)
    {
        Unsafe.SkipInit(out r);
        Fq.Square(out var square, in inverse);
        Fq.Multiply(out r.X, in p.X, in square);
        Fq.Multiply(out square, in square, in inverse);
        Fq.Multiply(out r.Y, in p.Y, in square);
    }

    /// <summary>r = -p.</summary>
    public static void Negate(out G1Point r, in G1Point p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        Fq.Negate(out r.Y, in p.Y);
        r.Z = p.Z;
    }

    /// <summary>Equality as points.</summary>
    [SkipLocalsInit]
    public static bool AreEqual(in G1Point p, in G1Point q)
    {
        if (p.IsInfinity() || q.IsInfinity())
            return p.IsInfinity() && q.IsInfinity();
        Fq.Square(out var zp, in p.Z);
        Fq.Square(out var zq, in q.Z);
        Fq.Multiply(out var left, in p.X, in zq);
        Fq.Multiply(out var right, in q.X, in zp);
        if (!Fq.AreEqual(in left, in right))
            return false;
        Fq.Multiply(out zp, in zp, in p.Z);
        Fq.Multiply(out zq, in zq, in q.Z);
        Fq.Multiply(out left, in p.Y, in zq);
        Fq.Multiply(out right, in q.Y, in zp);
        return Fq.AreEqual(in left, in right);
    }

    /// <summary>r = 2p. Infinity stays infinity; no point has order two.</summary>
    [SkipLocalsInit]
    public static void Double(out G1Point r, in G1Point p)
    {
        Fq.Square(out var a, in p.X);
        Fq.Square(out var b, in p.Y);
        Fq.Square(out var c, in b);
        Fq.Add(out var sum, in p.X, in b);
        Fq.Square(out var d, in sum);
        Fq.TwiceDifference(out d, in d, in a, in c);
        Fq.Add(out var e, in a, in a);
        Fq.Add(out e, in e, in a);

        Unsafe.SkipInit(out r);
        Fq.Add(out sum, in p.Y, in p.Y);
        Fq.Multiply(out r.Z, in sum, in p.Z);
        Fq.Square(out var x, in e);
        Fq.SubtractMultiple(out r.X, in x, in d, 2);
        Fq.Subtract(out d, in d, in r.X);
        Fq.Multiply(out d, in e, in d);
        Fq.SubtractMultiple(out r.Y, in d, in c, 8);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out G1Point r, in G1Point p, in G1Point q)
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

        Fq.Square(out var zp, in p.Z);
        Fq.Square(out var zq, in q.Z);
        Fq.Multiply(out var up, in p.X, in zq);
        Fq.Multiply(out var uq, in q.X, in zp);
        Fq.Multiply(out var sp, in p.Y, in q.Z);
        Fq.Multiply(out sp, in sp, in zq);
        Fq.Multiply(out var sq, in q.Y, in p.Z);
        Fq.Multiply(out sq, in sq, in zp);
        Fq.Multiply(out var z, in p.Z, in q.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out G1Point r, in G1Point p, in G1Affine q)
    {
        if (p.IsInfinity())
        {
            FromAffine(out r, in q);
            return;
        }

        Fq.Square(out var zp, in p.Z);
        Fq.Multiply(out var uq, in q.X, in zp);
        Fq.Multiply(out var sq, in q.Y, in p.Z);
        Fq.Multiply(out sq, in sq, in zp);
        var (up, sp, z) = (p.X, p.Y, p.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    // The points over their common denominator z: (up, sp) = p and (uq, sq) = q.
    [SkipLocalsInit]
    private static void Combine(
        out G1Point r, in G1Point p, in Fq up, in Fq uq, in Fq sp, in Fq sq, in Fq z)
    {
        Fq.Subtract(out var h, in uq, in up);
        Fq.Subtract(out var s, in sq, in sp);
        if (h.IsZero())
        {
            if (s.IsZero())
                Double(out r, in p);
            else
                r = default;
            return;
        }

        Fq.Square(out var h2, in h);
        Fq.Multiply(out var h3, in h2, in h);
        Fq.Multiply(out var v, in up, in h2);
        Fq.Multiply(out var y, in sp, in h3);
        Unsafe.SkipInit(out r);
        Fq.Multiply(out r.Z, in z, in h);
        Fq.Square(out var x, in s);
        Fq.Subtract(out x, in x, in h3);
        Fq.SubtractMultiple(out r.X, in x, in v, 2);
        Fq.Subtract(out v, in v, in r.X);
        Fq.Multiply(out v, in v, in s);
        Fq.Subtract(out r.Y, in v, in y);
    }
}
