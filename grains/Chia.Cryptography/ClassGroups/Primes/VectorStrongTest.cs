using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The strong test to base 3 or 5 for several numbers at a time, one in each lane of a vector. The numbers must be 3 modulo 4; then the
/// test is whether 3^((N−1)/2) = ±1.
/// </summary>
internal abstract class VectorStrongTest
{
    /// <summary>Numbers tested at a time.</summary>
    public abstract int Lanes { get; }

    /// <summary>Tests as many numbers as there are lanes; bit i of the result is set if number i passes.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="fives">Lanes, as bits, whose base is 5 instead of 3.</param>
    public abstract int Test(ReadOnlySpan<BigInteger> numbers, int fives = 0);
}

/// <summary>
/// <see cref="VectorStrongTest"/> on one kind of vectors. Limbs are multiplied by the floating-point unit
/// (<see cref="IStrongTestLanes{TDoubles, TIntegers}"/>); the bit patterns are added up as integers, column by column in registers, and
/// what the exponents in them add up to is taken off once a column.
/// <para>
/// Powers are taken in Montgomery form modulo a multiple M = kN ≡ −1 modulo a limb, for which the quotient digit of a reduction step is
/// the lowest limb itself.
/// </para>
/// </summary>
internal sealed unsafe class VectorStrongTest<TLanes, TDoubles, TIntegers> : VectorStrongTest
    where TLanes : struct, IStrongTestLanes<TDoubles, TIntegers>
    where TDoubles : struct
    where TIntegers : struct
{
    /// <summary>Values stay below 10M, 5 from the base and 2 from unfinished reduction; squares of that need 2^8·M &lt; R.</summary>
    private const int SlackBits = 8;

    /// <summary>Added to every sum that is carried, so that shifts need not know signs; far above what 3n products make.</summary>
    private const ulong Offset = 1UL << 62;

    private readonly int _bits;
    private readonly int _n;
    private readonly ulong[] _columns;
    private readonly BigInteger _r;

    /// <param name="bits">Length of the longest number.</param>
    public VectorStrongTest(int bits)
    {
        _bits = bits;
        _n = (bits + LimbBits + SlackBits + LimbBits - 1) / LimbBits;
        _r = BigInteger.One << (LimbBits * _n);
        _columns = new ulong[2 * _n];
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j < _n; j++)
            {
                // One product of the square, and, since the lowest limb of M needs none, one of the reduction where j > 0.
                var products = j > 0 ? 2UL : 1;
                _columns[i + j] -= products * TLanes.LowBias;
                _columns[i + j + 1] -= products * TLanes.HighBias;
            }

            // The upper columns are multiplied by the base before they are carried.
            _columns[i] += i == 0 ? Offset : CarriedOffset;
        }
    }

    public override int Lanes => TLanes.Count;

    private static int LimbBits => TLanes.LimbBits;

    private static ulong LimbMask => (1UL << LimbBits) - 1;

    /// <summary>The offset of a column, less what the carry brings of the one below.</summary>
    private static ulong CarriedOffset => Offset - (Offset >> LimbBits);

    public override int Test(ReadOnlySpan<BigInteger> numbers, int fives = 0)
    {
        var memory = (ulong*)NativeMemory.AlignedAlloc((nuint)(Lanes * sizeof(ulong) * ((3 * _n) + Words + 1)), 64);
        try
        {
            double* modulus = (double*)memory, x = modulus + (Lanes * _n), digits = x + (Lanes * _n);
            ulong* exponents = (ulong*)(digits + (Lanes * _n)), shifts = exponents + (Lanes * Words);
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
                shifts[lane] = (fives >> lane & 1) == 0 ? 1UL : 2;
            }

            Power(x, modulus, digits, exponents, bits - 1, TLanes.Load(shifts));
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

    /// <summary>x ← base^exponent in each lane.</summary>
    /// <param name="x">1 in Montgomery form.</param>
    /// <param name="modulus">M.</param>
    /// <param name="digits">Memory.</param>
    /// <param name="exponents">The exponents, words, lowest first.</param>
    /// <param name="bits">Bits of the longest exponent: the others begin with zeros, whose squarings of 1 change nothing.</param>
    /// <param name="shifts">1 for base 3 = 1 + 2^1, 2 for base 5 = 1 + 2^2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Power(double* x, double* modulus, double* digits, ulong* exponents, int bits, TIntegers shifts)
    {
        fixed (ulong* columns = _columns)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                var mask = TLanes.MaskOfBit(TLanes.Load(exponents + (TLanes.Count * (bit / 64))), bit % 64);
                Step(x, modulus, digits, columns, _n, mask, shifts);
            }
        }
    }

    /// <summary>
    /// x ← x²/R modulo M, times the base where the mask is set: each column of the square and of the multiple of M that makes its lower
    /// half vanish is summed up in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(double* x, double* modulus, double* digits, ulong* columns, int n, TIntegers mask, TIntegers shifts)
    {
        TIntegers carry = default, above = default, limbMask = TLanes.Spread(LimbMask);
        for (var k = 0; k < n; k++)
        {
            TIntegers high = default, low = default;
            Accumulate(x, x + (TLanes.Count * k), (k + 1) / 2, ref high, ref low);
            AddSquare(x, k, ref high, ref low);
            Accumulate(digits, modulus + (TLanes.Count * k), k, ref high, ref low);
            var sum = TLanes.Add(TLanes.Add(TLanes.Add(low, above), TLanes.Spread(columns[k])), carry);
            above = high;

            // sum + digit·(2^LimbBits − 1) = 2^LimbBits·(⌊sum/2^LimbBits⌋ + digit).
            var digit = TLanes.And(sum, limbMask);
            carry = TLanes.Add(TLanes.ShiftLimb(sum), digit);
            TLanes.Store(TLanes.ToDouble(digit), digits + (TLanes.Count * k));
        }

        // What the lower half carries is multiplied by the base too, without the offset.
        above = TLanes.Add(above, TLanes.Add(carry, TLanes.Spread(0 - (Offset >> LimbBits))));
        carry = TLanes.Spread(Offset >> LimbBits);

        // Asked for once: within the loop it stays a call, since so much is compiled into this method already.
        var carriedOffset = TLanes.Spread(CarriedOffset);
        for (var k = n; k < 2 * n; k++)
        {
            // Limb k − n of x is not needed any more.
            TIntegers high = default, low = default;
            var first = k - n + 1;
            Accumulate(x + (TLanes.Count * first), x + (TLanes.Count * (n - 1)), ((k + 1) / 2) - first, ref high, ref low);
            AddSquare(x, k, ref high, ref low);
            Accumulate(digits + (TLanes.Count * first), modulus + (TLanes.Count * (n - 1)), n - first, ref high, ref low);
            var sum = TLanes.Add(TLanes.Add(low, above), TLanes.Spread(columns[k]));
            above = high;
            sum = TLanes.Add(sum, TLanes.And(TLanes.ShiftLeft(sum, shifts), mask));
            sum = TLanes.Add(sum, TLanes.Add(carry, carriedOffset));
            carry = TLanes.ShiftLimb(sum);
            TLanes.Store(TLanes.ToDouble(TLanes.And(sum, limbMask)), x + (TLanes.Count * (k - n)));
        }
    }

    /// <summary>Adds up[0]·down[0] + up[1]·down[−1] + … .</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(double* up, double* down, int count, ref TIntegers high, ref TIntegers low)
    {
        for (; count >= 2; count -= 2, up += 2 * TLanes.Count, down -= 2 * TLanes.Count)
        {
            AddProduct(TLanes.Load(up), TLanes.Load(down), ref high, ref low);
            AddProduct(TLanes.Load(up + TLanes.Count), TLanes.Load(down - TLanes.Count), ref high, ref low);
        }

        if (count != 0)
            AddProduct(TLanes.Load(up), TLanes.Load(down), ref high, ref low);
    }

    /// <summary>Doubles the sums and adds the square of the limb in the middle of a column, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquare(double* x, int column, ref TIntegers high, ref TIntegers low)
    {
        high = TLanes.Add(high, high);
        low = TLanes.Add(low, low);
        if (column % 2 != 0)
            return;
        var limb = TLanes.Load(x + (TLanes.Count * (column / 2)));
        AddProduct(limb, limb, ref high, ref low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(TDoubles x, TDoubles y, ref TIntegers high, ref TIntegers low)
    {
        TLanes.Product(x, y, out var upper, out var lower);
        high = TLanes.Add(high, upper);
        low = TLanes.Add(low, lower);
    }

    /// <summary>k with k·N ≡ −1 modulo a limb, for an N with this lowest word.</summary>
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
}
