using System.Numerics;
using Chia.Cryptography.ClassGroups;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>The slow twin of the class-group code: composition as in VDF.md 4, with plain integers.</summary>
internal static class PlainComposition
{
    public static QuadraticForm Identity(BigInteger discriminant) => new(1, 1, (1 - discriminant) / 4);

    public static QuadraticForm Multiply(QuadraticForm f, QuadraticForm g)
    {
        var half = (f.B + g.B) / 2;
        var difference = (g.B - f.B) / 2;
        var w = BigInteger.GreatestCommonDivisor(BigInteger.GreatestCommonDivisor(f.A, g.A), half);
        BigInteger s = f.A / w, t = g.A / w, u = half / w;

        // k with t·u·k ≡ h·u + s·c1 (mod s·t) and t·k ≡ h (mod s).
        var (k0, step) = SolveCongruence(t * u, (difference * u) + (s * f.C), s * t);
        var (n, _) = SolveCongruence(t * step, difference - (t * k0), s);
        var k = k0 + (step * n);
        var l = ((t * k) - difference) / s;
        var m = ((t * u * k) - (difference * u) - (s * f.C)) / (s * t);
        return new QuadraticForm(s * t, (w * u) - ((k * t) + (l * s)), (k * l) - (w * m)).Reduce();
    }

    public static QuadraticForm Square(QuadraticForm f) => Multiply(f, f);

    public static QuadraticForm Power(QuadraticForm f, BigInteger exponent, BigInteger discriminant)
    {
        var result = Identity(discriminant);
        for (var i = (long)exponent.GetBitLength() - 1; i >= 0; i--)
        {
            result = Square(result);
            if (!(exponent >> (int)i).IsEven)
                result = Multiply(result, f);
        }

        return result;
    }

    /// <summary>The solutions x = first + i·step of a·x ≡ b (mod m).</summary>
    private static (BigInteger First, BigInteger Step) SolveCongruence(BigInteger a, BigInteger b, BigInteger m)
    {
        var (d, inverse) = ExtendedGcd(Mod(a, m), m);
        Assert.True((b % d).IsZero);
        return (Mod(b / d * inverse, m), m / d);
    }

    private static (BigInteger Gcd, BigInteger Cofactor) ExtendedGcd(BigInteger a, BigInteger b)
    {
        BigInteger x0 = 1, x1 = 0;
        while (!b.IsZero)
        {
            var q = a / b;
            (a, b) = (b, a - (q * b));
            (x0, x1) = (x1, x0 - (q * x1));
        }

        return (a, x0);
    }

    private static BigInteger Mod(BigInteger a, BigInteger m) => ((a % m) + m) % m;
}
