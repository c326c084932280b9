using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Eight secret random coefficients r = low + high·X², low and high being sums of ±2^i for i = 0 … 63, each sign a random bit. All odd
/// numbers below 2^64 either way are such sums, so there are 2^128 different coefficients, none of them 0: |low + high·X²| is below n/2,
/// and X² exceeds twice every low. No digit being 0, every step of a multiple is a sum of two points that differ.
/// </summary>
internal readonly struct LaneCoefficients
{
    private readonly Vector512<long> _low;
    private readonly Vector512<long> _high;

    private LaneCoefficients(Vector512<long> low, Vector512<long> high) => (_low, _high) = (low, high);

    /// <summary>Bits of the two halves: steps of a multiple.</summary>
    public const int Bits = 64;

    /// <summary>Coefficients nobody can foresee.</summary>
    public static LaneCoefficients Random()
    {
        Span<long> signs = stackalloc long[2 * FqLanes.Lanes];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(signs));
        return new(Vector512.Create<long>(signs), Vector512.Create<long>(signs[FqLanes.Lanes..]));
    }

    /// <summary>Lanes in which the sign of 2^bit in low is minus, as a mask.</summary>
    public Vector512<long> NegativeLow(int bit) => Spread(_low, bit);

    /// <summary>Lanes in which the signs of 2^bit in low and high differ, as a mask.</summary>
    public Vector512<long> Different(int bit) => Spread(_low ^ _high, bit);

    private static Vector512<long> Spread(Vector512<long> signs, int bit) =>
        Vector512.ShiftRightArithmetic(signs << (Bits - 1 - bit), Bits - 1);
}
