using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Chia.Consensus.Rules;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Rules;

public class IterationsTests
{
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Ones = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    private const string Half = "8000000000000000000000000000000000000000000000000000000000000000";
    private const string Corner = "fff3cf2367e407a5ab8b0ab7d234f477c51b3945e1385f4e0ca499a0567b7ea1";

    /// <summary>CONSENSUS.md 19.1.</summary>
    public static TheoryData<string, byte, ulong, ulong, string, ulong> Table => new()
    {
        { "ffe815f81351ad33ea548d0e19bd604ec8f885b77c193a2150f36fdb5841535c", 19, 5000, 5000,
            "42260415693169923513568670476269764654138602932169821216380394518491535815", 151033 },
        { Zero, 20, 5000, 5000, "289480223093290488558927462521719769633174961664101410098643960019782824099840", 3509581 },
        { Ones, 20, 5000, 5000, "2", 150001 },
        { Half, 32, 5000, 5000, "79607061350654884353705052193472936649123114457627887777127089005440276627456", 150141 },
        { HashOf("abc"), 25, 123456789, 98765, "36665004619420826933427016937581829606902930029446007653367681052060036018393",
            265628322 },
        { HashOf(""), 59, 1, 1, "13569103374014447535126564897774329051365421575976173923316730529604670677439", 31 },
        { HashOf("chia"), 30, 1UL << 40, 100000, "156060806124273833131381569007659507469141436060492575101165010256034471852431",
            259300630274 },
    };

    [Theory, MemberData(nameof(Table))]
    public void Reproduces_the_table(string quality, byte k, ulong difficulty, ulong ips, string logarithm, ulong iterations)
    {
        var bytes = Bytes32.FromHex(quality);
        Assert.Equal(BigInteger.Parse(logarithm), Iterations.Logarithm(bytes));
        Assert.Equal(IterationsError.None, Iterations.TryCompute(bytes, k, difficulty, ips, 30, out var computed));
        Assert.Equal(iterations, computed);
        Assert.Equal(iterations, SlowIterations.Compute(bytes, k, difficulty, ips, 30));
        Assert.True(RecoveredIps.TryRecover(computed, bytes, k, difficulty, 30, out var recovered));
        Assert.Equal(ips, recovered);
    }

    /// <summary>CONSENSUS.md 19.2: the exact value is an integer, the reference's is one more.</summary>
    [Theory]
    [InlineData(4522UL, 150477UL)]
    [InlineData(6333327UL, 816667UL)]
    public void Rounds_as_the_reference_where_the_exact_value_is_an_integer(ulong difficulty, ulong iterations)
    {
        Assert.Equal(IterationsError.None, Iterations.TryCompute(Bytes32.FromHex(Corner), 19, difficulty, 5000, 30, out var computed));
        Assert.Equal(iterations, computed);
        Assert.Equal(iterations, SlowIterations.Compute(Bytes32.FromHex(Corner), 19, difficulty, 5000, 30));
    }

    [Theory]
    [InlineData(Zero, 15, 1UL << 63, 5000UL, IterationsError.Overflow)]
    [InlineData(HashOfAbc, 20, 0UL, 0UL, IterationsError.TooFew)]
    [InlineData(HashOfAbc, 0, 5000UL, 5000UL, IterationsError.PlotSizeZero)]
    public void Names_what_has_no_result(string quality, byte k, ulong difficulty, ulong ips, IterationsError error)
    {
        Assert.Equal(error, Iterations.TryCompute(Bytes32.FromHex(quality), k, difficulty, ips, 30, out var iterations));
        Assert.Equal(0UL, iterations);
        Assert.Null(SlowIterations.Compute(Bytes32.FromHex(quality), k, difficulty, ips, 30));
    }

    [Fact]
    public void Difficulty_zero_leaves_the_minimum_time()
    {
        Assert.Equal(IterationsError.None, Iterations.TryCompute(Bytes32.FromHex(HashOfAbc), 20, 0, 5000, 30, out var iterations));
        Assert.Equal(150000UL, iterations);
    }

