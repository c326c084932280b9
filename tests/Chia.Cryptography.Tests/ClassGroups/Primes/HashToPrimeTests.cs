using System.Numerics;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.Tests.ClassGroups;

public class HashToPrimeTests
{
    [Fact]
    public void Inputs_give_the_references_primes()
    {
        foreach (var vector in VdfVectors.List("hash_prime"))
        {
            var input = Convert.FromHexString(vector.Text("input"));
            Assert.Equal(vector.Number("prime"), (BigInteger)HashToPrime<ManagedLimbs>.Find(input));
            if (GmpNative.Version is not null)
                Assert.Equal(vector.Number("prime"), (BigInteger)HashToPrime<GmpLimbs>.Find(input));
        }
    }

    [Fact]
    public void Small_numbers_are_judged_by_the_bases_3_and_5()
    {
        for (ulong n = 0; n < 30_000; n++)
        {
            Assert.Equal(Rule(n), Test<ManagedLimbs>(n));
            if (GmpNative.Version is not null)
                Assert.Equal(Rule(n), Test<GmpLimbs>(n));
        }
    }

    [Theory]
    [InlineData("29341")] // Carmichael numbers
    [InlineData("9746347772161")]
    [InlineData("340282366920938463463374607431768211455")] // 2^128 − 1
    [InlineData("340282366920938463463374607431768211297")] // 2^128 − 159, prime
    [InlineData("170141183460469231731687303715884105727")] // 2^127 − 1, prime
    [InlineData("680564733841876926926749214863536422911")] // 2^129 − 1, over three limbs
    [InlineData("57896044618658097711785492504343953926634992332820282019728792003956564819949")] // 2^255 − 19, prime
    [InlineData("57896044618658097711785492504343953926634992332820282019728792003956564819969")] // n − 1 divisible by 2^255
    public void Larger_numbers_are_too(string decimalText)
    {
        var n = BigInteger.Parse(decimalText, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Rule(n), Test<ManagedLimbs>(n));
        if (GmpNative.Version is not null)
            Assert.Equal(Rule(n), Test<GmpLimbs>(n));
    }

    private static unsafe bool Test<T>(BigInteger value)
        where T : struct, ILimbArithmetic
    {
        var number = new FixedInteger(new LimbArena(8), 8);
        number.Set(value);
        return ProbablePrime<T>.Test(number.Limbs, number.Length);
    }

    /// <summary>The rule in plain integers (CONSENSUS.md 17.1).</summary>
    private static bool Rule(BigInteger n)
    {
        if (n < 2 || n.IsEven)
            return n == 2;
        var odd = n - 1;
        var twos = 0;
        for (; odd.IsEven; odd /= 2)
            twos++;
        return new[] { 3, 5 }.All(b =>
        {
            var x = BigInteger.ModPow(b, odd, n);
            if ((b % n).IsZero || x == 1 || x == n - 1)
                return true;
            for (var i = 1; i < twos; i++)
            {
                x = x * x % n;
                if (x == n - 1)
                    return true;
            }

            return false;
        });
    }
}
