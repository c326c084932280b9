using System.Numerics;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Rules;

/// <summary>
/// How many iterations of the proof of time a proof of space asks for, and the way back from them to the speed (CONSENSUS.md 7, 8).
/// Exact rationals give the reference's result except where the exact value is an integer; there its rounding to 600 digits is repeated
/// (DECISIONS 5).
/// </summary>
public static class Iterations
{
    /// <summary>Numerator of the binary double 0.762 = 1715871458028159 / 2^51.</summary>
    internal static readonly BigInteger SizeFactor = 1715871458028159;

    private static readonly BigInteger QualityRange = BigInteger.One << 256;

    /// <summary>m₀ · ips + V for a quality, k, a difficulty (units of 2^32) and a speed (iterations per second).</summary>
    /// <param name="quality">32-byte quality, a big-endian number.</param>
    /// <param name="k">Plot size, 1 to 255.</param>
    /// <param name="difficulty">Difficulty in force.</param>
    /// <param name="ips">Iterations per second in force.</param>
    /// <param name="minBlockTime">m₀, seconds.</param>
    /// <param name="iterations">The result, at least 1; 0 on error.</param>
    public static IterationsError TryCompute(
        Bytes32 quality, byte k, ulong difficulty, ulong ips, uint minBlockTime, out ulong iterations)
    {
        iterations = 0;
        if (k == 0)
            return IterationsError.PlotSizeZero;
        var total = (new BigInteger(minBlockTime) * ips) + VariablePart(quality, k, difficulty);
        if (total.IsZero)
            return IterationsError.TooFew;
        if (total > ulong.MaxValue)
            return IterationsError.Overflow;
        iterations = (ulong)total;
        return IterationsError.None;
    }

    /// <summary>V: ⌈X⌉, or the reference's rounding where X is an integer (CONSENSUS.md 7.4).</summary>
    internal static BigInteger VariablePart(Bytes32 quality, byte k, ulong difficulty)
    {
        var logarithm = Logarithm(quality);
        var quotient = BigInteger.DivRem(
            difficulty * logarithm, (SizeFactor * k) << (173 + k), out var remainder);
        if (!remainder.IsZero)
            return quotient + 1;
        return quotient.IsZero ? quotient : DecimalRounding.VariablePart(logarithm, k, difficulty);
    }

    /// <summary>
    /// N = −⌊(x² + 6xt) ÷ (6t + 4x)⌋ with t = 2^256, x = q − t, written with positive numbers: ⌈(t − q)(q + 5t) ÷ (2t + 4q)⌉.
    /// N ÷ t approximates −ln(q ÷ t).
    /// </summary>
    internal static BigInteger Logarithm(Bytes32 quality)
    {
        var q = new BigInteger(quality.Span, isUnsigned: true, isBigEndian: true);
        var numerator = (QualityRange - q) * (q + (5 * QualityRange));
        var quotient = BigInteger.DivRem(numerator, (2 * QualityRange) + (4 * q), out var remainder);
        return remainder.IsZero ? quotient : quotient + 1;
    }
}

/// <summary>Why a proof of space asks for no valid number of iterations (CONSENSUS.md 7.2).</summary>
public enum IterationsError
{
    /// <summary>The number is valid.</summary>
    None,

    /// <summary>k = 0: a division by zero.</summary>
    PlotSizeZero,

    /// <summary>The number would be 0.</summary>
    TooFew,

    /// <summary>The number would not fit 64 bits.</summary>
    Overflow,
}
