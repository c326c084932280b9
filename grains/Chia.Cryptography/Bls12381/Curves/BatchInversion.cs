namespace Chia.Cryptography.Bls12381;

/// <summary>The inverses of many points' Z with one inversion in the field (Montgomery's trick); 0 for infinity.</summary>
internal static class BatchInversion
{
    /// <summary>inverses[i] = 1/points[i].Z.</summary>
    public static void Invert<TField>(Span<TField> inverses, ReadOnlySpan<JacobianPoint<TField>> points)
        where TField : struct, IField<TField>
    {
        var product = TField.One;
        for (var i = 0; i < points.Length; i++)
        {
            inverses[i] = product;
            if (!points[i].IsInfinity())
                TField.Multiply(out product, in product, in points[i].Z);
        }

        TField.Invert(out product, in product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (points[i].IsInfinity())
            {
                inverses[i] = default;
                continue;
            }

            TField.Multiply(out inverses[i], in inverses[i], in product);
            TField.Multiply(out product, in product, in points[i].Z);
        }
    }
}
