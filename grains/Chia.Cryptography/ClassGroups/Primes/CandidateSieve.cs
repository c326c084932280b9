using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The numbers n + i·120120, i = 0, 1, …, without the multiples of small primes, in ascending order (VDF.md 2, step 6).
/// </summary>
internal sealed unsafe class CandidateSieve
{
    /// <summary>8·3·5·7·11·13: a step keeps the residue modulo all of them.</summary>
    public const uint Step = 120120;

    /// <summary>Candidates sieved at a time; one in 136 is prime at 1024 bits, so one window is nearly always enough.</summary>
    private const int Window = 2048;

    private readonly BigInteger _origin;
    private readonly ulong[] _survivors = new ulong[Window / 64];
    private long _windowStart = -Window;
    private int _word = Window / 64;

    public CandidateSieve(BigInteger origin) => _origin = origin;

    /// <summary>The next candidate's i.</summary>
    public long Next()
    {
        while (true)
        {
            for (; _word < _survivors.Length; _word++)
            {
                var bits = _survivors[_word];
                if (bits == 0)
                    continue;
                _survivors[_word] = bits & (bits - 1);
                return _windowStart + (_word * 64) + BitOperations.TrailingZeroCount(bits);
            }

            _windowStart += Window;
            _word = 0;
            Sieve();
        }
    }

    private void Sieve()
    {
        Array.Fill(_survivors, ulong.MaxValue);
        var start = _origin + ((BigInteger)_windowStart * Step);
        Span<ulong> limbs = new ulong[(start.GetByteCount(isUnsigned: true) + 7) / 8];
        start.TryWriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(limbs), out _, isUnsigned: true);
        var table = SmallPrimes.Instance;
        foreach (var group in table.Groups)
        {
            ulong remainder = 0;
            for (var i = limbs.Length - 1; i >= 0; i--)
                (_, remainder) = LimbKernels.Divide(remainder, limbs[i], group.Product);
            for (var k = group.Start; k < group.End; k++)
            {
                // The first i with start + i·Step ≡ 0.
                var prime = table.Primes[k];
                var residue = (uint)(remainder % prime);
                var i = residue == 0 ? 0 : (uint)((ulong)(prime - residue) * table.StepInverses[k] % prime);
                for (; i < Window; i += prime)
                    _survivors[i >> 6] &= ~(1UL << (int)(i & 63));
            }
        }
    }
}
