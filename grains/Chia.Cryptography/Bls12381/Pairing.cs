namespace Chia.Cryptography.Bls12381;

/// <summary>The ate pairing: products of Miller loops that share their squarings, and the final exponentiation (BLS.md 8).</summary>
internal static class Pairing
{
    /// <summary>f = ∏ Miller(P_i, Q_i); the pairs' running points are used up.</summary>
    public static void MillerLoop(out Fq12 f, Span<MillerPair> pairs)
    {
        f = Fq12.One;
        for (var bit = 62; bit >= 0; bit--)
        {
            if (bit != 62)
                Fq12.Square(out f, in f);
            for (var i = 0; i < pairs.Length; i++)
                pairs[i].Double(ref f);
            if (((CurveParameter.Magnitude >> bit) & 1) == 0)
                continue;
            for (var i = 0; i < pairs.Length; i++)
                pairs[i].Add(ref f);
        }

        // The parameter is negative.
        Fq12.Conjugate(out f, in f);
    }

    /// <summary>r = f^(3(q¹²-1)/n), which is 1 iff the pairing product is 1.</summary>
    public static void FinalExponentiation(out Fq12 r, in Fq12 f)
    {
        EasyPart(out var easy, in f);
        if (PairingLanes.IsUsable)
            PairingLanes.HardPart(out r, in easy);
        else
            HardPart(out r, in easy);
    }

    /// <summary>r = f^((q⁶-1)(q²+1)), in the cyclotomic subgroup.</summary>
    public static void EasyPart(out Fq12 r, in Fq12 f)
    {
        Fq12.Invert(out var inverse, in f);
        Fq12.Conjugate(out var unit, in f);
        Fq12.Multiply(out unit, in unit, in inverse);
        Frobenius.SquaredPower(out var t, in unit);
        Fq12.Multiply(out r, in unit, in t);
    }

    /// <summary>r = x^((z-1)²·(z+q)·(z²+q²-1) + 3), x in the cyclotomic subgroup.</summary>
    public static void HardPart(out Fq12 r, in Fq12 x)
    {
        PowerOfParameterLessOne(out var a, in x);
        PowerOfParameterLessOne(out a, in a);
        PowerOfParameter(out var t, in a);
        Frobenius.Power(out var b, in a);
        Fq12.Multiply(out a, in t, in b);
        PowerOfParameter(out t, in a);
        PowerOfParameter(out t, in t);
        Frobenius.SquaredPower(out b, in a);
        Fq12.Multiply(out t, in t, in b);
        Fq12.Conjugate(out b, in a);
        Fq12.Multiply(out t, in t, in b);
        Cyclotomic.Square(out b, in x);
        Fq12.Multiply(out b, in b, in x);
        Fq12.Multiply(out r, in t, in b);
    }

    /// <summary>True iff ∏ e(P_i, Q_i) = 1.</summary>
    public static bool ProductIsOne(Span<MillerPair> pairs)
    {
        Fq12 f;
        if (pairs.Length == MillerAcross.Pairs && PairingLanes.IsUsable)
            PairingLanes.MillerLoop(out f, in pairs[0], in pairs[1]);
        else
            MillerLoop(out f, pairs);
        FinalExponentiation(out var value, in f);
        return Fq12.AreEqual(in value, in Fq12.One);
    }

    // r = x^z for the negative z.
    private static void PowerOfParameter(out Fq12 r, in Fq12 x)
    {
        Cyclotomic.PowerOfParameter(out var power, in x);
        Fq12.Conjugate(out r, in power);
    }

    // r = x^(z-1).
    private static void PowerOfParameterLessOne(out Fq12 r, in Fq12 x)
    {
        Cyclotomic.PowerOfParameter(out var power, in x);
        Fq12.Multiply(out power, in power, in x);
        Fq12.Conjugate(out r, in power);
    }
}
