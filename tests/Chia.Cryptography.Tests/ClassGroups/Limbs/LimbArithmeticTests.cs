using System.Numerics;
using System.Runtime.Intrinsics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>The two limb arithmetics against plain integers, with limbs that provoke carries.</summary>
public unsafe class LimbArithmeticTests
{
    private const int Capacity = 48;

    [Fact]
    public void Managed_limbs_calculate_as_plain_integers() => Compare<ManagedLimbs>();

    [Fact]
    public void Gmp_limbs_calculate_as_plain_integers()
    {
        if (GmpNative.Version is null)
            Assert.Skip("libgmp is not installed");
        Compare<GmpLimbs>();
    }

    /// <summary>The vectors by name.</summary>
    public static TheoryData<string> Kinds => [.. ProductVectors.Kinds.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Vectors_multiply_as_rows_do(string name)
    {
        var kind = Supported(name);
        Assert.True(ProductVectors.Check(kind));
        var random = new Random(3);
        const int Most = VectorProduct<NarrowProductLanes, Vector256<ulong>>.MostLimbs;
        ulong* x = stackalloc ulong[Most], y = stackalloc ulong[Most];
        ulong* expected = stackalloc ulong[2 * Most], r = stackalloc ulong[(2 * Most) + 1];
        for (var round = 0; round < 100_000; round++)
        {
            var xn = 1 + random.Next(Most);
            var yn = 1 + random.Next(xn);
            Fill(x, xn, random);
            Fill(y, yn, random);
            r[xn + yn] = (ulong)round;
            ManagedLimbs.MultiplyByRows(expected, x, xn, y, yn);
            kind.Multiply(r, x, xn, y, yn);
            Assert.True(LimbKernels.Compare(expected, r, xn + yn) == 0, $"{xn} by {yn} limbs, round {round}");
            Assert.Equal((ulong)round, r[xn + yn]);
            ManagedLimbs.SquareByRows(expected, x, xn);
            kind.Multiply(r, x, xn, x, xn);
            Assert.True(LimbKernels.Compare(expected, r, 2 * xn) == 0, $"square of {xn} limbs, round {round}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Products_of_the_largest_and_of_nothing_are_right_at_every_length(string name)
    {
        // All ones by all ones makes every column as large as can be, and every carry.
        var kind = Supported(name);
        const int Most = VectorProduct<NarrowProductLanes, Vector256<ulong>>.MostLimbs;
        ulong* x = stackalloc ulong[Most], y = stackalloc ulong[Most], r = stackalloc ulong[2 * Most];
        for (var xn = 1; xn <= Most; xn++)
        {
            for (var yn = 1; yn <= xn; yn++)
            {
                foreach (var (left, right) in new[] { (ulong.MaxValue, ulong.MaxValue), (ulong.MaxValue, 1UL), (0UL, ulong.MaxValue) })
                {
                    new Span<ulong>(x, xn).Fill(left);
                    new Span<ulong>(y, yn).Fill(right);
                    kind.Multiply(r, x, xn, y, yn);
                    Assert.Equal(Value(x, xn) * Value(y, yn), Value(r, xn + yn));
                }
            }
        }
    }

    [Fact]
    public void The_fastest_vectors_of_the_processor_are_used() =>
        Assert.Same(ProductVectors.Kinds.FirstOrDefault(kind => kind.IsSupported), ProductVectors.Chosen.Kind);

    [Fact]
    public void Vectors_that_multiply_wrongly_fail_the_self_check()
    {
        // The top limb of one product in sixteen.
        var wrong = new ProductVectors("wrong", true, (r, x, xn, y, yn) =>
        {
            ManagedLimbs.MultiplyByRows(r, x, xn, y, yn);
            if (x[0] == ulong.MaxValue)
                r[xn + yn - 1]++;
        });
        Assert.False(ProductVectors.Check(wrong));
    }

    private static ProductVectors Supported(string name)
    {
        var kind = ProductVectors.Kinds.Single(kind => kind.Name == name);
        Assert.SkipUnless(kind.IsSupported, $"no {name}");
        return kind;
    }

    private static void Fill(ulong* x, int n, Random random)
    {
        random.NextBytes(new Span<byte>(x, 8 * n));
        for (var i = 0; i < n; i++)
        {
            x[i] = random.Next(6) switch
            {
                0 => ulong.MaxValue,
                1 => 0,
                _ => x[i],
            };
        }
    }

    private static BigInteger Value(ulong* limbs, int n) => new(new ReadOnlySpan<byte>(limbs, 8 * n), isUnsigned: true);

    private static void Compare<T>()
        where T : struct, ILimbArithmetic
    {
        var random = new Random(2);
        var arena = new LimbArena(6 * Capacity);
        FixedInteger x = new(arena, Capacity), y = new(arena, Capacity), r = new(arena, Capacity);
        FixedInteger q = new(arena, Capacity), s = new(arena, Capacity), t = new(arena, Capacity);
        for (var round = 0; round < 20_000; round++)
        {
            var left = RandomNumber(random, 1 + random.Next(20));
            var right = RandomNumber(random, 1 + random.Next(20));
            x.Set(left);
            y.Set(right);
            IntegerMath<T>.Multiply(r, x, y);
            Assert.Equal(left * right, r.ToBigInteger());
            IntegerMath<T>.Square(r, x);
            Assert.Equal(left * left, r.ToBigInteger());
            IntegerMath<T>.Add(r, x, y);
            Assert.Equal(left + right, r.ToBigInteger());
            IntegerMath<T>.Subtract(r, x, y);
            Assert.Equal(left - right, r.ToBigInteger());
            IntegerMath<T>.Double(r, r);
            Assert.Equal(2 * (left - right), r.ToBigInteger());
            IntegerMath<T>.Halve(r, r);
            Assert.Equal(left - right, r.ToBigInteger());
            var word = round % 3 == 0 ? ulong.MaxValue : (ulong)random.NextInt64();
            r.Set(left);
            IntegerMath<T>.AddMultiple(r, y, word, subtract: false);
            Assert.Equal(left + (right * word), r.ToBigInteger());
            IntegerMath<T>.AddMultiple(r, y, word, subtract: true);
            Assert.Equal(left, r.ToBigInteger());
            IntegerMath<T>.AddMultiple(r, y, word, subtract: true);
            Assert.Equal(left - (right * word), r.ToBigInteger());
            if (right.IsZero)
                continue;
            IntegerMath<T>.DivideMagnitudes(q, s, x, y);
            Assert.Equal(BigInteger.Abs(left) / BigInteger.Abs(right), q.ToBigInteger());
            Assert.Equal(BigInteger.Abs(left) % BigInteger.Abs(right), s.ToBigInteger());

            // A dividend close to a multiple of the divisor makes quotient digits that are estimated too high.
            var close = (left * right) + (random.Next(3) - 1);
            t.Set(close);
            IntegerMath<T>.DivideMagnitudes(q, s, t, y);
            Assert.Equal(BigInteger.Abs(close) / BigInteger.Abs(right), q.ToBigInteger());
            Assert.Equal(BigInteger.Abs(close) % BigInteger.Abs(right), s.ToBigInteger());
            y.Negative = false;
            IntegerMath<T>.Modulo(s, x, y, q);
            var m = BigInteger.Abs(right);
            Assert.Equal(((left % m) + m) % m, s.ToBigInteger());
        }

        x.Set(7);
        y.Set(2);
        Assert.Throws<ArithmeticException>(() => IntegerMath<T>.DivideExactly(q, x, y));
        y.Set(BigInteger.Zero);
        Assert.Throws<DivideByZeroException>(() => IntegerMath<T>.DivideMagnitudes(q, s, x, y));
        x.Set(BigInteger.One << (64 * (Capacity / 2)));
        Assert.Throws<InvalidOperationException>(() => IntegerMath<T>.Square(r, x));
        PowersModulo<T>(random);
    }

    private static void PowersModulo<T>(Random random)
        where T : struct, ILimbArithmetic
    {
        var arena = new LimbArena(3 * Capacity);
        FixedInteger m = new(arena, Capacity), e = new(arena, Capacity), r = new(arena, Capacity);
        for (var round = 0; round < 400; round++)
        {
            var modulus = BigInteger.Abs(RandomNumber(random, 1 + random.Next(18))) | 1;
            var exponent = BigInteger.Abs(RandomNumber(random, 1 + random.Next(4)));
            if (modulus.IsOne || exponent.IsZero)
                continue;
            m.Set(modulus);
            e.Set(exponent);
            var power = (uint)random.Next(1, 8);
            T.PowerModulo(r.Limbs, power, e.Limbs, e.Length, m.Limbs, m.Length);
            r.SetLength(m.Length, false);
            Assert.Equal(BigInteger.ModPow(power, exponent, modulus), r.ToBigInteger());
        }
    }

    /// <summary>A signed number whose limbs are random, all ones or all zeros.</summary>
    private static BigInteger RandomNumber(Random random, int limbs)
    {
        var bytes = new byte[limbs * 8];
        for (var i = 0; i < limbs; i++)
        {
            var limb = bytes.AsSpan(i * 8, 8);
            switch (random.Next(4))
            {
                case 0:
                    limb.Fill(0xFF);
                    break;
                case 1:
                    limb[random.Next(8)] = (byte)random.Next(256);
                    break;
                default:
                    random.NextBytes(limb);
                    break;
            }
        }

        var value = new BigInteger(bytes, isUnsigned: true);
        return random.Next(2) == 0 ? value : -value;
    }
}
