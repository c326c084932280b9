using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Powers x^q and x^(q²) in Fq12: coefficients in w are conjugated and multiplied by constants (BLS.md 8).
/// </summary>
internal static class Frobenius
{
    /// <summary>γ_i = ξ^(i(q-1)/6), i = 1 ... 5.</summary>
    public static readonly Fq2[] Gamma =
    [
        Fq2.FromHex(
            "1904d3bf02bb0667c231beb4202c0d1f0fd603fd3cbd5f4f7b2443d784bab9c4f67ea53d63e7813d8d0775ed92235fb8",
            "00fc3e2b36c4e03288e9e902231f9fb854a14787b6c7b36fec0c8ec971f63c5f282d5ac14d6c7ec22cf78a126ddc4af3"),
        Fq2.FromHex(
            "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
            "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaac"),
        Fq2.FromHex(
            "06af0e0437ff400b6831e36d6bd17ffe48395dabc2d3435e77f76e17009241c5ee67992f72ec05f4c81084fbede3cc09",
            "06af0e0437ff400b6831e36d6bd17ffe48395dabc2d3435e77f76e17009241c5ee67992f72ec05f4c81084fbede3cc09"),
        Fq2.FromHex(
            "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaad",
            "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"),
        Fq2.FromHex(
            "05b2cfd9013a5fd8df47fa6b48b1e045f39816240c0b8fee8beadf4d8e9c0566c63a3e6e257f87329b18fae980078116",
            "144e4211384586c16bd3ad4afa99cc9170df3560e77982d0db45f3536814f0bd5871c1908bd478cd1ee605167ff82995"),
    ];

    /// <summary>γ_i·conj(γ_i), in Fq.</summary>
    public static readonly Fq[] GammaNorm = [.. Gamma.Select(NormOf)];

    /// <summary>r = x^q.</summary>
    public static void Power(out Fq12 r, in Fq12 x)
    {
        Unsafe.SkipInit(out r);
        Fq2.Conjugate(out r.C0.C0, in x.C0.C0);
        Term(out r.C1.C0, in x.C1.C0, 1);
        Term(out r.C0.C1, in x.C0.C1, 2);
        Term(out r.C1.C1, in x.C1.C1, 3);
        Term(out r.C0.C2, in x.C0.C2, 4);
        Term(out r.C1.C2, in x.C1.C2, 5);
    }

    /// <summary>r = x^(q²).</summary>
    public static void SquaredPower(out Fq12 r, in Fq12 x)
    {
        Unsafe.SkipInit(out r);
        r.C0.C0 = x.C0.C0;
        Fq2.MultiplyByFq(out r.C1.C0, in x.C1.C0, in GammaNorm[0]);
        Fq2.MultiplyByFq(out r.C0.C1, in x.C0.C1, in GammaNorm[1]);
        Fq2.MultiplyByFq(out r.C1.C1, in x.C1.C1, in GammaNorm[2]);
        Fq2.MultiplyByFq(out r.C0.C2, in x.C0.C2, in GammaNorm[3]);
        Fq2.MultiplyByFq(out r.C1.C2, in x.C1.C2, in GammaNorm[4]);
    }

    private static void Term(out Fq2 r, in Fq2 coefficient, int power)
    {
        Fq2.Conjugate(out var conjugate, in coefficient);
        Fq2.Multiply(out r, in conjugate, in Gamma[power - 1]);
    }

    private static Fq NormOf(Fq2 gamma)
    {
        Fq2.Norm(out var norm, in gamma);
        return norm;
    }
}
