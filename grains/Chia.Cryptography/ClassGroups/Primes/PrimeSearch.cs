using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Finds the first prime among the candidates of a <see cref="CandidateSieve"/>.</summary>
internal static unsafe class PrimeSearch<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>Up to this length a scalar test costs less than filling the vectors does.</summary>
    private const int VectorBits = 128;

    /// <summary>The smallest prime origin + i·120120, i ≥ 0, with candidates tested on several threads at a time if asked.</summary>
    /// <param name="origin">7 modulo 8.</param>
    /// <param name="parallelism">Threads, this one included.</param>
    /// <param name="vectors">Whether to test eight candidates at a time where the processor can.</param>
    public static BigInteger First(BigInteger origin, int parallelism, bool vectors)
    {
        var bits = (int)origin.GetBitLength() + 1;
        var tests = vectors && VectorStrongTest.IsUsable && bits > VectorBits ? new VectorStrongTest(bits) : null;
        var sieve = new CandidateSieve(origin);
        var found = long.MaxValue;
        if (parallelism == 1)
            Search();
        else
            Parallel.For(0, parallelism, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, _ => Search());
        return origin + (found * (BigInteger)CandidateSieve.Step);

        // Candidates are handed out in ascending order until a prime is known; every worker finishes what it took, so the
        // smallest prime found is the first one.
        void Search()
        {
            Span<long> batch = stackalloc long[tests is null ? 1 : VectorStrongTest.Lanes];
            while (true)
            {
                lock (sieve)
                {
                    if (found != long.MaxValue)
                        return;
                    for (var i = 0; i < batch.Length; i++)
                        batch[i] = sieve.Next();
                }

                var first = FirstPrime(origin, batch, tests);
                if (first < 0)
                    continue;
                lock (sieve)
                    found = Math.Min(found, batch[first]);
                return;
            }
        }
    }

    /// <summary>
    /// The place of the first prime of a batch, or −1. The vectors have tested to base 3; the scalar test to base 5 has the last word, and would
    /// find out a composite that the vectors let pass wrongly.
    /// </summary>
    private static int FirstPrime(BigInteger origin, ReadOnlySpan<long> batch, VectorStrongTest? tests)
    {
        if (tests is null)
            return IsPrime(origin, batch[0], tested: false) ? 0 : -1;
        var candidates = new BigInteger[batch.Length];
        for (var i = 0; i < batch.Length; i++)
            candidates[i] = origin + (batch[i] * (BigInteger)CandidateSieve.Step);
        for (var passed = tests.Test(candidates); passed != 0; passed &= passed - 1)
        {
            var i = BitOperations.TrailingZeroCount(passed);
            if (IsPrime(origin, batch[i], tested: true))
                return i;
        }

        return -1;
    }

    private static bool IsPrime(BigInteger origin, long index, bool tested)
    {
        var candidate = origin + (index * (BigInteger)CandidateSieve.Step);
        var length = candidate.GetByteCount(isUnsigned: true);
        var limbs = stackalloc ulong[(Discriminant.MaximumBits / 64) + 1];
        var count = (length + 7) / 8;
        limbs[count - 1] = 0;
        candidate.TryWriteBytes(new Span<byte>(limbs, length), out _, isUnsigned: true);
        return tested ? ProbablePrime<T>.TestSecondBase(limbs, count) : ProbablePrime<T>.Test(limbs, count);
    }
}
