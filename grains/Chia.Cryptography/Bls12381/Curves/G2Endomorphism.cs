using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// ψ on E′ (BLS.md 6.2) and what it makes cheap. On the subgroup of order n, ψ multiplies by the negative curve parameter, so
/// ψ(P) = -[X]P and ψ²(P) = [X²]P with X = |x|.
/// </summary>
internal static class G2Endomorphism
{
    internal static readonly Fq2 FactorX = Fq2.FromHex(
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaad");

    internal static readonly Fq2 FactorY = Fq2.FromHex(
        "135203e60180a68ee2e9c448d77a2cd91c3dedd930b1cf60ef396489f61eb45e304466cf3e67fa0af1ee7b04121bdea2",
        "06af0e0437ff400b6831e36d6bd17ffe48395dabc2d3435e77f76e17009241c5ee67992f72ec05f4c81084fbede3cc09");

    internal static readonly Fq SquaredFactorX = Fq.FromHex(
        "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaac");

    /// <summary>r = ψ(p).</summary>
    [SkipLocalsInit]
    public static void Apply(out G2Point r, in G2Point p)
    {
        Unsafe.SkipInit(out r);
        Fq2.Conjugate(out var conjugate, in p.X);
        Fq2.Multiply(out r.X, in conjugate, in FactorX);
        Fq2.Conjugate(out conjugate, in p.Y);
        Fq2.Multiply(out r.Y, in conjugate, in FactorY);
        Fq2.Conjugate(out r.Z, in p.Z);
    }

    /// <summary>r = ψ(ψ(p)).</summary>
    [SkipLocalsInit]
    public static void ApplyTwice(out G2Point r, in G2Point p)
    {
        Unsafe.SkipInit(out r);
        Fq2.MultiplyByFq(out r.X, in p.X, in SquaredFactorX);
        Fq2.Negate(out r.Y, in p.Y);
        r.Z = p.Z;
    }

    /// <summary>True iff a point of E′ has order n (or 1): ψ(P) = -[X]P (BLS.md 8).</summary>
    [SkipLocalsInit]
    public static bool IsInSubgroup(in G2Affine p)
    {
        G2Point.FromAffine(out var point, in p);
        MultiplyByParameter(out var multiple, in point);
        G2Point.Negate(out multiple, in multiple);
        Apply(out var image, in point);
        return G2Point.AreEqual(in image, in multiple);
    }

    /// <summary>r = [X]p for X = |x|: 63 doublings, 5 additions.</summary>
    [SkipLocalsInit]
    public static void MultiplyByParameter(out G2Point r, in G2Point p)
    {
        var sum = p;
        for (var bit = 62; bit >= 0; bit--)
        {
            G2Point.Double(out sum, in sum);
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
                G2Point.Add(out sum, in sum, in p);
        }

        r = sum;
    }

    /// <summary>[X² + X - 1]p - ψ([X + 1]p) + ψ²([2]p): from any point of E′ into the subgroup (BLS.md 6, step 3).</summary>
    [SkipLocalsInit]
    public static void ClearCofactor(out G2Point r, in G2Point p)
    {
        MultiplyByParameter(out var first, in p);
        G2Point.Add(out var next, in first, in p);
        MultiplyByParameter(out var second, in first);
        G2Point.Add(out second, in second, in first);
        G2Point.Negate(out var negated, in p);
        G2Point.Add(out second, in second, in negated);

        Apply(out var image, in next);
        G2Point.Negate(out image, in image);
        G2Point.Add(out second, in second, in image);

        G2Point.Double(out var twice, in p);
        ApplyTwice(out twice, in twice);
        G2Point.Add(out r, in second, in twice);
    }
}
