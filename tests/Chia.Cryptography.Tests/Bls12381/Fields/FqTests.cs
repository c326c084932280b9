using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The base field against its twin, and the bounds that its lazy sums rely on.</summary>
public class FqTests
{
    private const int Rounds = 400;

    [Fact]
    public void Operations_agree_with_the_twin() => CompareOperations(new Random(1), rounds: 10_000);

    /// <summary>Thirteen operations a round.</summary>
    internal static void CompareOperations(Random random, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var (a, b) = (SlowField.Sample(random), SlowField.Sample(random));
            var (x, y) = (Stored(a, random), Stored(b, random));
            Fq.Add(out var r, in x, in y);
            Expect(a + b, in r);
            Fq.Subtract(out r, in x, in y);
            Expect(a - b, in r);
            Fq.Negate(out r, in x);
            Expect(-a, in r);
            Fq.TwiceDifference(out r, in x, in y, in y);
            Expect(2 * (a - b - b), in r);
            Fq.SubtractMultiple(out r, in x, in y, 12);
            Expect(a - (12 * b), in r);
            Fq.MultiplySmall(out r, in x, 12);
            Expect(12 * a, in r);
            Fq.Multiply(out r, in x, in y);
            Expect(a * b, in r);
            Fq.Square(out r, in x);
            Expect(a * a, in r);
            Fq.AddLoose(out var loose, in x, in y);
            Fq.Multiply(out r, in loose, in y);
            Expect((a + b) * b, in r);
            Fq.AddLoose(out loose, in loose, in x);
            Fq.Multiply(out r, in loose, in y);
            Expect(((2 * a) + b) * b, in r);
            Fq.SubtractLoose(out loose, in x, in y);
            Fq.Multiply(out r, in loose, in x);
            Expect((a - b) * a, in r);
            Assert.Equal(SlowField.IsBig(a), x.IsBig());
            Assert.Equal(a.IsZero, x.IsZero());
            Assert.Equal(a == b, Fq.AreEqual(in x, in y));
        }
    }

    [Fact]
    public void Results_may_replace_operands()
    {
        var random = new Random(2);
        var (a, b) = (SlowField.Sample(random), SlowField.Sample(random));
        var (x, y) = (SlowField.Fast(a), SlowField.Fast(b));
        Fq.Multiply(out x, in x, in y);
        Fq.Multiply(out y, in x, in y);
        Fq.Multiply(out x, in x, in x);
        Fq.Square(out x, in x);
        Fq.Subtract(out x, in y, in x);
        var product = a * b;
        Expect((product * b) - BigInteger.Pow(product, 4), in x);
    }

    [Fact]
    public void Roots_and_inverses_agree_with_the_twin()
    {
        var random = new Random(3);
        for (var round = 0; round < 40; round++)
        {
            var a = round == 0 ? BigInteger.Zero : SlowField.Sample(random);
            var x = Stored(a, random);
            var (ok, root) = SlowField.Root1(a);
            Assert.Equal(ok, Fq.TrySquareRoot(out var r, in x));
            Expect(root, in r);
            Fq.Invert(out r, in x);
            Expect(SlowField.Inverse(a), in r);
        }
    }

    [Fact]
    public void Bytes_of_any_value_are_reduced()
    {
        var random = new Random(4);
        var top = BigInteger.Pow(2, 384) - 1;
        BigInteger[] edges = [0, 1, SlowField.Q - 1, SlowField.Q, SlowField.Q + 1, 9 * SlowField.Q, top, top - 1];
        foreach (var value in edges.Concat(Enumerable.Range(0, 100).Select(_ => Wide(random, 48))))
        {
            Fq.FromBytes(out var r, SlowField.Bytes(value));
            Expect(value, in r);
        }

        for (var round = 0; round < 100; round++)
        {
            var bytes = new byte[64];
            if (round == 0)
                Array.Fill(bytes, byte.MaxValue);
            else
                random.NextBytes(bytes);
            Fq.FromBytes64(out var r, bytes);
            Expect(new BigInteger(bytes, isUnsigned: true, isBigEndian: true), in r);
        }
    }

    [Fact]
    public void Wide_products_survive_sums_and_loose_operands()
    {
        var random = new Random(5);
        for (var round = 0; round < Rounds; round++)
        {
            var values = Enumerable.Range(0, 4).Select(_ => SlowField.Sample(random)).ToArray();
            var x = LooseSum(values[0], values[1], random, out var a);
            var y = LooseSum(values[2], values[3], random, out var b);
            var stored = Stored(values[0], random);
            FqWide.Multiply(out var product, in x, in y);
            FqWide.Square(out var square, in x);
            FqWide.Reduce(out var r, in product);
            Expect(a * b, in r);
            FqWide.Reduce(out r, in square);
            Expect(a * a, in r);
            FqWide.ReduceDifference(out r, in product, in square);
            Expect((a * b) - (a * a), in r);
            FqWide.ReduceMiddle(out r, in product, in square, in product);
            Expect(-(a * a), in r);
            FqWide.Multiply(out product, in stored, in stored);
            FqWide.ReduceThreeMinusTwo(out r, in product, in stored);
            Expect((3 * values[0] * values[0]) - (2 * values[0]), in r);
            FqWide.ReduceThreePlusTwo(out r, in product, in stored);
            Expect((3 * values[0] * values[0]) + (2 * values[0]), in r);
            FqWide.Multiply(out product, in x, in y);
            FqWide.Add(out var sum, in product, in square);
            FqWide.Subtract(out sum, in sum, in product);
            FqWide.SubtractBoth(ref sum, in product, in product);
            FqWide.Reduce(out r, in sum);
            Expect((a * a) - (2 * a * b), in r);
        }
    }

    [Fact]
    public void Eighteen_products_of_the_fullest_elements_fit_a_reduction()
    {
        // All limbs at their maximum but the top one, which the bound of stored form limits.
        var x = new Fq { L0 = Fq.Mask, L1 = Fq.Mask, L2 = Fq.Mask, L3 = Fq.Mask, L4 = Fq.Mask, L5 = Fq.Mask, L6 = Fq.Q6 + (Fq.Q6 >> 3) };
        var value = SlowField.Slow(in x);
        FqWide.Multiply(out var product, in x, in x);
        var up = product;
        var down = default(FqWide);
        FqWide.Subtract(out down, in down, in product);
        for (var i = 1; i < 18; i++)
        {
            FqWide.Add(out up, in up, in product);
            FqWide.Subtract(out down, in down, in product);
        }

        FqWide.Reduce(out var r, in up);
        Expect(18 * value * value, in r);
        FqWide.Reduce(out r, in down);
        Expect(-18 * value * value, in r);
    }

    // Eight stored elements summed without carries: limbs of up to 58 bits.
    private static Fq LooseSum(BigInteger first, BigInteger second, Random random, out BigInteger value)
    {
        value = 4 * (first + second);
        Fq.AddLoose(out var sum, Stored(first, random), Stored(second, random));
        Fq.AddLoose(out sum, in sum, in sum);
        Fq.AddLoose(out sum, in sum, in sum);
        return sum;
    }

    // Half the time the representative above q, where stored form has room for it.
    private static Fq Stored(BigInteger value, Random random)
    {
        var x = SlowField.Fast(value);
        if (random.Next(2) == 0)
            return x;
        var raised = Raw(in x) + SlowField.Q;
        if (raised >= SlowField.Q + (SlowField.Q / 5))
            return x;
        var r = default(Fq);
        r.L0 = Limb(raised, 0);
        r.L1 = Limb(raised, 1);
        r.L2 = Limb(raised, 2);
        r.L3 = Limb(raised, 3);
        r.L4 = Limb(raised, 4);
        r.L5 = Limb(raised, 5);
        r.L6 = Limb(raised, 6);
        return r;
    }

    private static ulong Limb(BigInteger value, int i) => (ulong)((value >> (Fq.Bits * i)) & Fq.Mask);

    private static BigInteger Raw(in Fq x)
    {
        ulong[] limbs = [x.L0, x.L1, x.L2, x.L3, x.L4, x.L5, x.L6];
        return limbs.Select((limb, i) => (BigInteger)limb << (Fq.Bits * i)).Aggregate(BigInteger.Add);
    }

    private static BigInteger Wide(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    private static void Expect(BigInteger expected, in Fq actual)
    {
        ulong[] limbs = [actual.L0, actual.L1, actual.L2, actual.L3, actual.L4, actual.L5, actual.L6];
        Assert.All(limbs, limb => Assert.True(limb <= Fq.Mask));
        Assert.True(Raw(in actual) * 4 < SlowField.Q * 5, "stored form is below 1.25 q");
        Assert.Equal(SlowField.Mod(expected), SlowField.Slow(in actual));
    }
}