    [Fact]
    public void Largest_result_passes_and_the_next_does_not()
    {
        // V = 1 for the best quality at difficulty 1, so m₀·ips decides: 2^64 − 2 is 2 · (2^63 − 1).
        var best = Bytes32.FromHex(Ones);
        Assert.Equal(IterationsError.None, Iterations.TryCompute(best, 20, 1, (1UL << 63) - 1, 2, out var iterations));
        Assert.Equal(ulong.MaxValue, iterations);
        Assert.Equal(IterationsError.Overflow, Iterations.TryCompute(best, 20, 1, 1UL << 63, 2, out _));
    }

    [Fact]
    public void Equals_the_slow_twin_and_can_be_undone()
    {
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var (quality, k, difficulty, ips) = RandomInput(random, i);
            var expected = SlowIterations.Compute(quality, k, difficulty, ips, 30);
            var error = Iterations.TryCompute(quality, k, difficulty, ips, 30, out var iterations);
            Assert.Equal(expected is null, error != IterationsError.None);
            Assert.Equal(expected ?? 0, iterations);
            if (expected is null)
                continue;
            Assert.True(RecoveredIps.TryRecover(iterations, quality, k, difficulty, 30, out var recovered));
            Assert.Equal(ips, recovered);
        }
    }

    [Fact]
    public void Equals_the_slow_twin_where_the_exact_value_is_an_integer()
    {
        // Of the corner's N, every multiple of 4522's odd part is a difficulty with an integer value.
        var quality = Bytes32.FromHex(Corner);
        var corrected = 0;
        for (ulong factor = 1; factor <= 400; factor++)
        {
            foreach (var k in new byte[] { 17, 18, 19 })
            {
                var difficulty = 4522 * factor;
                Assert.Equal(IterationsError.None, Iterations.TryCompute(quality, k, difficulty, 5000, 30, out var iterations));
                Assert.Equal(SlowIterations.Compute(quality, k, difficulty, 5000, 30), iterations);
                corrected += iterations - 150000 > Exact(quality, k, difficulty) ? 1 : 0;
            }
        }

        Assert.True(corrected > 10, $"only {corrected} cases were in the corner");
    }

    [Fact]
    public void Speed_that_is_no_integer_or_below_one_is_not_recovered()
    {
        var quality = Bytes32.FromHex(Zero);
        Assert.Equal(IterationsError.None, Iterations.TryCompute(quality, 20, 5000, 5000, 30, out var iterations));
        Assert.False(RecoveredIps.TryRecover(iterations + 1, quality, 20, 5000, 30, out _));
        Assert.False(RecoveredIps.TryRecover(iterations - 150000, quality, 20, 5000, 30, out _));
        Assert.False(RecoveredIps.TryRecover(1, quality, 20, 5000, 30, out _));
        Assert.False(RecoveredIps.TryRecover(iterations, quality, 0, 5000, 30, out _));
        Assert.False(RecoveredIps.TryRecover(iterations, quality, 20, 5000, 0, out _));
    }

    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static BigInteger Exact(Bytes32 quality, byte k, ulong difficulty)
    {
        var unit = (BigInteger)1715871458028159 * k * BigInteger.Pow(2, 173 + k);
        return ((difficulty * SlowIterations.LogarithmOf(quality)) + unit - 1) / unit;
    }

    private static (Bytes32 Quality, byte K, ulong Difficulty, ulong Ips) RandomInput(Random random, int i)
    {
        var quality = new byte[32];
        random.NextBytes(quality);
        if (i % 5 == 0)
            quality.AsSpan(0, random.Next(33)).Fill(0xff);
        if (i % 7 == 0)
            quality.AsSpan(0, random.Next(33)).Clear();
        var k = (byte)(i % 3 == 0 ? random.Next(1, 256) : random.Next(15, 60));
        return (
            new Bytes32(quality), k, (ulong)random.NextInt64() >> random.Next(63), ((ulong)random.NextInt64() >> random.Next(20, 63)) + 1);
    }
}
