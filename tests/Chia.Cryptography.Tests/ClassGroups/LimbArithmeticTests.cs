using System.Numerics;
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
