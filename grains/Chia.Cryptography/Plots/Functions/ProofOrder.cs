namespace Chia.Cryptography.Plots;

/// <summary>The two orders of a proof's values (POSPACE.md 4.1).</summary>
internal static class ProofOrder
{
    /// <summary>Turns proof order, the wire's, into plot order, in which the quality string is taken; in place.</summary>
    /// <param name="values">64 values.</param>
    public static void ToPlotOrder(Span<ulong> values)
    {
        for (var size = 1; size < values.Length; size *= 2)
        {
            for (var i = 0; i < values.Length; i += 2 * size)
            {
                var first = values.Slice(i, size);
                var second = values.Slice(i + size, size);
                if (!IsSmaller(first, second))
                    Exchange(first, second);
            }
        }
    }

    /// <summary>Exchanges the contents of two spans of equal length.</summary>
    public static void Exchange(Span<ulong> first, Span<ulong> second)
    {
        for (var i = 0; i < first.Length; i++)
            (first[i], second[i]) = (second[i], first[i]);
    }

    // The last element decides, then the last but one, and so on: the opposite of the usual lexicographic order.
    private static bool IsSmaller(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (var i = a.Length - 1; i >= 0; i--)
        {
            if (a[i] != b[i])
                return a[i] < b[i];
        }

        return false;
    }
}
