using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Bls12381;

/// <summary>The map from 32 bytes to G2 (BLS.md 6): two Shallue-van de Woestijne points, added and cleared of the cofactor.</summary>
internal static class HashToG2
{
    // The map's constants s = √-3 and h = (s-1)/2, and 5 + 4u = 1 + (4 + 4u).
    internal static readonly Fq RootOfMinusThree = Fq.FromHex(
        "0000000000000000be32ce5fbeed9ca374d38c0ed41eefd5bb675277cdf12d11bc2fb026c41400045c03fffffffdfffd");

    internal static readonly Fq HalfOfRootLessOne = Fq.FromHex(
        "00000000000000005f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    // -1/3 = 1/s².
    internal static readonly Fq MinusOneThird = InverseOfSquare(RootOfMinusThree);

    internal static readonly Fq2 FivePlusFourU = Fq2.FromHex(
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005",
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004");

    /// <summary>r = map(hash), a point of order n; infinity with negligible probability.</summary>
    [SkipLocalsInit]
    public static void Map(out G2Point r, in Bytes32 hash)
    {
        Unsafe.SkipInit(out Fq2 t0);
        Unsafe.SkipInit(out Fq2 t1);
        HashToField(out t0.C0, in hash, "G2_0_c0"u8);
        HashToField(out t0.C1, in hash, "G2_0_c1"u8);
        HashToField(out t1.C0, in hash, "G2_1_c0"u8);
        HashToField(out t1.C1, in hash, "G2_1_c1"u8);
        Encode(out var first, out var second, in t0, in t1);
        G2Point.Add(out first, in first, in second);
        G2Endomorphism.ClearCofactor(out r, in first);
    }

    /// <summary>H512(hash ‖ tag) modulo q.</summary>
    public static void HashToField(out Fq r, in Bytes32 hash, ReadOnlySpan<byte> tag)
    {
        Span<byte> input = stackalloc byte[Bytes32.Size + 8];
        Span<byte> digest = stackalloc byte[64];
        hash.Span.CopyTo(input);
        tag.CopyTo(input[Bytes32.Size..]);
        input[^1] = 0;
        SHA256.HashData(input, digest);
        input[^1] = 1;
        SHA256.HashData(input, digest[32..]);
        Fq.FromBytes64(out r, digest);
    }

    /// <summary>sw(t0) and sw(t1) (BLS.md 6.1), with one inversion for both.</summary>
    [SkipLocalsInit]
    public static void Encode(out G2Point r0, out G2Point r1, in Fq2 t0, in Fq2 t1)
    {
        // sw needs 1/w and, for x3, 1/(s·t·1/w)² = w²/(s·t)²: both come from d = 1/(w·t), as 1/w = d·t and w/t = d·w².
        Denominator(out var w0, out var d0, in t0);
        Denominator(out var w1, out var d1, in t1);
        // d is 0 only for t = 0, whose image is infinity: replaced by 1 so that the other survives the shared inversion.
        var (zero0, zero1) = (t0.IsZero(), t1.IsZero());
        if (zero0)
            d0 = Fq2.One;
        if (zero1)
            d1 = Fq2.One;
        Fq2.Multiply(out var inverse, in d0, in d1);
        Fq2.Invert(out inverse, in inverse);
        Fq2.Multiply(out var inverse0, in inverse, in d1);
        Fq2.Multiply(out var inverse1, in inverse, in d0);
        r0 = default;
        r1 = default;
        if (!zero0)
            Encode(out r0, in t0, in w0, in inverse0);
        if (!zero1)
            Encode(out r1, in t1, in w1, in inverse1);
    }

    // w = t² + 5 + 4u and d = w·t.
    [SkipLocalsInit]
    private static void Denominator(out Fq2 w, out Fq2 d, in Fq2 t)
    {
        Fq2.Square(out w, in t);
        Fq2.Add(out w, in w, in FivePlusFourU);
        Fq2.Multiply(out d, in w, in t);
    }

    [SkipLocalsInit]
    private static void Encode(out G2Point r, in Fq2 t, in Fq2 w, in Fq2 inverse)
    {
        // x1 = h - s·t²/w.
        Fq2.Square(out var square, in t);
        Fq2.Multiply(out var fraction, in square, in t);
        Fq2.Multiply(out fraction, in fraction, in inverse);
        Fq2.MultiplyByFq(out fraction, in fraction, in RootOfMinusThree);
        Fq2.Negate(out var x, in fraction);
        Fq.Add(out x.C0, in x.C0, in HalfOfRootLessOne);
        if (!TryRoot(out var y, in x))
        {
            // x2 = -x1 - 1.
            Fq2.Negate(out x, in x);
            Fq.Subtract(out x.C0, in x.C0, in Fq.One);
            if (!TryRoot(out y, in x))
            {
                // x3 = 1 + (w/(s·t))² = 1 - (w/t)²/3, and w/t = d⁻¹·w².
                Fq2.Square(out fraction, in w);
                Fq2.Multiply(out fraction, in fraction, in inverse);
                Fq2.Square(out fraction, in fraction);
                Fq2.MultiplyByFq(out fraction, in fraction, in MinusOneThird);
                x = fraction;
                Fq.Add(out x.C0, in x.C0, in Fq.One);
                if (!TryRoot(out y, in x))
                    throw new InvalidOperationException("one of the three candidates is always on the curve");
            }
        }

        if (y.C1.IsBig() != t.C1.IsBig())
            Fq2.Negate(out y, in y);
        var point = new G2Affine { X = x, Y = y };
        G2Point.FromAffine(out r, in point);
    }

    private static Fq InverseOfSquare(Fq value)
    {
        Fq.Square(out var square, in value);
        Fq.Invert(out var inverse, in square);
        return inverse;
    }

    [SkipLocalsInit]
    private static bool TryRoot(out Fq2 y, in Fq2 x)
    {
        G2Affine.RightSide(out var right, in x);
        return Fq2Root.TrySquareRoot(out y, in right);
    }
}
