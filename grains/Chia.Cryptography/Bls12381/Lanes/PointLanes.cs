using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>What the endomorphisms make cheap, for eight points at a time (<see cref="G2Endomorphism"/>, <see
/// cref="ScalarMultiplication"/>).</summary>
internal static unsafe class PointLanes
{
    private static readonly Fq2Lanes* FactorX = LaneConstants.Of(in G2Endomorphism.FactorX);

    private static readonly Fq2Lanes* FactorY = LaneConstants.Of(in G2Endomorphism.FactorY);

    private static readonly FqLanes* SquaredFactorX = LaneConstants.Of(in G2Endomorphism.SquaredFactorX);

    // The factor of x less 1.
    private static readonly FqLanes* SquaredFactorLessOne = LessOne(in G2Endomorphism.SquaredFactorX);

    private static readonly FqLanes* BetaLessOne = LessOne(in ScalarMultiplication.Beta);

    /// <summary>r = ψ(p).</summary>
    public static void Apply(G2Lanes* r, G2Lanes* p)
    {
        Fq2Lanes.Conjugate(&r->X, &p->X);
        Fq2Lanes.Multiply(&r->X, &r->X, FactorX);
        Fq2Lanes.Conjugate(&r->Y, &p->Y);
        Fq2Lanes.Multiply(&r->Y, &r->Y, FactorY);
        Fq2Lanes.Conjugate(&r->Z, &p->Z);
    }

    /// <summary>The lanes in which a point of E′ has order n: ψ(P) = -[X]P (BLS.md 8).</summary>
    /// <param name="p">The points.</param>
    /// <param name="odd">Lanes that this arithmetic cannot judge: the multiple met itself or its opposite.</param>
    [SkipLocalsInit]
    public static int SubgroupLanes(G2AffineLanes* p, out int odd)
    {
        var memory = stackalloc byte[(3 * sizeof(G2Lanes)) + FqLanes.Alignment];
        G2Lanes* point = (G2Lanes*)FqLanes.Align(memory), multiple = point + 1, image = point + 2;
        G2Lanes.FromAffine(point, p);
        G2Lanes.Copy(multiple, point);
        for (var bit = 62; bit >= 0; bit--)
        {
            G2Lanes.Double(multiple, multiple);
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
                G2Lanes.Add(multiple, multiple, p);
        }

        // ψ(P) has Z = 1.
        Apply(image, point);
        odd = Fq2Lanes.ZeroLanes(&multiple->Z);
        Fq2Lanes.Square(&point->Z, &multiple->Z);
        Fq2Lanes.Multiply(&image->X, &image->X, &point->Z);
        Fq2Lanes.Multiply(&point->Z, &point->Z, &multiple->Z);
        Fq2Lanes.Multiply(&image->Y, &image->Y, &point->Z);
        Fq2Lanes.Negate(&image->Y, &image->Y);
        return Fq2Lanes.EqualLanes(&image->X, &multiple->X) & Fq2Lanes.EqualLanes(&image->Y, &multiple->Y);
    }

    /// <summary>[X² + X - 1]p - ψ([X + 1]p) + ψ²([2]p) (BLS.md 6, step 3). Z is 0 where this arithmetic could not do it.</summary>
    [SkipLocalsInit]
    public static void ClearCofactor(G2Lanes* r, G2Lanes* p)
    {
        var memory = stackalloc byte[(4 * sizeof(G2Lanes)) + FqLanes.Alignment];
        G2Lanes* first = (G2Lanes*)FqLanes.Align(memory), second = first + 1, next = first + 2, image = first + 3;
        MultiplyByParameter(first, p);
        G2Lanes.Add(next, first, p);
        MultiplyByParameter(second, first);
        G2Lanes.Add(second, second, first);
        G2Lanes.Negate(image, p);
        G2Lanes.Add(second, second, image);

        Apply(image, next);
        G2Lanes.Negate(image, image);
        G2Lanes.Add(second, second, image);

        // ψ²([2]p): the factor of x, and -y.
        G2Lanes.Double(image, p);
        Fq2Lanes.MultiplyByFq(&image->X, &image->X, SquaredFactorX);
        Fq2Lanes.Negate(&image->Y, &image->Y);
        G2Lanes.Add(r, second, image);
    }

    /// <summary>
    /// r = [low + high·X²]p for p of order n. The table holds P ± φ(P), φ(x, y) = (f·x, -y) being multiplication by X²: their formulas end
    /// with the same Z = (f-1)x, so that both are affine points of a curve E″ that differs from E′ in its constant only, which no
    /// formula uses.
    /// </summary>
    [SkipLocalsInit]
    public static void Multiply(G2Lanes* r, G2AffineLanes* p, in LaneCoefficients k)
    {
        var memory = stackalloc byte[sizeof(G2Lanes) + (3 * sizeof(G2AffineLanes)) + (2 * sizeof(Fq2Lanes)) + FqLanes.Alignment];
        var sum = (G2Lanes*)FqLanes.Align(memory);
        G2AffineLanes* same = (G2AffineLanes*)(sum + 1), different = same + 1, step = same + 2;
        Fq2Lanes* h = (Fq2Lanes*)(same + 3), t = h + 1;

        // H = (f-1)x; V = x·H², both sums without r² have X = -H³ - 2V, Y = -y·H³; r = -2y for the sum, 0 for the difference.
        Fq2Lanes.MultiplyByFq(h, &p->X, SquaredFactorLessOne);
        Fq2Lanes.Square(t, h);
        Fq2Lanes.Multiply(&same->X, &p->X, t);
        Fq2Lanes.Multiply(t, t, h);
        Fq2Lanes.Add(&different->X, &same->X, &same->X);
        Fq2Lanes.Add(&different->X, &different->X, t);
        Fq2Lanes.Negate(&different->X, &different->X);
        Fq2Lanes.Tighten(&different->X, &different->X);
        Fq2Lanes.Multiply(&different->Y, &p->Y, t);
        Fq2Lanes.Negate(&different->Y, &different->Y);

        // X = r² - H³ - 2V, Y = r(V - X) - y·H³.
        Fq2Lanes.Square(t, &p->Y);
        Fq2Lanes.Scale(t, t, 4);
        Fq2Lanes.Add(t, t, &different->X);
        Fq2Lanes.Tighten(t, t);
        Fq2Lanes.Subtract(&same->X, t, &same->X);
        Fq2Lanes.Add(&same->Y, &p->Y, &p->Y);
        Fq2Lanes.Multiply(&same->Y, &same->Y, &same->X);
        Fq2Lanes.Add(&same->Y, &same->Y, &different->Y);
        Fq2Lanes.Tighten(&same->Y, &same->Y);
        Fq2Lanes.Copy(&same->X, t);

        for (var bit = LaneCoefficients.Bits - 1; bit >= 0; bit--)
        {
            var mask = k.Different(bit);
            Fq2Lanes.Select(&step->X, mask, &different->X, &same->X);
            Fq2Lanes.Select(&step->Y, mask, &different->Y, &same->Y);
            Fq2Lanes.NegateWhere(&step->Y, k.NegativeLow(bit), &step->Y);
            if (bit == LaneCoefficients.Bits - 1)
            {
                G2Lanes.FromAffine(sum, step);
                continue;
            }

            G2Lanes.Double(sum, sum);
            G2Lanes.Add(sum, sum, step);
        }

        // Back from E″.
        Fq2Lanes.Copy(&r->X, &sum->X);
        Fq2Lanes.Copy(&r->Y, &sum->Y);
        Fq2Lanes.Multiply(&r->Z, &sum->Z, h);
    }

    /// <summary>
    /// r = [low + high·X²]p up to a part that no pairing with G2 sees, as <see cref="ScalarMultiplication"/> has it; by the table of the
    /// G2 method.
    /// </summary>
    [SkipLocalsInit]
    public static void Multiply(G1Lanes* r, G1AffineLanes* p, in LaneCoefficients k)
    {
        var memory = stackalloc byte[sizeof(G1Lanes) + (3 * sizeof(G1AffineLanes)) + (2 * sizeof(FqLanes)) + FqLanes.Alignment];
        var sum = (G1Lanes*)FqLanes.Align(memory);
        G1AffineLanes* same = (G1AffineLanes*)(sum + 1), different = same + 1, step = same + 2;
        FqLanes* h = (FqLanes*)(same + 3), t = h + 1;
        FqLanes.Multiply(h, &p->X, BetaLessOne);
        FqLanes.Multiply(t, h, h);
        FqLanes.Multiply(&same->X, &p->X, t);
        FqLanes.Multiply(t, t, h);
        FqLanes.Add(&different->X, &same->X, &same->X);
        FqLanes.Add(&different->X, &different->X, t);
        FqLanes.Negate(&different->X, &different->X);
        FqLanes.Tighten(&different->X, &different->X);
        FqLanes.Multiply(&different->Y, &p->Y, t);
        FqLanes.Negate(&different->Y, &different->Y);

        FqLanes.Multiply(t, &p->Y, &p->Y);
        FqLanes.Scale(t, t, 4);
        FqLanes.Add(t, t, &different->X);
        FqLanes.Tighten(t, t);
        FqLanes.Subtract(&same->X, t, &same->X);
        FqLanes.Add(&same->Y, &p->Y, &p->Y);
        FqLanes.Multiply(&same->Y, &same->Y, &same->X);
        FqLanes.Add(&same->Y, &same->Y, &different->Y);
        FqLanes.Tighten(&same->Y, &same->Y);
        FqLanes.Copy(&same->X, t);

        for (var bit = LaneCoefficients.Bits - 1; bit >= 0; bit--)
        {
            var mask = k.Different(bit);
            FqLanes.Select(&step->X, mask, &different->X, &same->X);
            FqLanes.Select(&step->Y, mask, &different->Y, &same->Y);
            FqLanes.NegateWhere(&step->Y, k.NegativeLow(bit), &step->Y);
            if (bit == LaneCoefficients.Bits - 1)
            {
                G1Lanes.FromAffine(sum, step);
                continue;
            }

            G1Lanes.Double(sum, sum);
            G1Lanes.Add(sum, sum, step);
        }

        FqLanes.Copy(&r->X, &sum->X);
        FqLanes.Copy(&r->Y, &sum->Y);
        FqLanes.Multiply(&r->Z, &sum->Z, h);
    }

    // r = [X]p.
    private static void MultiplyByParameter(G2Lanes* r, G2Lanes* p)
    {
        G2Lanes.Copy(r, p);
        for (var bit = 62; bit >= 0; bit--)
        {
            G2Lanes.Double(r, r);
            if (((CurveParameter.Magnitude >> bit) & 1) != 0)
                G2Lanes.Add(r, r, p);
        }
    }

    private static FqLanes* LessOne(in Fq factor)
    {
        Fq.Subtract(out var less, in factor, in Fq.One);
        return LaneConstants.Of(in less);
    }
}
