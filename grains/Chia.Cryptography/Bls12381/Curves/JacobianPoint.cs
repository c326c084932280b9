using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point of the curve over a field in Jacobian coordinates: (X/Z², Y/Z³), infinity if Z = 0.</summary>
/// <typeparam name="TField">The field of its coordinates: Fq for G1, Fq2 for G2.</typeparam>
internal struct JacobianPoint<TField>
    where TField : struct, IField<TField>
{
    internal TField X;
    internal TField Y;
    internal TField Z;

    /// <summary>True for the neutral element.</summary>
    public readonly bool IsInfinity() => Z.IsZero();

    /// <summary>r = p.</summary>
    public static void FromAffine(out JacobianPoint<TField> r, in AffinePoint<TField> p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        r.Y = p.Y;
        r.Z = TField.One;
    }

    /// <summary>r = p as (x, y); p must not be infinity.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out AffinePoint<TField> r, in JacobianPoint<TField> p)
    {
        TField.Invert(out var inverse, in p.Z);
        ToAffine(out r, in p, in inverse);
    }

    /// <summary>r = p as (x, y), with 1/Z at hand.</summary>
    [SkipLocalsInit]
    public static void ToAffine(out AffinePoint<TField> r, in JacobianPoint<TField> p, in TField inverse)
    {
        Unsafe.SkipInit(out r);
        TField.Square(out var square, in inverse);
        TField.Multiply(out r.X, in p.X, in square);
        TField.Multiply(out square, in square, in inverse);
        TField.Multiply(out r.Y, in p.Y, in square);
    }

    /// <summary>r = -p.</summary>
    public static void Negate(out JacobianPoint<TField> r, in JacobianPoint<TField> p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        TField.Negate(out r.Y, in p.Y);
        r.Z = p.Z;
    }

    /// <summary>Equality as points.</summary>
    [SkipLocalsInit]
    public static bool AreEqual(in JacobianPoint<TField> p, in JacobianPoint<TField> q)
    {
        if (p.IsInfinity() || q.IsInfinity())
            return p.IsInfinity() && q.IsInfinity();
        TField.Square(out var zp, in p.Z);
        TField.Square(out var zq, in q.Z);
        TField.Multiply(out var left, in p.X, in zq);
        TField.Multiply(out var right, in q.X, in zp);
        if (!TField.AreEqual(in left, in right))
            return false;
        TField.Multiply(out zp, in zp, in p.Z);
        TField.Multiply(out zq, in zq, in q.Z);
        TField.Multiply(out left, in p.Y, in zq);
        TField.Multiply(out right, in q.Y, in zp);
        return TField.AreEqual(in left, in right);
    }

    /// <summary>r = 2p. Infinity stays infinity; no point has order two.</summary>
    [SkipLocalsInit]
    public static void Double(out JacobianPoint<TField> r, in JacobianPoint<TField> p)
    {
        TField.Square(out var a, in p.X);
        TField.Square(out var b, in p.Y);
        TField.Square(out var c, in b);
        TField.AddFactor(out var sum, in p.X, in b);
        TField.Square(out var d, in sum);
        TField.TwiceDifference(out d, in d, in a, in c);
        TField.AddFactor(out var e, in a, in a);
        TField.AddFactor(out e, in e, in a);

        Unsafe.SkipInit(out r);
        TField.AddFactor(out sum, in p.Y, in p.Y);
        TField.Multiply(out r.Z, in sum, in p.Z);
        TField.Square(out var x, in e);
        TField.SubtractMultiple(out r.X, in x, in d, 2);
        TField.SubtractFactor(out d, in d, in r.X);
        TField.Multiply(out d, in e, in d);
        TField.SubtractMultiple(out r.Y, in d, in c, 8);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out JacobianPoint<TField> r, in JacobianPoint<TField> p, in JacobianPoint<TField> q)
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

        TField.Square(out var zp, in p.Z);
        TField.Square(out var zq, in q.Z);
        TField.Multiply(out var up, in p.X, in zq);
        TField.Multiply(out var uq, in q.X, in zp);
        TField.Multiply(out var sp, in p.Y, in q.Z);
        TField.Multiply(out sp, in sp, in zq);
        TField.Multiply(out var sq, in q.Y, in p.Z);
        TField.Multiply(out sq, in sq, in zp);
        TField.Multiply(out var z, in p.Z, in q.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    /// <summary>r = p + q, any two points.</summary>
    [SkipLocalsInit]
    public static void Add(out JacobianPoint<TField> r, in JacobianPoint<TField> p, in AffinePoint<TField> q)
    {
        if (p.IsInfinity())
        {
            FromAffine(out r, in q);
            return;
        }

        TField.Square(out var zp, in p.Z);
        TField.Multiply(out var uq, in q.X, in zp);
        TField.Multiply(out var sq, in q.Y, in p.Z);
        TField.Multiply(out sq, in sq, in zp);
        var (up, sp, z) = (p.X, p.Y, p.Z);
        Combine(out r, in p, in up, in uq, in sp, in sq, in z);
    }

    // The points over their common denominator z: (up, sp) = p and (uq, sq) = q.
    [SkipLocalsInit]
    private static void Combine(
        out JacobianPoint<TField> r, in JacobianPoint<TField> p, in TField up, in TField uq, in TField sp, in TField sq, in TField z)
    {
        TField.Subtract(out var h, in uq, in up);
        TField.Subtract(out var s, in sq, in sp);
        if (h.IsZero())
        {
            if (s.IsZero())
                Double(out r, in p);
            else
                r = default;
            return;
        }

        TField.Square(out var h2, in h);
        TField.Multiply(out var h3, in h2, in h);
        TField.Multiply(out var v, in up, in h2);
        TField.Multiply(out var y, in sp, in h3);
        Unsafe.SkipInit(out r);
        TField.Multiply(out r.Z, in z, in h);
        TField.Square(out var x, in s);
        TField.Subtract(out x, in x, in h3);
        TField.SubtractMultiple(out r.X, in x, in v, 2);
        TField.SubtractFactor(out v, in v, in r.X);
        TField.Multiply(out v, in v, in s);
        TField.Subtract(out r.Y, in v, in y);
    }
}
