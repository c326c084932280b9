using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Finds the first prime among the candidates of a <see cref="CandidateSieve"/>.</summary>
internal static unsafe class PrimeSearch<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>Up to this length a scalar test costs less than filling the vectors does.</summary>
    private const int VectorBits = 128;

    /// <summary>So many last words are sooner spoken by the scalar test to base 5 than by a batch of vectors that has nothing else to
    /// do.</summary>
    private const int FewLastWords = 2;

    /// <summary>The smallest prime origin + i·120120, i ≥ 0, with candidates tested on several threads at a time if asked.</summary>
    /// <param name="origin">7 modulo 8.</param>
    /// <param name="parallelism">Threads, this one included.</param>
    /// <param name="vectors">What to test several candidates at a time with; null for one by one.</param>
    public static BigInteger First(BigInteger origin, int parallelism, StrongTestVectors? vectors)
    {
        if (parallelism == 1)
            return FirstOfEach([origin], vectors)[0];
        var tests = VectorsFor((int)origin.GetBitLength(), vectors);
        var sieve = new CandidateSieve(origin);
        var found = long.MaxValue;
        Parallel.For(0, parallelism, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, _ => Search());
        return Candidate(origin, found);

        // Candidates are handed out in ascending order until a prime is known; every worker finishes what it took, so the
        // smallest prime found is the first one.
        void Search()
        {
            Span<long> batch = stackalloc long[tests?.Lanes ?? 1];
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
    /// The smallest prime above each of these origins, on this thread. The lanes of the vectors are shared out among all searches that
    /// still go on:
    /// with eight of them no candidate is tested that lies behind a prime, and the last words have lanes too.
    /// </summary>
    /// <param name="origins">7 modulo 8 each.</param>
    /// <param name="vectors">What to test several candidates at a time with; null for one by one.</param>
    public static BigInteger[] FirstOfEach(ReadOnlySpan<BigInteger> origins, StrongTestVectors? vectors)
    {
        var searches = new Search[origins.Length];
        var bits = 0;
        for (var i = 0; i < searches.Length; i++)
        {
            searches[i] = new Search(origins[i]);
            bits = Math.Max(bits, (int)origins[i].GetBitLength());
        }

        if (VectorsFor(bits, vectors) is { } tests)
            Together(searches, tests);
        else
            Array.ForEach(searches, OneByOne);
        return Array.ConvertAll(searches, search => search.Prime!.Value);
    }

    private static VectorStrongTest? VectorsFor(int originBits, StrongTestVectors? vectors) =>
        originBits + 1 > VectorBits ? vectors?.Create(originBits + 1) : null;

    private static void OneByOne(Search search)
    {
        while (search.Prime is null)
        {
            var index = search.Sieve.Next();
            if (IsPrime(search.Origin, index, tested: false))
                search.Prime = Candidate(search.Origin, index);
        }
    }

    private static void Together(Search[] searches, VectorStrongTest tests)
    {
        var open = searches.ToList();
        var numbers = new BigInteger[tests.Lanes];
        var lanes = new (Search? Search, long Index)[tests.Lanes];
        while (open.Count > 0)
        {
            if (open.Count <= FewLastWords && open.TrueForAll(search => search.Passed.Count > 0))
            {
                foreach (var search in open)
                    search.Settle(IsPrime(search.Origin, search.Passed.Peek(), tested: true));
            }
            else
            {
                var passed = tests.Test(numbers, Fill(open, lanes, numbers));
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    var (search, index) = lanes[lane];
                    var good = (passed & (1 << lane)) != 0;
                    if (search is { IsSettling: true })
                        search.Settle(good);
                    else if (good)
                        search?.Passed.Enqueue(index);
                }
            }

            foreach (var search in open)
                search.IsSettling = false;
            open.RemoveAll(search => search.Prime is not null);
        }
    }

    /// <summary>
    /// A lane to base 5 for each search whose candidate has passed to base 3, the others in turn to those that go on. Lanes that nobody
    /// wants repeat the first.
    /// </summary>
    /// <returns>The lanes to base 5.</returns>
    private static int Fill(List<Search> open, (Search? Search, long Index)[] lanes, BigInteger[] numbers)
    {
        var (filled, fives) = (0, 0);
        foreach (var search in open.Where(search => search.Passed.Count > 0).Take(lanes.Length))
        {
            search.IsSettling = true;
            fives |= 1 << filled;
            lanes[filled++] = (search, search.Passed.Peek());
        }

        var going = open.Where(search => search.Passed.Count == 0).ToList();
        for (var i = 0; going.Count > 0 && filled < lanes.Length; i++)
        {
            var search = going[i % going.Count];
            lanes[filled++] = (search, search.Sieve.Next());
        }

        for (var lane = 0; lane < lanes.Length; lane++)
        {
            if (lane >= filled)
                (lanes[lane], numbers[lane]) = (default, numbers[0]);
            else
                numbers[lane] = Candidate(lanes[lane].Search!.Origin, lanes[lane].Index);
        }

        return fives;
    }

    /// <summary>
    /// The place of the first prime of a batch, or −1. The vectors have tested to base 3; the scalar test to base 5 has the last word,
    /// and would find out a composite that the vectors let pass wrongly.
    /// </summary>
    private static int FirstPrime(BigInteger origin, ReadOnlySpan<long> batch, VectorStrongTest? tests)
    {
        if (tests is null)
            return IsPrime(origin, batch[0], tested: false) ? 0 : -1;
        var candidates = new BigInteger[batch.Length];
        for (var i = 0; i < batch.Length; i++)
            candidates[i] = Candidate(origin, batch[i]);
        for (var passed = tests.Test(candidates); passed != 0; passed &= passed - 1)
        {
            var i = BitOperations.TrailingZeroCount(passed);
            if (IsPrime(origin, batch[i], tested: true))
                return i;
        }

        return -1;
    }

    private static BigInteger Candidate(BigInteger origin, long index) => origin + (index * (BigInteger)CandidateSieve.Step);

    private static bool IsPrime(BigInteger origin, long index, bool tested)
    {
        var candidate = Candidate(origin, index);
        var length = candidate.GetByteCount(isUnsigned: true);
        var limbs = stackalloc ulong[(Discriminant.MaximumBits / 64) + 1];
        var count = (length + 7) / 8;
        limbs[count - 1] = 0;
        candidate.TryWriteBytes(new Span<byte>(limbs, length), out _, isUnsigned: true);
        return tested ? ProbablePrime<T>.TestSecondBase(limbs, count) : ProbablePrime<T>.Test(limbs, count);
    }

    /// <summary>One of several searches.</summary>
    private sealed class Search(BigInteger origin)
    {
        public BigInteger Origin { get; } = origin;

        public CandidateSieve Sieve { get; } = new(origin);

        /// <summary>Candidates that have passed to base 3, ascending; all others so far have failed.</summary>
        public Queue<long> Passed { get; } = new();

        /// <summary>Whether the first of them is being tested to base 5 in this batch.</summary>
        public bool IsSettling { get; set; }

        public BigInteger? Prime { get; set; }

        /// <summary>Base 5 has spoken of the first that passed.</summary>
        public void Settle(bool passed)
        {
            var index = Passed.Dequeue();
            if (passed)
                Prime = Candidate(Origin, index);
        }
    }
}
