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
internal sealed unsafe class VectorStrongTest
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
    /// Whether the processor has the instructions and they do what they should: eight numbers, primes among them, are tested once a process, and
    /// if the verdicts are not those of the scalar test, the vectors are not used.
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

    /// <summary>sums ← x², less the constants that the reduction will add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Square(double* x, ulong* sums)
    {
        var n = _n;
        for (var k = 0; k < 2 * n; k++)
            Vector512.Create(_crossBias[k]).StoreAligned(sums + (Lanes * k));
        var row = 0;
        for (; row + 7 <= n; row += 4)
        {
            // What the four limbs have with each other and with the next three, until all four go together.
            var limbs = x + (Lanes * row);
            var sum = sums + (Lanes * ((2 * row) + 1));
            Vector512<double> f0 = Limb(limbs, 0), f1 = Limb(limbs, 1), f2 = Limb(limbs, 2), f3 = Limb(limbs, 3);
            Vector512<double> a = Limb(limbs, 4), b = Limb(limbs, 5), c = Limb(limbs, 6);
            Product(f0, f1, out var high, out var low);
            AddTo(sum, low);
            Product(f0, f2, out var nextHigh, out low);
            AddTo(sum + Lanes, low + high);
            high = nextHigh;
            Product(f0, f3, out nextHigh, out low);
            Accumulate(f1, f2, ref nextHigh, ref low);
            AddTo(sum + (2 * Lanes), low + high);
            high = nextHigh;
            Product(f0, a, out nextHigh, out low);
            Accumulate(f1, f3, ref nextHigh, ref low);
            AddTo(sum + (3 * Lanes), low + high);
            high = nextHigh;
            Product(f0, b, out nextHigh, out low);
            Accumulate(f1, a, ref nextHigh, ref low);
            Accumulate(f2, f3, ref nextHigh, ref low);
            AddTo(sum + (4 * Lanes), low + high);
            high = nextHigh;
            Product(f0, c, out nextHigh, out low);
            Accumulate(f1, b, ref nextHigh, ref low);
            Accumulate(f2, a, ref nextHigh, ref low);
            AddTo(sum + (5 * Lanes), low + high);
            AddFourRows(f0, f1, f2, f3, limbs + (7 * Lanes), sum + (6 * Lanes), n - row - 7, c, b, a, nextHigh);
        }

        for (; row < n - 1; row++)
        {
            var limbs = x + (Lanes * row);
            AddRow(Limb(limbs, 0), limbs + Lanes, sums + (Lanes * ((2 * row) + 1)), n - row - 1, Vector512<ulong>.Zero);
        }

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reduce(double* modulus, ulong* sums)
    {
        var n = _n;
        var i = 0;
        for (; i + 4 <= n; i += 4)
        {
            // Each digit of the four waits for the products of those before it in its own column; the rest of all rows goes together.
            var sum = sums + (Lanes * i);
            Vector512<double> m1 = Limb(modulus, 1), m2 = Limb(modulus, 2), m3 = Limb(modulus, 3);
            var f0 = Digit(Vector512.LoadAligned(sum), out var carry);
            Product(f0, m1, out var high, out var low);
            var f1 = Digit(Vector512.LoadAligned(sum + Lanes) + (low + carry), out carry);
            Product(f0, m2, out var nextHigh, out low);
            Accumulate(f1, m1, ref nextHigh, ref low);
            var f2 = Digit(Vector512.LoadAligned(sum + (2 * Lanes)) + (low + high + carry), out carry);
            high = nextHigh;
            Product(f0, m3, out nextHigh, out low);
            Accumulate(f1, m2, ref nextHigh, ref low);
            Accumulate(f2, m1, ref nextHigh, ref low);
            var f3 = Digit(Vector512.LoadAligned(sum + (3 * Lanes)) + (low + high + carry), out carry);
            AddFourRows(f0, f1, f2, f3, modulus + (4 * Lanes), sum + (4 * Lanes), n - 4, m3, m2, m1, nextHigh + carry);
        }

        for (; i < n; i++)
        {
            var digit = Digit(Vector512.LoadAligned(sums + (Lanes * i)), out var carry);
            AddRow(digit, modulus + Lanes, sums + (Lanes * (i + 1)), n - 1, carry);
        }
    }

    /// <summary>The next digit of a reduction, and what the place above gets: sum + digit·(2^52 − 1) = 2^52·(⌊sum/2^52⌋ + digit).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Digit(Vector512<ulong> sum, out Vector512<ulong> carry)
    {
        var digit = sum & Vector512.Create(LimbMask);
        carry = (sum >>> LimbBits) + digit;
        return ToDouble(digit);
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
    /// Four rows at a time, each one place above the one before: sums[j] += f0·row[j] + f1·row[j-1] + f2·row[j-2] + f3·row[j-3] for j = 0 … count−1
    /// and what of it is left above, upper halves one place higher. l1, l2 and l3 are the limbs before row; the carry goes into the first. So every
    /// sum is loaded and stored once for eight additions, and a limb is loaded once for four products: the vector units are what is left to wait for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourRows(
        Vector512<double> f0, Vector512<double> f1, Vector512<double> f2, Vector512<double> f3, double* row, ulong* sums, int count,
        Vector512<double> l1, Vector512<double> l2, Vector512<double> l3, Vector512<ulong> carry)
    {
        Vector512<ulong> high, low;
        for (var end = row + (Lanes * count); row < end; row += Lanes, sums += Lanes)
        {
            var l0 = Vector512.LoadAligned(row);
            Product(f0, l0, out high, out low);
            Accumulate(f1, l1, ref high, ref low);
            Accumulate(f2, l2, ref high, ref low);
            Accumulate(f3, l3, ref high, ref low);
            AddTo(sums, low + carry);
            carry = high;
            l3 = l2;
            l2 = l1;
            l1 = l0;
        }

        Product(f1, l1, out high, out low);
        Accumulate(f2, l2, ref high, ref low);
        Accumulate(f3, l3, ref high, ref low);
        AddTo(sums, low + carry);
        carry = high;
        Product(f2, l1, out high, out low);
        Accumulate(f3, l2, ref high, ref low);
        AddTo(sums + Lanes, low + carry);
        carry = high;
        Product(f3, l1, out high, out low);
        AddTo(sums + (2 * Lanes), low + carry);
        AddTo(sums + (3 * Lanes), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector512<double> x, Vector512<double> y, ref Vector512<ulong> high, ref Vector512<ulong> low)
    {
        Product(x, y, out var upper, out var lower);
        high += upper;
        low += lower;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ulong* sum, Vector512<ulong> value) => (Vector512.LoadAligned(sum) + value).StoreAligned(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Limb(double* x, int i) => Vector512.LoadAligned(x + (Lanes * i));

    /// <summary>x ← sums, or the base times sums where the mask is set, as limbs below 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyAndCarry(double* x, ulong* sums, Vector512<ulong> mask, Vector512<ulong> shifts)
    {
        var carry = Vector512<ulong>.Zero;
        for (var i = 0; i < _n; i++)
        {
            var sum = Vector512.LoadAligned(sums + (Lanes * i));
            sum += (Avx512F.ShiftLeftLogicalVariable(sum, shifts) & mask) + carry;
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
