using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The strong test to base 3 or 5 for eight numbers at a time, one in each 64-bit lane of a 512-bit vector. The numbers must be
/// 3 modulo 4; then the test is whether 3^((N−1)/2) = ±1.
/// <para>
/// Limbs have 52 bits and are multiplied by the floating-point unit: fma(x, y, 2^104) rounded toward zero holds the upper
/// 52 bits of x·y in its mantissa, and fma(x, y, 2^104 + 2^52 − that) the lower 52. The bit patterns are added up as
/// integers; the exponents in them add up to constants, which the accumulators are started with negated.
/// </para>
/// <para>
/// Powers are taken in Montgomery form modulo a multiple M = kN ≡ −1 (mod 2^52), for which the quotient digit of a
/// reduction step is the lowest limb itself.
/// </para>
/// </summary>
internal sealed unsafe partial class VectorStrongTest
{
    /// <summary>Numbers tested at a time.</summary>
    public const int Lanes = 8;

    private const int LimbBits = 52;
    private const double TwoTo52 = 4503599627370496;
    private const double TwoTo104 = TwoTo52 * TwoTo52;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    /// <summary>Values stay below 10M, 5 from the base and 2 from unfinished reduction; squares of that need 2^8·M &lt; R.</summary>
    private const int SlackBits = 8;

    /// <summary>The exponent fields of doubles from 2^52 and from 2^104 on.</summary>
    private const ulong LowBias = 0x433UL << LimbBits;
    private const ulong HighBias = 0x467UL << LimbBits;

    private readonly int _bits;
    private readonly int _n;
    private readonly ulong[] _crossBias;
    private readonly ulong[] _reductionBias;
    private readonly BigInteger _r;

    /// <param name="bits">Length of the longest number.</param>
    public VectorStrongTest(int bits)
    {
        _bits = bits;
        _n = (bits + LimbBits + SlackBits + LimbBits - 1) / LimbBits;
        _r = BigInteger.One << (LimbBits * _n);
        _crossBias = new ulong[2 * _n];
        _reductionBias = new ulong[2 * _n];
        for (var i = 0; i < _n; i++)
        {
            for (var j = i + 1; j < _n; j++)
            {
                _crossBias[i + j] -= LowBias;
                _crossBias[i + j + 1] -= HighBias;
            }

            // The lowest limb of M needs no multiplication.
            for (var j = 1; j < _n; j++)
            {
                _reductionBias[i + j] -= LowBias;
                _reductionBias[i + j + 1] -= HighBias;
            }
        }
    }

    /// <summary>Whether the processor has the instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>
    /// Whether the processor has the instructions and they do what they should: eight numbers, primes among them, are tested once a
    /// process, and if the verdicts are not those of the scalar test, the vectors are not used.
    /// </summary>
    public static bool IsUsable => IsSupported && SelfCheck.Passed;

    /// <summary>Tests eight numbers; bit i of the result is set if number i passes.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="fives">Lanes, as bits, whose base is 5 instead of 3.</param>
    public int Test(ReadOnlySpan<BigInteger> numbers, int fives = 0)
    {
        var memory = (ulong*)NativeMemory.AlignedAlloc((nuint)(Lanes * sizeof(ulong) * ((4 * _n) + Words)), 64);
        try
        {
            double* modulus = (double*)memory, x = modulus + (Lanes * _n);
            ulong* sums = (ulong*)(x + (Lanes * _n)), exponents = sums + (2 * Lanes * _n);
            var ones = new BigInteger[Lanes];
            Span<ulong> words = stackalloc ulong[((_n * LimbBits) + 63) / 64];
            var bits = 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                var number = numbers[lane];
                bits = Math.Max(bits, (int)number.GetBitLength());
                ToWords(number, words);
                for (var i = 0; i < Words; i++)
                    exponents[(Lanes * i) + lane] = (words[i] >> 1) | (i + 1 < Words ? words[i + 1] << 63 : 0);
                Scale(words, Multiplier(words[0]));
                Scatter(words, modulus + lane);
                ones[lane] = _r % number;
                ToWords(ones[lane], words);
                Scatter(words, x + lane);
            }

            Power(x, modulus, sums, exponents, bits - 1, Vector512.Create(1UL) + (Spread(fives) & Vector512.Create(1UL)));
            var passed = 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                Gather(x + lane, words);
                var result = new BigInteger(MemoryMarshal.AsBytes(words), isUnsigned: true) % numbers[lane];
                if (result == ones[lane] || result == numbers[lane] - ones[lane])
                    passed |= 1 << lane;
            }

