using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Eight elements of Fq at a time, one in each 64-bit lane of eight 512-bit vectors: vector i holds limb i of each element.
/// <para>
/// An element x is held as x·R modulo q, R = 2^400, in eight signed limbs of 50 bits that are doubles with integer values. What a product
/// returns is <i>tight</i>: limbs of at most 2^49 + 2^8 either way, value between -0.5 q and 1.5 q. Sums and differences are taken limb by
/// limb without carries: that of two tight elements has <i>looseness</i> 2, and so on. A product takes factors whose loosenesses
/// multiply to
/// 7 at most and whose values are below 2^9 q; <see cref="Tighten"/> brings limbs back, the value stays.
/// </para>
/// <para>Elements lie in memory aligned to 64 bytes: a vector across two cache lines would cost twice.</para>
/// </summary>
internal unsafe partial struct FqLanes
{
    /// <summary>Elements in one.</summary>
    public const int Lanes = 8;

    /// <summary>Limbs of an element.</summary>
    public const int Limbs = 8;

    /// <summary>Bits of a limb.</summary>
    public const int Bits = 50;

    /// <summary>Doubles in one.</summary>
    public const int Length = Lanes * Limbs;

    /// <summary>Words of a canonical value.</summary>
    public const int Words = 6;

    /// <summary>R = 2^400.</summary>
    public static readonly BigInteger R = BigInteger.One << (Bits * Limbs);

    /// <summary>q (BLS.md 2).</summary>
    public static readonly BigInteger Q = new(
        Convert.FromHexString("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab"),
        isUnsigned: true, isBigEndian: true);

    private fixed double _limbs[Length];

