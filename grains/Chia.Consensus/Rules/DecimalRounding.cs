using System.Numerics;

namespace Chia.Consensus.Rules;

/// <summary>
/// The reference's arithmetic with 600 significant decimal digits, half-even (CONSENSUS.md 7.5).
/// Needed only where the exact value is an integer, which a hash hits with a probability around 2^−150.
/// </summary>
internal static class DecimalRounding
{
    private const int Digits = 600;

    private static readonly BigInteger Limit = BigInteger.Pow(10, Digits);

    /// <summary>V from N: the quotient by the plot's size is rounded, then its product with the difficulty, then up to an
    /// integer.</summary>
    public static BigInteger VariablePart(BigInteger logarithm, byte k, ulong difficulty)
    {
        var (mantissa, exponent) = Round(logarithm, (Iterations.SizeFactor * k) << (205 + k));
        var product = (mantissa * difficulty) << 32;
        if (product.IsZero)
            return product;
        var (rounded, dropped) = Shorten(product);
        exponent += dropped;
        return exponent >= 0
            ? rounded * BigInteger.Pow(10, exponent)
            : Ceiling(rounded, BigInteger.Pow(10, -exponent));
    }

    /// <summary>numerator ÷ denominator, both positive, as mantissa · 10^exponent with 600 digits.</summary>
    internal static (BigInteger Mantissa, int Exponent) Round(BigInteger numerator, BigInteger denominator)
    {
        // The quotient lies between 10^(d−1) and 10^(d+1), d the difference of the lengths: one of two exponents fits.
        var exponent = CountDigits(numerator) - CountDigits(denominator) - Digits;
        if (Scaled(numerator, denominator, exponent, out _, out _) >= Limit)
            exponent++;
        var mantissa = Scaled(numerator, denominator, exponent, out var remainder, out var divisor);
        return (RoundHalfEven(mantissa, remainder, divisor), exponent);
    }

    /// <summary>Cuts a positive integer to 600 digits; returns how many were dropped.</summary>
    internal static (BigInteger Mantissa, int Dropped) Shorten(BigInteger value)
    {
        var dropped = CountDigits(value) - Digits;
        if (dropped <= 0)
            return (value, 0);
        var divisor = BigInteger.Pow(10, dropped);
        var mantissa = BigInteger.DivRem(value, divisor, out var remainder);
        return (RoundHalfEven(mantissa, remainder, divisor), dropped);
    }

    private static BigInteger Scaled(
        BigInteger numerator, BigInteger denominator, int exponent, out BigInteger remainder, out BigInteger divisor)
    {
        if (exponent < 0)
            numerator *= BigInteger.Pow(10, -exponent);
        divisor = exponent < 0 ? denominator : denominator * BigInteger.Pow(10, exponent);
        return BigInteger.DivRem(numerator, divisor, out remainder);
    }

    /// <summary>A mantissa that becomes 10^600 here keeps its value; only the number of its digits is one more.</summary>
    private static BigInteger RoundHalfEven(BigInteger quotient, BigInteger remainder, BigInteger divisor)
    {
        var comparison = (2 * remainder).CompareTo(divisor);
        return comparison > 0 || (comparison == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static BigInteger Ceiling(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return remainder.IsZero ? quotient : quotient + 1;
    }

    private static int CountDigits(BigInteger positive)
    {
        // log10(2) = 0.30103: an estimate from the bits that is never too large, and at most one too small.
        var digits = (int)((positive.GetBitLength() - 1) * 0.301029995663981) + 1;
        return BigInteger.Pow(10, digits) <= positive ? digits + 1 : digits;
    }
}
