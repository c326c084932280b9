using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;
using Chia.Cryptography.Tests.Bls12381;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>The vector code of each kind against the textbook test, number by number.</summary>
public class VectorStrongTestTests
{
    private static readonly int[] Lengths = [129, 256, 513, 1024, 2048];

    public static TheoryData<string> Kinds => [.. StrongTestVectors.Kinds.Select(kind => kind.Name)];

    public static TheoryData<string, int> KindsAndLengths =>
        [.. StrongTestVectors.Kinds.SelectMany(kind => Lengths.Select(bits => (kind.Name, bits)))];

    [Theory, MemberData(nameof(KindsAndLengths))]
    public void Every_lane_gives_the_scalar_verdict(string kind, int bits)
    {
        var random = new Random(bits);
        var tests = Supported(kind).Create(bits);
        var prime = -Discriminant.Create([1, 2, 3], bits);
        for (var round = 0; round < 6; round++)
        {
            var numbers = new BigInteger[tests.Lanes];
            var (expected, fives) = (0, 0);
            for (var lane = 0; lane < numbers.Length; lane++)
            {
                numbers[lane] = random.Next(4) switch
                {
                    0 => prime,
                    1 => (BigInteger.One << bits) - 1 - (4 * random.Next(100)),
                    2 => (BigInteger.One << (bits - 1)) + 3 + (4 * random.Next(100)),
                    _ => RandomNumber(random, bits),
                };
                var five = ((round >> (lane % 3)) & 1) != 0;
                fives |= five ? 1 << lane : 0;
                expected |= Passes(numbers[lane], five ? 5 : 3) ? 1 << lane : 0;
            }

            Assert.Equal(expected, tests.Test(numbers, fives));
        }
    }

