namespace Chia.Cryptography.Bls12381;

/// <summary>The inverses of many points' Z with one inversion in the field (Montgomery's trick); 0 for infinity.</summary>
internal static class BatchInversion
{
    /// <summary>inverses[i] = 1/points[i].Z.</summary>
    public static void Invert(Span<Fq> inverses, ReadOnlySpan<G1Point> points)
    {
        var product = Fq.One;
        for (var i = 0; i < points.Length; i++)
        {
            inverses[i] = product;
            if (!points[i].IsInfinity())
                Fq.Multiply(out product, in product, in points[i].Z);
        }

        Fq.Invert(out product, in product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (points[i].IsInfinity())
            {
                inverses[i] = default;
                continue;
            }

            Fq.Multiply(out inverses[i], in inverses[i], in product);
            Fq.Multiply(out product, in product, in points[i].Z);
        }
    }

    /// <summary>inverses[i] = 1/points[i].Z.</summary>
    public static void Invert(Span<Fq2> inverses, ReadOnlySpan<G2Point> points)
    {
        var product = Fq2.One;
        for (var i = 0; i < points.Length; i++)
        {
            inverses[i] = product;
            if (!points[i].IsInfinity())
                Fq2.Multiply(out product, in product, in points[i].Z);
        }

        Fq2.Invert(out product, in product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (points[i].IsInfinity())
            {
                inverses[i] = default;
                continue;
            }

            Fq2.Multiply(out inverses[i], in inverses[i], in product);
            Fq2.Multiply(out product, in product, in points[i].Z);
        }
    }
}
