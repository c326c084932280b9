using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Finds the first prime among the candidates of a <see cref="CandidateSieve"/>.</summary>
internal static unsafe class PrimeSearch<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>The smallest prime origin + i·120120, i ≥ 0, with candidates tested on several threads at a time if asked.</summary>
    public static BigInteger First(BigInteger origin, int parallelism)
    {
        var sieve = new CandidateSieve(origin);
        long found;
        if (parallelism == 1)
        {
            do
                found = sieve.Next();
            while (!IsPrime(origin, found));
        }
        else
        {
            found = FirstInParallel(origin, sieve, parallelism);
        }

        return origin + (found * (BigInteger)CandidateSieve.Step);
    }

    /// <summary>
    /// Every worker takes the next candidate until a prime is known that is smaller than what is left. Candidates are
    /// handed out in ascending order, so when all workers have stopped the smallest prime found is the first one.
    /// </summary>
    private static long FirstInParallel(BigInteger origin, CandidateSieve sieve, int parallelism)
    {
        var found = long.MaxValue;
        Parallel.For(0, parallelism, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, _ =>
        {
            while (true)
            {
                long candidate;
                lock (sieve)
                {
                    if (found != long.MaxValue)
                        return;
                    candidate = sieve.Next();
                }

                if (!IsPrime(origin, candidate))
                    continue;
                lock (sieve)
                    found = Math.Min(found, candidate);
                return;
            }
        });
        return found;
    }

    private static bool IsPrime(BigInteger origin, long index)
    {
        var candidate = origin + (index * (BigInteger)CandidateSieve.Step);
        var length = candidate.GetByteCount(isUnsigned: true);
        var limbs = stackalloc ulong[(Discriminant.MaximumBits / 64) + 1];
        var count = (length + 7) / 8;
        limbs[count - 1] = 0;
        candidate.TryWriteBytes(new Span<byte>(limbs, length), out _, isUnsigned: true);
        return ProbablePrime<T>.Test(limbs, count);
    }
}
