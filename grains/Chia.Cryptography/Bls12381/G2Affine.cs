using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point other than infinity, as (x, y), of E′: y² = x³ + 4 + 4u over Fq2.</summary>
internal struct G2Affine
{
    internal Fq2 X;
    internal Fq2 Y;

    private static readonly Fq2 Constant = Fq2.FromHex(
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004",
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004");

    /// <summary>The generator g2 (BLS.md 2).</summary>
    public static readonly G2Affine Generator = new()
    {
        X = Fq2.FromHex(
            "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
            "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"),
        Y = Fq2.FromHex(
            "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
            "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be"),
    };

    /// <summary>r = -p.</summary>
    public static void Negate(out G2Affine r, in G2Affine p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        Fq2.Negate(out r.Y, in p.Y);
    }

    /// <summary>True if y² is the right side of the curve's equation.</summary>
    public static bool IsOnCurve(in G2Affine p)
    {
        RightSide(out var right, in p.X);
        Fq2.Square(out var left, in p.Y);
        return Fq2.AreEqual(in left, in right);
    }

    /// <summary>r = x³ + 4 + 4u.</summary>
    public static void RightSide(out Fq2 r, in Fq2 x)
    {
        Fq2.Square(out var square, in x);
        Fq2.Multiply(out var cube, in x, in square);
        Fq2.Add(out r, in cube, in Constant);
    }
}
