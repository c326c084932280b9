using System.Numerics;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Rules;

/// <summary>CONSENSUS.md 7.1 and 7.2 step by step: a decimal floating point of 600 digits, for every input, with no short cut.</summary>
internal static class SlowIterations
{
    private static readonly BigInteger T = BigInteger.Pow(2, 256);

    /// <summary>Null where the reference raises an error.</summary>
    public static BigInteger? Compute(Bytes32 quality, byte k, ulong difficulty, ulong ips, uint minBlockTime)
    {
        if (k == 0)
            return null;

        // Step 1: N ÷ 2^256 = N·5^256 · 10^−256; step 3: c·k·2^k with c = M ÷ 2^51 = M·5^51 · 10^−51.
        var a = new Number(LogarithmOf(quality) * BigInteger.Pow(5, 256), -256);
        var s = new Number(1715871458028159 * BigInteger.Pow(5, 51) * k * BigInteger.Pow(2, k), -51);
        var r = Divide(a, s);
        var p = Cut(new Number(difficulty * BigInteger.Pow(2, 32) * r.Mantissa, r.Exponent), sticky: false);
        var total = ((BigInteger)minBlockTime * ips) + RoundUp(p);
        return total < 1 || total >= BigInteger.Pow(2, 64) ? null : total;
    }

    public static BigInteger LogarithmOf(Bytes32 quality)
    {
        var x = new BigInteger(quality.Span, isUnsigned: true, isBigEndian: true) - T;
        var numerator = (x * x) + (6 * x * T);
        var denominator = (6 * T) + (4 * x);
        var floor = numerator / denominator;
        if (floor * denominator > numerator)
            floor--;
        return -floor;
    }

    /// <summary>Digit by digit: 620 digits of the quotient, a mark if something follows, then one rounding.</summary>
    private static Number Divide(Number dividend, Number divisor)
    {
        var scale = 620 + divisor.Mantissa.ToString().Length;
        var numerator = dividend.Mantissa * BigInteger.Pow(10, scale);
        var quotient = numerator / divisor.Mantissa;
        return Cut(new Number(quotient, dividend.Exponent - divisor.Exponent - scale), quotient * divisor.Mantissa != numerator);
    }

    /// <summary>Half-even to 600 digits, on the decimal text. <paramref name="sticky"/>: something non-zero follows the last
    /// digit.</summary>
    private static Number Cut(Number value, bool sticky)
    {
        var text = value.Mantissa.ToString();
        if (text.Length <= 600)
            return value;
        var kept = BigInteger.Parse(text[..600]);
        var rest = text[600..];
        var half = '5' + new string('0', rest.Length - 1);
        var order = string.CompareOrdinal(rest, half);
        if (order > 0 || (order == 0 && (sticky || !kept.IsEven)))
            kept++;
        return new Number(kept, value.Exponent + rest.Length);
    }

    private static BigInteger RoundUp(Number value)
    {
        if (value.Exponent >= 0)
            return value.Mantissa * BigInteger.Pow(10, value.Exponent);
        var unit = BigInteger.Pow(10, -value.Exponent);
        return (value.Mantissa + unit - 1) / unit;
    }

    private readonly record struct Number(BigInteger Mantissa, int Exponent);
}
