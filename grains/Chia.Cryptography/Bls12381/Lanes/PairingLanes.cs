using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>The pairing of a single verification in lanes (<see cref="Pairing"/>): Miller loop and hard part.</summary>
internal static unsafe class PairingLanes
{
    /// <summary>Whether the processor has the instructions and they do what the scalar code does.</summary>
    public static bool IsUsable => Choice.Kind is not null;

    /// <summary>"AVX-512" or "scalar", and whether the lanes have failed their self-check.</summary>
    public static string Description => Choice.Description;

    private static VectorChoice<string> Choice { get; } =
        VectorChoice.Choose(VectorUse.Pairings, FqLanes.IsSupported, Check);

    /// <summary>f = Miller(P_0, Q_0)·Miller(P_1, Q_1), up to a factor that the final exponentiation makes 1.</summary>
    [SkipLocalsInit]
    public static void MillerLoop(out Fq12 f, in MillerPair first, in MillerPair second)
    {
        var memory = stackalloc byte[sizeof(Fq2Lanes) + FqLanes.Alignment];
        var value = (Fq2Lanes*)FqLanes.Align(memory);
        MillerAcross.Loop(value, in first, in second);
        Fq12Across.Get(out f, value);
    }

    /// <summary>As <see cref="Pairing.HardPart"/>.</summary>
    [SkipLocalsInit]
    public static void HardPart(out Fq12 r, in Fq12 x)
    {
        var memory = stackalloc byte[(4 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        Fq2Lanes* element = (Fq2Lanes*)FqLanes.Align(memory), a = element + 1, b = element + 2, t = element + 3;
        Fq12Across.Put(element, in x);
        PowerOfParameterLessOne(b, element);
        PowerOfParameterLessOne(a, b);
        PowerOfParameter(t, a);
        Fq12Across.FrobeniusPower(b, a);
        Fq12Across.Multiply(a, t, b);
        PowerOfParameter(b, a);
        PowerOfParameter(t, b);
        Fq12Across.SquaredFrobeniusPower(b, a);
        Fq12Across.Multiply(t, t, b);
        Fq12Across.Conjugate(b, a);
        Fq12Across.Multiply(t, t, b);
        Fq2Lanes.Copy(b, element);
        CyclotomicLanes.Square(b);
        Fq12Across.Multiply(b, b, element);
        Fq12Across.Multiply(t, t, b);
        Fq12Across.Get(out r, t);
    }

    // r = x^z for the negative z; r is not x.
    private static void PowerOfParameter(Fq2Lanes* r, Fq2Lanes* x)
    {
        CyclotomicLanes.PowerOfParameter(r, x);
        Fq12Across.Conjugate(r, r);
    }

    // r = x^(z-1).
    private static void PowerOfParameterLessOne(Fq2Lanes* r, Fq2Lanes* x)
    {
        CyclotomicLanes.PowerOfParameter(r, x);
        Fq12Across.Multiply(r, r, x);
        Fq12Across.Conjugate(r, r);
    }

    /// <summary>Run when it is first asked for: two pairs, through both parts and as the scalar code has them.</summary>
    private static bool Check()
    {
        MillerPair first = default, second = default;
        first.Start(in G1Affine.Generator, in G2Affine.Generator);
        second.Start(in PrependSignature.MinusGenerator, HashPoint());
        MillerLoop(out var f, in first, in second);
        Pairing.MillerLoop(out var expected, [first, second]);
        Pairing.EasyPart(out f, in f);
        Pairing.EasyPart(out expected, in expected);
        if (!Fq12.AreEqual(in f, in expected))
            return false;
        HardPart(out f, in f);
        Pairing.HardPart(out expected, in expected);
        return Fq12.AreEqual(in f, in expected);
    }

    private static G2Affine HashPoint()
    {
        HashToG2.Map(out var point, default);
        G2Point.ToAffine(out var affine, in point);
        return affine;
    }
}
