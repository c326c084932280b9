using System.Numerics;
using Chia.Consensus.Rules;

namespace Chia.Consensus.Tests.Rules;

/// <summary>Half-even at 600 digits (CONSENSUS.md 7.5): ties are too rare for the tests with whole proofs.</summary>
public class DecimalRoundingTests
{
    private static readonly BigInteger Smallest = BigInteger.Pow(10, 599);

    /// <summary>Last kept digit, what follows it, and what the last kept digit becomes.</summary>
    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 5, 2)]
    [InlineData(2, 5, 2)]
    [InlineData(1, 4, 1)]
    [InlineData(1, 6, 2)]
    [InlineData(2, 6, 3)]
    public void Ties_go_to_the_even_digit(int last, int next, int rounded)
    {
        var value = ((Smallest + last) * 10) + next;
        Assert.Equal((Smallest + rounded, 1), DecimalRounding.Shorten(value));
        Assert.Equal((Smallest + rounded, 1), DecimalRounding.Round(value, 1));

        // The same number as a quotient of larger and of fractional parts.
        Assert.Equal((Smallest + rounded, 1), DecimalRounding.Round(value * 7, 7));
        Assert.Equal((Smallest + rounded, -699), DecimalRounding.Round(value, BigInteger.Pow(10, 700)));
    }

    [Fact]
    public void What_follows_a_tie_breaks_it()
    {
        Assert.Equal((Smallest + 1, 2), DecimalRounding.Shorten((Smallest * 100) + 51));
        Assert.Equal((Smallest, 2), DecimalRounding.Shorten((Smallest * 100) + 50));
        Assert.Equal((Smallest, 2), DecimalRounding.Shorten((Smallest * 100) + 49));
    }

    [Fact]
    public void Nines_carry_into_one_digit_more()
    {
        var (mantissa, exponent) = DecimalRounding.Shorten((Smallest * 100) - 1);
        Assert.Equal(Smallest * 10, mantissa);
        Assert.Equal(1, exponent);
    }

    [Fact]
    public void Short_numbers_stay_and_quotients_have_600_digits()
    {
        Assert.Equal((12345, 0), DecimalRounding.Shorten(12345));
        Assert.Equal(((Smallest * 10) - 1, 0), DecimalRounding.Shorten((Smallest * 10) - 1));
        foreach (
            var (numerator, denominator) in new (BigInteger, BigInteger)[] { (1, 3), (2, 3), (10, 1), (1, 999), (999, 1), (Smallest, 7) })
        {
            var (mantissa, _) = DecimalRounding.Round(numerator, denominator);
            Assert.Equal(600, mantissa.ToString().Length);
        }

        Assert.Equal((BigInteger.Parse(new string('6', 599) + "7"), -600), DecimalRounding.Round(2, 3));
    }
}