    /// <summary>The command is in <see cref="LongDifferentialTests"/>, with this class.</summary>
    [Theory(Explicit = true), MemberData(nameof(Kinds))]
    public void A_hundred_thousand_numbers_get_the_scalar_verdict(string kind)
    {
        var random = new Random(5);
        var tests = Supported(kind).Create(160);
        var numbers = new BigInteger[tests.Lanes];
        var passes = 0;
        for (var round = 0; round < 100_000 / tests.Lanes; round++)
        {
            var (expected, fives) = (0, random.Next(1 << tests.Lanes));
            for (var lane = 0; lane < numbers.Length; lane++)
            {
                numbers[lane] = RandomNumber(random, 150 + (lane % 10));
                if (Passes(numbers[lane], (fives >> lane & 1) != 0 ? 5 : 3))
                    (expected, passes) = (expected | (1 << lane), passes + 1);
            }

            Assert.Equal(expected, tests.Test(numbers, fives));
        }

        Assert.True(passes > 500);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_self_check_passes_where_the_instructions_are(string kind) => Assert.True(StrongTestVectors.Check(Supported(kind)));

    [Fact]
    public void What_the_self_check_knows_is_what_slow_powers_say()
    {
        foreach (var lanes in new[] { 4, 8 })
        {
            var numbers = StrongTestVectors.SelfCheckNumbers(lanes, out var fives, out var expected);
            var found = Discriminant.Create(
                StrongTestVectors.SelfCheckSeed, StrongTestVectors.SelfCheckBits, 1, LimbBackend.Managed, vectors: null);
            Assert.Equal(-found, numbers[0]);
            Assert.Equal(numbers[0], numbers[^(lanes == 4 ? 1 : 2)]);
            for (var lane = 0; lane < lanes; lane++)
                Assert.Equal((expected >> lane & 1) != 0, Passes(numbers[lane], (fives >> lane & 1) != 0 ? 5 : 3));

            // Both bases meet a prime and a number that is none.
            Assert.True((expected & fives) is not 0 && (expected & ~fives) is not 0);
            Assert.True((~expected & fives) is not 0 && (~expected & ~fives & ((1 << lanes) - 1)) is not 0);
        }
    }

    [Fact]
    public void The_fastest_kind_of_the_processor_is_used()
    {
        var fastest = StrongTestVectors.Kinds.FirstOrDefault(kind => kind.IsSupported);
        Assert.Same(fastest, StrongTestVectors.Chosen.Kind);
        Assert.Equal(fastest?.Name ?? "scalar", ClassGroupBackend.PrimeTests);
    }

    [Fact]
    public void A_kind_that_computes_wrongly_fails_the_self_check_and_is_switched_off()
    {
        // One verdict in a hundred million would do; this one errs in every lane.
        var wrong = new StrongTestVectors("wrong", true, bits => new Inverted());
        Assert.False(StrongTestVectors.Check(wrong));

        var right = Supported(StrongTestVectors.Kinds[^1].Name);
        var absent = wrong with { Name = "absent", IsSupported = false };
        var choice = Choose([absent, wrong, right], out var faults);
        Assert.Same(right, choice.Kind);
        Assert.Equal($"{right.Name} (wrong fails its self-check: check the processor)", choice.Description);
        Assert.Equal(new VectorFault(VectorUse.Discriminants, "wrong", "wrong results"), Assert.Single(faults.All));

        choice = Choose([absent, wrong], out faults);
        Assert.Null(choice.Kind);
        Assert.Equal("scalar (wrong fails its self-check: check the processor)", choice.Description);
        Assert.Equal("scalar", Choose([absent], out faults).Description);
        Assert.Empty(faults.All);
    }

    [Fact]
    public void A_kind_whose_self_check_throws_is_switched_off_too()
    {
        var right = Supported(StrongTestVectors.Kinds[^1].Name);
        var throwing = right with { Name = "throwing", Create = _ => throw new OverflowException() };
        Assert.Same(right, Choose([throwing, right], out var faults).Kind);
        Assert.Equal(new VectorFault(VectorUse.Discriminants, "throwing", "OverflowException"), Assert.Single(faults.All));
    }

    private static VectorChoice<StrongTestVectors> Choose(StrongTestVectors[] kinds, out VectorFaults faults)
    {
        faults = new VectorFaults();
        return VectorChoice.Choose(
            VectorUse.Discriminants, kinds, k => k.Name, k => k.IsSupported, StrongTestVectors.Check, faults);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Numbers_of_different_length_can_share_a_batch(string kind)
    {
        var tests = Supported(kind).Create(560);
        var numbers = Enumerable.Range(0, tests.Lanes)
            .Select(i => -Discriminant.Create([(byte)i], 130 + (60 * i)) + (i % 3 == 2 ? 4 : 0)).ToArray();
        var expected = numbers.Select((n, i) => Passes(n, 3) ? 1 << i : 0).Sum();
        Assert.Equal(expected, tests.Test(numbers));
        Assert.NotEqual(0, expected);
        Assert.NotEqual((1 << tests.Lanes) - 1, expected);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_search_finds_the_same_prime_with_and_without_vectors(string kind)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var start = RandomNumber(new Random(seed), 300);
            var origin = start - (start % CandidateSieve.Step) + 23;
            Assert.Equal(
                PrimeSearch<ManagedLimbs>.First(origin, 1, vectors: null),
                PrimeSearch<ManagedLimbs>.First(origin, 1, Supported(kind)));
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
        var alone = challenges.Select(challenge => Discriminant.Create(challenge.Span, 300, 1, LimbBackend.Managed, vectors: null));
        foreach (var vectors in StrongTestVectors.Kinds.Where(kind => kind.IsSupported).Append(null))
            Assert.Equal(alone, Discriminant.CreateMany(challenges, 300, ClassGroupBackend.Default, vectors));
    }

    private static StrongTestVectors Supported(string name)
    {
        var kind = StrongTestVectors.Kinds.Single(kind => kind.Name == name);
        Assert.SkipUnless(kind.IsSupported, $"no {name}");
        return kind;
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

    private sealed class Inverted : VectorStrongTest
    {
        public override int Lanes => 4;

        public override int Test(ReadOnlySpan<BigInteger> numbers, int fives = 0)
        {
            var verdicts = 0;
            for (var lane = 0; lane < Lanes; lane++)
                verdicts |= Passes(numbers[lane], (fives >> lane & 1) != 0 ? 5 : 3) ? 0 : 1 << lane;
            return verdicts;
        }
    }
}
