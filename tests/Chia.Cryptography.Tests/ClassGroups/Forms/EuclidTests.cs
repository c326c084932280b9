using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

public class EuclidTests
{
    private const int Capacity = 40;

    [Fact]
    public void Both_runs_keep_the_invariants_and_end_where_they_should()
    {
        var random = new Random(3);
        var euclid = new Euclid<ManagedLimbs>(new LimbArena(Euclid<ManagedLimbs>.Numbers * Capacity), Capacity);
        for (var round = 0; round < 20_000; round++)
        {
            var (x, y) = RandomPair(random, 1 + random.Next(1100));
            euclid.X.Set(x);
            euclid.Y.Set(y);
            euclid.RunToEnd();
            Assert.Equal(BigInteger.GreatestCommonDivisor(x, y), euclid.X.ToBigInteger());
            Assert.True(euclid.Y.IsZero);
            CheckInvariants(euclid, x, y);

            var bits = (int)x.GetBitLength() / 2;
            euclid.X.Set(x);
            euclid.Y.Set(y);
            euclid.RunToBits(bits);
            Assert.True(euclid.Y.BitLength <= bits);
            Assert.True(euclid.X.BitLength >= bits || euclid.X.ToBigInteger() == x, $"{x} {y} went on too far");
            CheckInvariants(euclid, x, y);
        }
    }

    private static void CheckInvariants(Euclid<ManagedLimbs> euclid, BigInteger x, BigInteger y)
    {
        BigInteger c0 = euclid.C0.ToBigInteger(), c1 = euclid.C1.ToBigInteger();
        BigInteger big = euclid.X.ToBigInteger(), small = euclid.Y.ToBigInteger();
        Assert.Equal(x, (big * c1) + (small * c0));
        var sign = euclid.OddSteps ? -1 : 1;
        Assert.True(((small - (sign * c1 * y)) % x).IsZero);
        Assert.True(((big + (sign * c0 * y)) % x).IsZero);
        Assert.True(big >= small);
    }

    /// <summary>x ≥ y ≥ 0, x > 0: random, with a common divisor, or with long quotients.</summary>
    private static (BigInteger X, BigInteger Y) RandomPair(Random random, int bits)
    {
        var x = RandomBits(random, bits) + 1;
        var y = RandomBits(random, random.Next(3) == 0 ? random.Next(bits) : bits);
        if (random.Next(4) == 0)
        {
            var common = RandomBits(random, random.Next(1, 80)) + 1;
            (x, y) = (x * common, y * common);
        }

        if (random.Next(4) == 0)
            y = (x / (RandomBits(random, random.Next(1, 200)) + 1)) + random.Next(3);
        return x >= y ? (x, y) : (y, x);
    }

    private static BigInteger RandomBits(Random random, int bits)
    {
        var bytes = new byte[(bits / 8) + 1];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) >> (8 - (bits % 8));
    }
}
