namespace Chia.Cryptography.ClassGroups;

/// <summary>The primes that candidates for a discriminant are sieved with, grouped so that one long division serves several.</summary>
internal sealed class SmallPrimes
{
    /// <summary>
    /// The reference's bound. It also skips a candidate that equals one of these primes (VDF.md 2), which matters for
    /// discriminants of 16 bits, so the bound is part of the rule there.
    /// </summary>
    public const int ReferenceBound = 1 << 16;

    private SmallPrimes(int bound)
    {
        var composite = new bool[bound];
        var primes = new List<uint>();
        var inverses = new List<uint>();
        var groups = new List<Group>();
        ulong product = 1;
        var start = 0;
        for (var i = 2; i < bound; i++)
        {
            if (composite[i])
                continue;
            for (var multiple = (long)i * i; multiple < bound; multiple += i)
                composite[multiple] = true;
            if (i <= 13)
                continue;
            if (product > ulong.MaxValue / (ulong)i)
            {
                groups.Add(new Group(product, start, primes.Count));
                (product, start) = (1, primes.Count);
            }

            product *= (ulong)i;
            primes.Add((uint)i);
            inverses.Add(Inverse(CandidateSieve.Step % (uint)i, (uint)i));
        }

        groups.Add(new Group(product, start, primes.Count));
        Primes = [.. primes];
        StepInverses = [.. inverses];
        Groups = [.. groups];
    }

    /// <summary>17 … 65521.</summary>
    public static SmallPrimes Instance { get; } = new(ReferenceBound);

    public uint[] Primes { get; }

    /// <summary>1/<see cref="CandidateSieve.Step"/> modulo each prime.</summary>
    public uint[] StepInverses { get; }

    /// <summary>Consecutive primes whose product fits into 64 bits.</summary>
    public Group[] Groups { get; }

    private static uint Inverse(uint value, uint prime)
    {
        // value^(prime−2) by Fermat.
        ulong result = 1, power = value;
        for (var e = prime - 2; e != 0; e >>= 1)
        {
            if ((e & 1) != 0)
                result = result * power % prime;
            power = power * power % prime;
        }

        return (uint)result;
    }

    /// <summary>Primes[Start … End−1] and their product.</summary>
    public readonly record struct Group(ulong Product, int Start, int End);
}
