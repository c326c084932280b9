using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>A point other than infinity, as (x, y), of E: y² = x³ + 4 over Fq.</summary>
internal struct G1Affine
{
    internal Fq X;
    internal Fq Y;

    private static readonly Fq Constant = Fq.FromHex(
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004");

    /// <summary>The generator g1 (BLS.md 2).</summary>
    public static readonly G1Affine Generator = new()
    {
        X = Fq.FromHex("17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
        Y = Fq.FromHex("08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"),
    };

    /// <summary>r = -p.</summary>
    public static void Negate(out G1Affine r, in G1Affine p)
    {
        Unsafe.SkipInit(out r);
        r.X = p.X;
        Fq.Negate(out r.Y, in p.Y);
    }

    /// <summary>True if y² is the right side of the curve's equation.</summary>
    public static bool IsOnCurve(in G1Affine p)
    {
        RightSide(out var right, in p.X);
        Fq.Square(out var left, in p.Y);
        return Fq.AreEqual(in left, in right);
    }

    /// <summary>r = x³ + 4.</summary>
    public static void RightSide(out Fq r, in Fq x)
    {
        Fq.Square(out var square, in x);
        Fq.Multiply(out var cube, in x, in square);
        Fq.Add(out r, in cube, in Constant);
    }
}
