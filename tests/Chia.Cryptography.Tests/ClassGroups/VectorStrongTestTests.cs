using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>The vector code against the textbook test, number by number.</summary>
public class VectorStrongTestTests
{
    public VectorStrongTestTests() => Assert.SkipUnless(VectorStrongTest.IsSupported, "no AVX-512");

    [Theory]
    [InlineData(129)]
    [InlineData(256)]
    [InlineData(513)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Every_lane_gives_the_scalar_verdict(int bits)
    {
        var random = new Random(bits);
        var tests = new VectorStrongTest(bits);
        var prime = -Discriminant.Create([1, 2, 3], bits);
        for (var round = 0; round < 6; round++)
        {
            var numbers = new BigInteger[VectorStrongTest.Lanes];
            var expected = 0;
            for (var lane = 0; lane < numbers.Length; lane++)
            {
                numbers[lane] = random.Next(4) switch
                {
                    0 => prime,
                    1 => (BigInteger.One << bits) - 1 - (4 * random.Next(100)),
                    2 => (BigInteger.One << (bits - 1)) + 3 + (4 * random.Next(100)),
                    _ => RandomNumber(random, bits),
                };
                if (Passes(numbers[lane], ((round >> (lane % 3)) & 1) != 0 ? 5 : 3))
                    expected |= 1 << lane;
            }

            var fives = Enumerable.Range(0, numbers.Length).Where(lane => ((round >> (lane % 3)) & 1) != 0).Sum(lane => 1 << lane);
            Assert.Equal(expected, tests.Test(numbers, fives));
        }
    }

    [Fact]
    public void The_self_check_passes_where_the_instructions_are()
    {
        Assert.True(VectorStrongTest.IsUsable);
        Assert.Equal("AVX-512", ClassGroupBackend.PrimeTests);
    }

    [Fact]
    public void Numbers_of_different_length_can_share_a_batch()
    {
        var numbers = Enumerable.Range(0, VectorStrongTest.Lanes)
            .Select(i => -Discriminant.Create([(byte)i], 130 + (60 * i)) + (i % 3 == 2 ? 4 : 0)).ToArray();
        var expected = numbers.Select((n, i) => Passes(n, 3) ? 1 << i : 0).Sum();
        Assert.Equal(expected, new VectorStrongTest(560).Test(numbers));
        Assert.NotEqual(0, expected);
        Assert.NotEqual(255, expected);
    }

    [Fact]
    public void The_search_finds_the_same_prime_with_and_without_vectors()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var start = RandomNumber(new Random(seed), 300);
            var origin = start - (start % CandidateSieve.Step) + 23;
            Assert.Equal(
                PrimeSearch<ManagedLimbs>.First(origin, 1, vectors: false),
                PrimeSearch<ManagedLimbs>.First(origin, 1, vectors: true));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void Searches_that_share_the_lanes_find_what_each_finds_alone(int count)
    {
        var challenges = Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)new byte[] { (byte)i, (byte)count }).ToArray();
        Assert.Equal(
            challenges.Select(challenge => Discriminant.Create(challenge.Span, 300, 1, LimbBackend.Managed, vectors: false)),
            Discriminant.CreateMany(challenges, 300));
        Assert.Equal(
            Discriminant.CreateMany(challenges, 300, LimbBackend.Managed, vectors: false),
            Discriminant.CreateMany(challenges, 300, ClassGroupBackend.Default));
    }

    private static bool Passes(BigInteger n, int @base)
    {
        var power = BigInteger.ModPow(@base, n >> 1, n);
        return power == 1 || power == n - 1;
    }

    private static BigInteger RandomNumber(Random random, int bits)
    {
        var bytes = new byte[(bits + 7) / 8];
        random.NextBytes(bytes);
        var value = new BigInteger(bytes, isUnsigned: true) % (BigInteger.One << (bits - 1));
        return (value | (BigInteger.One << (bits - 1))) | 3;
    }
}
