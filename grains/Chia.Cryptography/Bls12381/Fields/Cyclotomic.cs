using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Squarings and powers in the cyclotomic subgroup of Fq12 (order q⁴-q²+1), after Granger and Scott: an element is squared in
/// three squarings of Fq4, and its conjugate is its inverse.
/// </summary>
internal static class Cyclotomic
{
    /// <summary>r = x² for x in the subgroup.</summary>
    [SkipLocalsInit]
    public static void Square(out Fq12 r, in Fq12 x)
    {
        // Pairs (a, b) of coefficients in w stand for a + b·w³, elements of Fq4.
        SquareFq4(out var a0, out var a1, in x.C0.C0, in x.C1.C1);
        SquareFq4(out var b0, out var b1, in x.C1.C0, in x.C0.C2);
        SquareFq4(out var c0, out var c1, in x.C0.C1, in x.C1.C2);

        Unsafe.SkipInit(out r);
        ThreeMinusTwo(out r.C0.C0, in a0, in x.C0.C0);
        ThreeMinusTwo(out r.C0.C1, in b0, in x.C0.C1);
        ThreeMinusTwo(out r.C0.C2, in c0, in x.C0.C2);
        Fq2Wide.MultiplyByXi(out c1, in c1);
        ThreePlusTwo(out r.C1.C0, in c1, in x.C1.C0);
        ThreePlusTwo(out r.C1.C1, in a1, in x.C1.C1);
        ThreePlusTwo(out r.C1.C2, in b1, in x.C1.C2);
    }

    /// <summary>r = x^|z| for the curve parameter z (BLS.md 2).</summary>
    [SkipLocalsInit]
    public static void PowerOfParameter(out Fq12 r, in Fq12 x)
    {
        var result = x;
        for (var bit = 62; bit >= 0; bit--)
        {
            Square(out result, in result);
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
                Fq12.Multiply(out result, in result, in x);
        }

        r = result;
    }

    // (a + b·s)² = (a² + ξ·b²) + 2ab·s, unreduced: at most 5 products a column in the one, 4 in the other.
    [SkipLocalsInit]
    private static void SquareFq4(out Fq2Wide real, out Fq2Wide imaginary, in Fq2 a, in Fq2 b)
    {
        Fq2.AddLoose(out var sum, in a, in b);
        Fq2Wide.Square(out var squareA, in a);
        Fq2Wide.Square(out var squareB, in b);
        Fq2Wide.Square(out imaginary, in sum);
        Fq2Wide.SubtractBoth(ref imaginary, in squareA, in squareB);
        Fq2Wide.AddXiTimes(out real, in squareA, in squareB);
    }

    private static void ThreeMinusTwo(out Fq2 r, in Fq2Wide square, in Fq2 x)
    {
        Unsafe.SkipInit(out r);
        FqWide.ReduceThreeMinusTwo(out r.C0, in square.C0, in x.C0);
        FqWide.ReduceThreeMinusTwo(out r.C1, in square.C1, in x.C1);
    }

    private static void ThreePlusTwo(out Fq2 r, in Fq2Wide square, in Fq2 x)
    {
        Unsafe.SkipInit(out r);
        FqWide.ReduceThreePlusTwo(out r.C0, in square.C0, in x.C0);
        FqWide.ReduceThreePlusTwo(out r.C1, in square.C1, in x.C1);
    }
}
