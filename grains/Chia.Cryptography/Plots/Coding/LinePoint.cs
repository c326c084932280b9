namespace Chia.Cryptography.Plots;

/// <summary>Two numbers x &gt; y as one, x(x − 1)/2 + y (POSPACE.md 6.3). Exact for x up to 59 bits.</summary>
internal static class LinePoint
{
    /// <summary>The line point of two different numbers, in either order.</summary>
    public static UInt128 Encode(ulong a, ulong b)
    {
        var x = Math.Max(a, b);
        return Triangle(x) + Math.Min(a, b);
    }

    /// <summary>The two numbers of a line point.</summary>
    public static (ulong X, ulong Y) Decode(UInt128 linePoint)
    {
        // The double is off by at most 2^7 for the widest line points, and by 1 for those of k up to 50.
        var x = Math.Max(1, (ulong)Math.Sqrt(2 * (double)linePoint));
        while (Triangle(x) > linePoint)
            x--;
        while (Triangle(x + 1) <= linePoint)
            x++;
        return (x, (ulong)(linePoint - Triangle(x)));
    }

    private static UInt128 Triangle(ulong x) => (UInt128)x * (x - 1) / 2;
}
