using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The strong test to base 3 for eight numbers at a time, one in each 64-bit lane of a 512-bit vector. The numbers must be
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
internal sealed unsafe class VectorStrongTest
{
    /// <summary>Numbers tested at a time.</summary>
    public const int Lanes = 8;

    private const int LimbBits = 52;
    private const double TwoTo52 = 4503599627370496;
    private const double TwoTo104 = TwoTo52 * TwoTo52;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    /// <summary>Values stay below 6M, 3 from the base and 2 from unfinished reduction; squares of that need 2^8·M &lt; R.</summary>
    private const int SlackBits = 8;

    /// <summary>The exponent fields of doubles from 2^52 and from 2^104 on.</summary>
    private const ulong LowBias = 0x433UL << LimbBits;
    private const ulong HighBias = 0x467UL << LimbBits;

    private readonly int _bits;
    private readonly int _n;
    private readonly ulong[] _crossBias;
    private readonly ulong[] _reductionBias;

    /// <param name="bits">Length of the longest number.</param>
    public VectorStrongTest(int bits)
    {
        _bits = bits;
        _n = (bits + LimbBits + SlackBits + LimbBits - 1) / LimbBits;
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
    /// Whether the processor has the instructions and they do what they should: eight numbers, primes among them, are tested once a process, and
    /// if the verdicts are not those of the scalar test, the vectors are not used.
    /// </summary>
    public static bool IsUsable => IsSupported && SelfCheck.Passed;

    /// <summary>Tests eight numbers; bit i of the result is set if number i passes.</summary>
    public int Test(ReadOnlySpan<BigInteger> numbers)
    {
        var memory = (ulong*)NativeMemory.AlignedAlloc((nuint)(Lanes * sizeof(ulong) * ((4 * _n) + Words)), 64);
        try
        {
            double* modulus = (double*)memory, x = modulus + (Lanes * _n);
            ulong* sums = (ulong*)(x + (Lanes * _n)), exponents = sums + (2 * Lanes * _n);
            var one = BigInteger.One << (LimbBits * _n);
            for (var lane = 0; lane < Lanes; lane++)
            {
                Scatter(numbers[lane] * Multiplier(numbers[lane]), modulus + lane);
                Scatter(one % numbers[lane], x + lane);
                ScatterWords(numbers[lane] >> 1, exponents + lane);
            }

            Power(x, modulus, sums, exponents);
            var passed = 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                var (result, expected) = (Gather(x + lane) % numbers[lane], one % numbers[lane]);
                if (result == expected || result == numbers[lane] - expected)
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

    /// <summary>x ← 3^exponent in each lane; exponents are words, lowest first, and are destroyed.</summary>
    private void Power(double* x, double* modulus, ulong* sums, ulong* exponents)
    {
        for (var word = Words - 1; word >= 0; word--)
        {
            var bits = Vector512.Load(exponents + (Lanes * word));
            for (var i = 0; i < 64; i++)
            {
                Square(x, sums);
                Reduce(modulus, sums);
                TripleAndCarry(x, sums + (Lanes * _n), Vector512.ShiftRightArithmetic(bits.AsInt64(), 63).AsUInt64());
                bits <<= 1;
            }
        }
    }

    /// <summary>sums ← x², less the constants that the reduction will add.</summary>
    private void Square(double* x, ulong* sums)
    {
        var n = _n;
        for (var k = 0; k < 2 * n; k++)
            Vector512.Create(_crossBias[k]).StoreAligned(sums + (Lanes * k));
        var row = 0;
        for (; row + 3 < n; row += 2)
        {
            // x[row]·x[row+1] and x[row]·x[row+2] stand alone, from there on both rows go together.
            var first = Vector512.LoadAligned(x + (Lanes * row));
            var second = Vector512.LoadAligned(x + (Lanes * (row + 1)));
            var third = x + (Lanes * (row + 2));
            var sum = sums + (Lanes * ((2 * row) + 1));
            Product(first, second, out var high, out var low);
            (Vector512.LoadAligned(sum) + low).StoreAligned(sum);
            Product(first, Vector512.LoadAligned(third), out var carry, out low);
            (Vector512.LoadAligned(sum + Lanes) + (low + high)).StoreAligned(sum + Lanes);
            AddTwoRows(first, second, third, sum + (2 * Lanes), n - row - 3, carry, Vector512<ulong>.Zero);
        }

        for (; row < n - 1; row++)
            AddRow(Vector512.LoadAligned(x + (Lanes * row)), x + (Lanes * (row + 1)), sums + (Lanes * ((2 * row) + 1)), n - row - 1, Vector512<ulong>.Zero);
        for (var i = 0; i < n; i++)
        {
            var limb = Vector512.LoadAligned(x + (Lanes * i));
            Product(limb, limb, out var high, out var low);
            var k = Lanes * 2 * i;
            var even = Vector512.LoadAligned(sums + k) << 1;
            var odd = Vector512.LoadAligned(sums + k + Lanes) << 1;
            (even + low + Vector512.Create(_reductionBias[2 * i] - LowBias)).StoreAligned(sums + k);
            (odd + high + Vector512.Create(_reductionBias[(2 * i) + 1] - HighBias)).StoreAligned(sums + k + Lanes);
        }
    }

    /// <summary>The upper n sums ← (sums + multiple of M)/R, not yet carried.</summary>
    private void Reduce(double* modulus, ulong* sums)
    {
        var n = _n;
        var i = 0;
        for (; i + 1 < n; i += 2)
        {
            // The second digit of the pair waits for one product of the first; the rest of both rows goes together.
            var sum = sums + (Lanes * i);
            var lowest = Vector512.LoadAligned(sum);
            var digit = lowest & Vector512.Create(LimbMask);
            var first = ToDouble(digit);
            Product(first, Vector512.LoadAligned(modulus + Lanes), out var high, out var low);
            var next = Vector512.LoadAligned(sum + Lanes) + (low + (lowest >>> LimbBits) + digit);
            digit = next & Vector512.Create(LimbMask);
            AddTwoRows(first, ToDouble(digit), modulus + Lanes, sum + (2 * Lanes), n - 2, high, (next >>> LimbBits) + digit);
        }

        for (; i < n; i++)
        {
            var lowest = Vector512.LoadAligned(sums + (Lanes * i));
            var digit = lowest & Vector512.Create(LimbMask);

            // lowest + digit·(2^52 − 1) = 2^52·(⌊lowest/2^52⌋ + digit).
            AddRow(ToDouble(digit), modulus + Lanes, sums + (Lanes * (i + 1)), n - 1, (lowest >>> LimbBits) + digit);
        }
    }

    /// <summary>sums[j] += factor·row[j] for j = 0 … count−1, and <paramref name="extra"/> into the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector512<double> factor, double* row, ulong* sums, int count, Vector512<ulong> extra)
    {
        var carry = extra;
        var end = row + (Lanes * count);
        for (; row < end; row += Lanes, sums += Lanes)
        {
            Product(factor, Vector512.LoadAligned(row), out var high, out var low);
            (Vector512.LoadAligned(sums) + (low + carry)).StoreAligned(sums);
            carry = high;
        }

        (Vector512.LoadAligned(sums) + carry).StoreAligned(sums);
    }

    /// <summary>
    /// sums[j] += first·row[j+1] + second·row[j] for j = 0 … count−1 and second·row[count] into the next, with the upper halves one place higher;
    /// the carries go into the first. Two rows at a time load and store every sum half as often: the vector units are what is left to wait for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwoRows(
        Vector512<double> first, Vector512<double> second, double* row, ulong* sums, int count, Vector512<ulong> firstCarry, Vector512<ulong> secondCarry)
    {
        Vector512<ulong> high, low;
        var limb = Vector512.LoadAligned(row);
        for (var end = row + (Lanes * count); row < end; sums += Lanes)
        {
            row += Lanes;
            var next = Vector512.LoadAligned(row);
            Product(first, next, out high, out low);
            var sum = Vector512.LoadAligned(sums) + (low + firstCarry);
            firstCarry = high;
            Product(second, limb, out high, out low);
            (sum + (low + secondCarry)).StoreAligned(sums);
            secondCarry = high;
            limb = next;
        }

        Product(second, limb, out high, out low);
        (Vector512.LoadAligned(sums) + (low + (firstCarry + secondCarry))).StoreAligned(sums);
        (Vector512.LoadAligned(sums + Lanes) + high).StoreAligned(sums + Lanes);
    }

    /// <summary>x ← sums, or 3·sums where the mask is set, as limbs below 2^52.</summary>
    private void TripleAndCarry(double* x, ulong* sums, Vector512<ulong> mask)
    {
        var carry = Vector512<ulong>.Zero;
        for (var i = 0; i < _n; i++)
        {
            var sum = Vector512.LoadAligned(sums + (Lanes * i));
            sum += ((sum << 1) & mask) + carry;
            carry = sum >>> LimbBits;
            ToDouble(sum & Vector512.Create(LimbMask)).StoreAligned(x + (Lanes * i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Vector512<double> x, Vector512<double> y, out Vector512<ulong> high, out Vector512<ulong> low)
    {
        var upper = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104), FloatRoundingMode.ToZero);
        high = upper.AsUInt64();
        low = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104 + TwoTo52) - upper, FloatRoundingMode.ToZero).AsUInt64();
    }

    /// <summary>The double of an integer below 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<ulong> value) =>
        (value | Vector512.Create(LowBias)).AsDouble() - Vector512.Create(TwoTo52);

    /// <summary>k with k·N ≡ −1 (mod 2^52).</summary>
    private static ulong Multiplier(BigInteger number)
    {
        var n = (ulong)(number & ulong.MaxValue);
        var inverse = n;
        for (var i = 0; i < 5; i++)
            inverse *= 2 - (n * inverse);
        return (0 - inverse) & LimbMask;
    }

    private void Scatter(BigInteger value, double* lane)
    {
        for (var i = 0; i < _n; i++, value >>= LimbBits)
            lane[Lanes * i] = (ulong)(value & LimbMask);
    }

    private void ScatterWords(BigInteger value, ulong* lane)
    {
        for (var i = 0; i < Words; i++, value >>= 64)
            lane[Lanes * i] = (ulong)(value & ulong.MaxValue);
    }

    private BigInteger Gather(double* lane)
    {
        var value = BigInteger.Zero;
        for (var i = _n - 1; i >= 0; i--)
            value = (value << LimbBits) + (ulong)lane[Lanes * i];
        return value;
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
                expected |= Scalar(numbers[i]) ? 1 << i : 0;
            }

            return new VectorStrongTest(Bits + 1).Test(numbers) == expected;
        }

        private static bool Scalar(BigInteger number)
        {
            var power = BigInteger.ModPow(3, number >> 1, number);
            return power.IsOne || power == number - 1;
        }
    }
}
