namespace Chia.Cryptography.Bls12381;

/// <summary>Square roots in Fq2, with the choice of root that BLS.md 3 prescribes.</summary>
internal static class Fq2Root
{
    /// <summary>
    /// root2: false iff the norm of x is no square in Fq. Where x has no u-part the reference's own steps are taken, so that a
    /// non-square of Fq "succeeds" with 0. Elsewhere the power that tests (a0+s)/2 also yields the inverse that root2 asks for:
    /// two powers in all.
    /// </summary>
    public static bool TrySquareRoot(out Fq2 r, in Fq2 x)
    {
        Fq2.Norm(out var norm, in x);
        if (!Fq.TrySquareRoot(out var normRoot, in norm))
        {
            r = default;
            return false;
        }

        FromNormRoot(out r, in x, in normRoot);
        return true;
    }

    /// <summary>The rest of root2, once s = root1 of the norm is known.</summary>
    public static void FromNormRoot(out Fq2 r, in Fq2 x, in Fq normRoot)
    {
        Fq.Add(out var t, in x.C0, in normRoot);
        Fq.Multiply(out t, in t, in Fq.Half);
        Fq.RootPower(out var power, in t);
        Fq.Multiply(out var root, in t, in power);
        if (x.C1.IsZero())
        {
            // t is a0, a square, or 0; and (a0-s)/2 does not come into it.
            r = new Fq2 { C0 = root };
            return;
        }

        Fq.Square(out var check, in root);
        Fq.Multiply(out var other, in x.C1, in power);
        Fq.Multiply(out other, in other, in Fq.Half);
        if (Fq.AreEqual(in check, in t))
        {
            // t = root², and power = 1/root: c1 = a1/(2·c0).
            r = new Fq2 { C0 = root, C1 = other };
            return;
        }

        // -t = root², and power = -1/root: (a0-s)/2 = a1²/(-4t) = other², and c1 = a1/(2·other) = 1/power = -root.
        // root1 might have chosen -other, and with it the other sign of both parts; no caller can tell, since c1 is not 0.
        Fq.Negate(out root, in root);
        r = new Fq2 { C0 = other, C1 = root };
    }
}