            return passed;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private int Words => (_bits + 63) / 64;

    /// <summary>x ← base^exponent in each lane; exponents are words, lowest first, and are destroyed.</summary>
    /// <param name="x">1 in Montgomery form.</param>
    /// <param name="modulus">M.</param>
    /// <param name="sums">Memory.</param>
    /// <param name="exponents">The exponents.</param>
    /// <param name="bits">Bits of the longest exponent: the others begin with zeros, whose squarings of 1 change nothing.</param>
    /// <param name="shifts">1 for base 3 = 1 + 2^1, 2 for base 5 = 1 + 2^2.</param>
    private void Power(double* x, double* modulus, ulong* sums, ulong* exponents, int bits, Vector512<ulong> shifts)
    {
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            var word = Vector512.LoadAligned(exponents + (Lanes * (bit / 64)));
            var mask = Vector512.ShiftRightArithmetic((word << (63 - (bit % 64))).AsInt64(), 63).AsUInt64();
            Square(x, sums);
            Reduce(modulus, sums);
            MultiplyAndCarry(x, sums + (Lanes * _n), mask, shifts);
        }
    }

    /// <summary>k with k·N ≡ −1 (mod 2^52), for an N with this lowest word.</summary>
    private static ulong Multiplier(ulong n)
    {
        var inverse = n;
        for (var i = 0; i < 5; i++)
            inverse *= 2 - (n * inverse);
        return (0 - inverse) & LimbMask;
    }

    private static void ToWords(BigInteger value, Span<ulong> words)
    {
        words.Clear();
        value.TryWriteBytes(MemoryMarshal.AsBytes(words), out _, isUnsigned: true);
    }

    private static void Scale(Span<ulong> words, ulong factor)
    {
        ulong carry = 0;
        foreach (ref var word in words)
        {
            var product = ((UInt128)word * factor) + carry;
            (word, carry) = ((ulong)product, (ulong)(product >> 64));
        }
    }

    private void Scatter(ReadOnlySpan<ulong> words, double* lane)
    {
        for (var i = 0; i < _n; i++)
        {
            var (word, shift) = (LimbBits * i / 64, LimbBits * i % 64);
            var limb = words[word] >> shift;
            if (shift > 64 - LimbBits && word + 1 < words.Length)
                limb |= words[word + 1] << (64 - shift);
            lane[Lanes * i] = limb & LimbMask;
        }
    }

    private void Gather(double* lane, Span<ulong> words)
    {
        words.Clear();
        for (var i = 0; i < _n; i++)
        {
            var limb = (ulong)lane[Lanes * i];
            var (word, shift) = (LimbBits * i / 64, LimbBits * i % 64);
            words[word] |= limb << shift;
            if (shift > 64 - LimbBits && word + 1 < words.Length)
                words[word + 1] = limb >> (64 - shift);
        }
    }

    private static Vector512<ulong> Spread(int lanes)
    {
        var bits = Vector512.Create(1UL, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((ulong)lanes) & bits, bits);
    }

    /// <summary>Run when it is first asked for; some milliseconds.</summary>
    private static class SelfCheck
    {
        private const int Bits = 1024;

        public static readonly bool Passed = Run();

        private static bool Run()
        {
            // Candidates as a search meets them, the prime that it ends with among them.
            var prime = -Discriminant.Create("self-check"u8, Bits, 1, LimbBackend.Managed, vectors: false);
            var numbers = new BigInteger[Lanes];
            var expected = 0;
            for (var i = 0; i < Lanes; i++)
            {
                numbers[i] = prime + ((i % 3 == 0 ? 0 : i) * (BigInteger)CandidateSieve.Step);
                expected |= Scalar(numbers[i], i >= Lanes / 2 ? 5 : 3) ? 1 << i : 0;
            }

            return new VectorStrongTest(Bits + 1).Test(numbers, fives: (1 << Lanes) - (1 << (Lanes / 2))) == expected;
        }

        private static bool Scalar(BigInteger number, int @base)
        {
            var power = BigInteger.ModPow(@base, number >> 1, number);
            return power.IsOne || power == number - 1;
        }
    }
}
