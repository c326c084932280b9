using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Multiples of points by several 64-bit scalars at once, one per endomorphism image (Straus's method). The running time depends
/// on the scalar: a key's owner who lets others measure his signing needs another implementation.
/// </summary>
internal static class ScalarMultiplication
{
    private const int DigitBits = 64;

    // A non-trivial cube root of 1 in Fq with (β·x, y) = -[X²](x, y) on G1 (BLS.md 8).
    internal static readonly Fq Beta = Fq.FromHex(
        "00000000000000005f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    /// <summary>r = [low + high·X²]p for p of order n.</summary>
    public static void MultiplyShort(out G2Point r, in G2Affine p, ulong low, ulong high)
    {
        G2Point.FromAffine(out var point, in p);
        G2Endomorphism.ApplyTwice(out var image, in point);
        Straus(out r, [point, image], [low, high]);
    }

    /// <summary>r = [k]p for p of order n, k in four digits to the base X: X stands for -ψ.</summary>
    public static void Multiply(out G2Point r, in G2Point p, Scalar k)
    {
        Span<G2Point> images = stackalloc G2Point[4];
        Span<ulong> digits = stackalloc ulong[4];
        k.DigitsOfParameter(digits);
        images[0] = p;
        for (var i = 1; i < images.Length; i++)
        {
            G2Endomorphism.Apply(out images[i], in images[i - 1]);
            G2Point.Negate(out images[i], in images[i]);
        }

        Straus(out r, images, digits);
    }

    /// <summary>
    /// r = [low + high·X²]p up to a part that no pairing with G2 sees: p may lie outside the subgroup, where the endomorphism
    /// multiplies p's small-order part by something else than X².
    /// </summary>
    public static void MultiplyShort(out G1Point r, in G1Affine p, ulong low, ulong high)
    {
        var image = p;
        Fq.Multiply(out image.X, in p.X, in Beta);
        Fq.Negate(out image.Y, in image.Y);
        var sum = default(G1Point);
        G1Point.FromAffine(out var both, in p);
        G1Point.Add(out both, in both, in image);
        for (var bit = DigitBits - 1; bit >= 0; bit--)
        {
            G1Point.Double(out sum, in sum);
            switch (((low >> bit) & 1) | (((high >> bit) & 1) << 1))
            {
                case 1:
                    G1Point.Add(out sum, in sum, in p);
                    break;
                case 2:
                    G1Point.Add(out sum, in sum, in image);
                    break;
                case 3:
                    G1Point.Add(out sum, in sum, in both);
                    break;
            }
        }

        r = sum;
    }

    /// <summary>r = [k]p, bit by bit: only the making of a key needs it.</summary>
    public static void Multiply(out G1Point r, in G1Affine p, Scalar k)
    {
        var sum = default(G1Point);
        for (var bit = Scalar.Bits - 1; bit >= 0; bit--)
        {
            G1Point.Double(out sum, in sum);
            if (k.Bit(bit))
                G1Point.Add(out sum, in sum, in p);
        }

        r = sum;
    }

    [SkipLocalsInit]
    private static void Straus(out G2Point r, ReadOnlySpan<G2Point> points, ReadOnlySpan<ulong> digits)
    {
        // sums[s] = the sum of the points whose bit is set in s.
        Span<G2Point> sums = stackalloc G2Point[1 << points.Length];
        sums[0] = default;
        for (var set = 1; set < sums.Length; set++)
        {
            var top = System.Numerics.BitOperations.Log2((uint)set);
            G2Point.Add(out sums[set], in sums[set ^ (1 << top)], in points[top]);
        }

        var sum = default(G2Point);
        for (var bit = DigitBits - 1; bit >= 0; bit--)
        {
            G2Point.Double(out sum, in sum);
            var set = 0;
            for (var i = 0; i < digits.Length; i++)
                set |= (int)((digits[i] >> bit) & 1) << i;
            if (set != 0)
                G2Point.Add(out sum, in sum, in sums[set]);
        }

        r = sum;
    }
}