    /// <summary>
    /// Whether the processor has the instructions: those of AVX-512 on doubles and on words. Whether they do what they should is asked of
    /// <see cref="LaneBatch.IsUsable"/>.
    /// </summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>r = x.</summary>
    public static void Copy(FqLanes* r, FqLanes* x)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Load(x, i));
    }

    /// <summary>r = x + y, loosenesses added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(FqLanes* r, FqLanes* x, FqLanes* y)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Load(x, i) + Load(y, i));
    }

    /// <summary>r = x - y, loosenesses added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(FqLanes* r, FqLanes* x, FqLanes* y)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Load(x, i) - Load(y, i));
    }

    /// <summary>r = -x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Negate(FqLanes* r, FqLanes* x)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Vector512<double>.Zero - Load(x, i));
    }

    /// <summary>r = k·x for a small k, looseness times k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(FqLanes* r, FqLanes* x, double k)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Load(x, i) * Vector512.Create(k));
    }

    /// <summary>r = x in the lanes whose mask is all ones, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select(FqLanes* r, Vector512<long> mask, FqLanes* x, FqLanes* y)
    {
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Vector512.ConditionalSelect(mask.AsDouble(), Load(x, i), Load(y, i)));
    }

    /// <summary>r = -x in the lanes whose mask is all ones, else x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NegateWhere(FqLanes* r, Vector512<long> mask, FqLanes* x)
    {
        var sign = (mask & Vector512.Create(long.MinValue)).AsDouble();
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Vector512.Xor(Load(x, i), sign));
    }

    /// <summary>r = x with the halves exchanged, quarters or neighbours for a distance of 2 or 1: lane i gets what lane i ^ distance
    /// had.</summary>
    public static void Exchange(FqLanes* r, FqLanes* x, int distance)
    {
        var order = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7) ^ Vector512.Create((long)distance);
        for (var i = 0; i < Limbs; i++)
            Store(r, i, Vector512.Shuffle(Load(x, i), order));
    }

    /// <summary>
    /// r = x with limbs of at most 2^49 + 2^8, for limbs of up to 2^54. Every limb gives away what is above its 50 bits at once, so that
    /// no limb waits for another; the top one keeps it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tighten(FqLanes* r, FqLanes* x)
    {
        // Adding 1.5·2^102 rounds to multiples of 2^50.
        var magic = Vector512.Create(HighMagic);
        var carry = Vector512<double>.Zero;
        for (var i = 0; i < Limbs - 1; i++)
        {
            var limb = Load(x, i);
            var upper = (limb + magic) - magic;
            Store(r, i, Vector512.FusedMultiplyAdd(carry, Vector512.Create(1.0 / TwoTo50), limb - upper));
            carry = upper;
        }

        Store(r, Limbs - 1, Vector512.FusedMultiplyAdd(carry, Vector512.Create(1.0 / TwoTo50), Load(x, Limbs - 1)));
    }

    /// <summary>All lanes: this value below 2^400, limb by limb and not in Montgomery form.</summary>
    public static void Fill(FqLanes* r, BigInteger value)
    {
        for (var lane = 0; lane < Lanes; lane++)
            Put(r, lane, value);
    }

    /// <summary>One lane: this value below 2^400, not in Montgomery form.</summary>
    public static void Put(FqLanes* r, int lane, BigInteger value)
    {
        for (var i = 0; i < Limbs; i++, value >>= Bits)
            ((double*)r)[(Lanes * i) + lane] = (long)(value & Mask);
    }

    /// <summary>One lane: a value of 384 bits in words, the lowest first, not in Montgomery form.</summary>
    private static void Put(FqLanes* r, int lane, ReadOnlySpan<ulong> words)
    {
        for (var i = 0; i < Limbs; i++)
        {
            var (word, shift) = (Bits * i / 64, Bits * i % 64);
            var value = words[word] >> shift;
            if (shift > 64 - Bits && word + 1 < words.Length)
                value |= words[word + 1] << (64 - shift);
            ((double*)r)[(Lanes * i) + lane] = value & Mask;
        }
    }

    /// <summary>One lane: 48 big-endian bytes, not in Montgomery form.</summary>
    public static void Put(FqLanes* r, int lane, ReadOnlySpan<byte> bytes)
    {
        Span<ulong> words = stackalloc ulong[Words];
        for (var i = 0; i < Words; i++)
            words[Words - 1 - i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(8 * i)..]);
        Put(r, lane, words);
    }

    /// <summary>
    /// The canonical value of one lane that <see cref="ToPlain"/> has left, six words, the lowest first.
    /// </summary>
    public static void Get(FqLanes* plain, int lane, Span<ulong> words)
    {
        Int128 carry = 0;
        var (filled, word) = (0, 0);
        words.Clear();
        for (var i = 0; i < Limbs; i++)
        {
            carry += (long)((double*)plain)[(Lanes * i) + lane];
            var limb = (ulong)carry & Mask;
            carry >>= Bits;
            words[word] |= limb << filled;
            filled += Bits;
            if (filled < 64)
                continue;
            filled -= 64;
            if (++word < Words)
                words[word] = limb >> (Bits - filled);
        }
    }

    /// <summary>The element in one lane.</summary>
    public static void Get(out Fq r, FqLanes* x, int lane)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + Alignment];
        var plain = (FqLanes*)Align(memory);
        ToPlain(plain, x);
        Span<ulong> words = stackalloc ulong[Words];
        Get(plain, lane, words);
        Fq.FromWordsReduced(out r, words);
    }

    /// <summary>
    /// r = x out of Montgomery form: the canonical value in every lane, except that 0 may be held as q. x·1/R is 0 or positive, since x is
    /// small beside R.
    /// </summary>
    public static void ToPlain(FqLanes* r, FqLanes* x) => Multiply(r, x, LaneConstants.PlainOne);

    /// <summary>The lanes that hold 0, as the lowest eight bits.</summary>
    public static int ZeroLanes(FqLanes* x)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + Alignment];
        var plain = (FqLanes*)Align(memory);
        ToPlain(plain, x);
        Span<ulong> words = stackalloc ulong[Words];
        var zero = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            Get(plain, lane, words);
            if (words.IndexOfAnyExcept(0UL) < 0 || words.SequenceEqual(LaneConstants.QWords))
                zero |= 1 << lane;
        }

        return zero;
    }

    /// <summary>The lanes in which x and y are the same modulo q; loosenesses of 3 together.</summary>
    public static int EqualLanes(FqLanes* x, FqLanes* y)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + Alignment];
        var difference = (FqLanes*)Align(memory);
        Subtract(difference, x, y);
        return ZeroLanes(difference);
    }

    /// <summary>The lanes that hold a value above (q-1)/2 (BLS.md 1).</summary>
    public static int BigLanes(FqLanes* x)
    {
        var memory = stackalloc byte[sizeof(FqLanes) + Alignment];
        var plain = (FqLanes*)Align(memory);
        ToPlain(plain, x);
        Span<ulong> words = stackalloc ulong[Words];
        var big = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            Get(plain, lane, words);
            if (!words.SequenceEqual(LaneConstants.QWords) && IsAbove(words, LaneConstants.HalfQWords))
                big |= 1 << lane;
        }

        return big;
    }

    /// <summary>All ones in the lanes of these bits.</summary>
    public static Vector512<long> MaskOf(int lanes)
    {
        var bits = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((long)lanes) & bits, bits);
    }

    /// <summary>Bytes to add to what is taken from the stack, so that <see cref="Align"/> finds its place.</summary>
    public const int Alignment = 64;

    /// <summary>The first place for a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Align(byte* memory) => (byte*)(((nuint)memory + (Alignment - 1)) & ~(nuint)(Alignment - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(FqLanes* x, int limb) => Vector512.LoadAligned((double*)x + (Lanes * limb));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(FqLanes* r, int limb, Vector512<double> value) => value.StoreAligned((double*)r + (Lanes * limb));

    private static bool IsAbove(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y)
    {
        for (var i = Words - 1; i >= 0; i--)
        {
            if (x[i] != y[i])
                return x[i] > y[i];
        }

        return false;
    }
}
