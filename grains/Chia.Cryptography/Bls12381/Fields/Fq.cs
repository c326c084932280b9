using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// An element of the base field, modulo q (BLS.md 2), as x*R with R = 2^385 (Montgomery form) in seven limbs of 55 bits.
/// <para>Stored form, which every operation returns unless it says otherwise: limbs below 2^55, value below 1.25 q (so zero may be
/// held as 0 or as q). The nine spare bits of a limb let sums wait for their carries until a product or a fold takes them in.</para>
/// </summary>
internal partial struct Fq
{
    // Least significant first.
    internal ulong L0, L1, L2, L3, L4, L5, L6;

    /// <summary>Bytes of an encoded element.</summary>
    public const int Size = 48;

    private const int WordBits = 64;
    private const int Words = 6;

    /// <summary>1.</summary>
    public static readonly Fq One =
        new()
        {
            L0 = 0x1300000006554fUL,
            L1 = 0x31ad88000a64UL,
            L2 = 0x36c376ed46e4f0UL,
            L3 = 0x68fcde5abb02f0UL,
            L4 = 0x22c038b256521eUL,
            L5 = 0x518d9e51af202cUL,
            L6 = 0x47aeae76ee078UL
        };

    private static readonly Fq RSquared =
        new()
        {
            L0 = 0x7e7cd070d107c2UL,
            L1 = 0x353589382790beUL,
            L2 = 0x3d13d3bc2fb20eUL,
            L3 = 0x3b5f4c1b499bc3UL,
            L4 = 0x6fb06d6bf8b9c6UL,
            L5 = 0x2eba75b55549b9UL,
            L6 = 0x49806f0760af0UL
        };

    /// <summary>1/2.</summary>
    public static readonly Fq Half =
        FromHex("0d0088f51cbff34d258dd3db21a5d66bb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd556");

    // 2^256.
    private static readonly Fq Shift256 =
        FromHex("000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000");

    private static readonly ulong[] QWords =
    [
        0xb9feffffffffaaab, 0x1eabfffeb153ffff, 0x6730d2a0f6b0f624, 0x64774b84f38512bf, 0x4b1ba7b6434bacd7, 0x1a0111ea397fe69a,
    ];

    // (q-1)/2.
    private static readonly ulong[] HalfQWords =
    [
        0xdcff7fffffffd555, 0x0f55ffff58a9ffff, 0xb39869507b587b12, 0xb23ba5c279c2895f, 0x258dd3db21a5d66b, 0x0d0088f51cbff34d,
    ];

    // e*q for e = -16 ... 16, limb by limb, eight words a row.
    private static ReadOnlySpan<long> Multiples =>
    [
        -0x7effffffffaaab0, -0x7ffd62a7ffff730, -0x3dac3d8907aaf0, -0x1c2895fb3986950, -0x3acd764774b84f0, -0x53496374f6c8690,
            -0x680447a8e5ff90, 0,
        -0x770fffffffb0005, -0x77fd8c7d7fff7bd, -0x39d179b0773041, -0x1a660c9b85ee2bb, -0x37209ee2fd6cca1, -0x4e14cd3da75be27,
        -0x6184032e579f97, 0,
        -0x6f1fffffffb555a, -0x6ffdb652ffff84a, -0x35f6b5d7e6b592, -0x18a3833bd255c26, -0x3373c77e8621452, -0x48e0370657ef5be,
        -0x5b03beb3c93f9e, 0,
        -0x672fffffffbaaaf, -0x67fde0287fff8d7, -0x321bf1ff563ae3, -0x16e0f9dc1ebd591, -0x2fc6f01a0ed5c03, -0x43aba0cf0882d55,
        -0x54837a393adfa5, 0,
        -0x5f3fffffffc0004, -0x5ffe09fdffff964, -0x2e412e26c5c034, -0x151e707c6b24efc, -0x2c1a18b5978a3b4, -0x3e770a97b9164ec,
        -0x4e0335beac7fac, 0,
        -0x574fffffffc5559, -0x57fe33d37fff9f1, -0x2a666a4e354585, -0x135be71cb78c867, -0x286d4151203eb65, -0x3942746069a9c83,
        -0x4782f1441e1fb3, 0,
        -0x4f5fffffffcaaae, -0x4ffe5da8ffffa7e, -0x268ba675a4cad6, -0x11995dbd03f41d2, -0x24c069eca8f3316, -0x340dde291a3d41a,
        -0x4102acc98fbfba, 0,
        -0x476fffffffd0003, -0x47fe877e7fffb0b, -0x22b0e29d145027, -0xfd6d45d505bb3d, -0x2113928831a7ac7, -0x2ed947f1cad0bb1,
        -0x3a82684f015fc1, 0,
        -0x3f7fffffffd5558, -0x3ffeb153ffffb98, -0x1ed61ec483d578, -0xe144afd9cc34a8, -0x1d66bb23ba5c278, -0x29a4b1ba7b64348,
        -0x340223d472ffc8, 0,
        -0x378fffffffdaaad, -0x37fedb297fffc25, -0x1afb5aebf35ac9, -0xc51c19de92ae13, -0x19b9e3bf4310a29, -0x24701b832bf7adf,
        -0x2d81df59e49fcf, 0,
        -0x2f9fffffffe0002, -0x2fff04feffffcb2, -0x1720971362e01a, -0xa8f383e359277e, -0x160d0c5acbc51da, -0x1f3b854bdc8b276,
        -0x27019adf563fd6, 0,
        -0x27afffffffe5557, -0x27ff2ed47fffd3f, -0x1345d33ad2656b, -0x8ccaede81fa0e9, -0x126034f6547998b, -0x1a06ef148d1ea0d,
        -0x20815664c7dfdd, 0,
        -0x1fbfffffffeaaac, -0x1fff58a9ffffdcc, -0xf6b0f6241eabc, -0x70a257ece61a54, -0xeb35d91dd2e13c, -0x14d258dd3db21a4,
        -0x1a0111ea397fe4, 0,
        -0x17cffffffff0001, -0x17ff827f7fffe59, -0xb904b89b1700d, -0x5479c1f1ac93bf, -0xb06862d65e28ed, -0xf9dc2a5ee4593b,
        -0x1380cd6fab1feb, 0,
        -0xfdffffffff5556, -0xfffac54ffffee6, -0x7b587b120f55e, -0x38512bf6730d2a, -0x759aec8ee9709e, -0xa692c6e9ed90d2,
        -0xd0088f51cbff2, 0,
        -0x7effffffffaaab, -0x7ffd62a7ffff73, -0x3dac3d8907aaf, -0x1c2895fb398695, -0x3acd764774b84f, -0x53496374f6c869,
        -0x680447a8e5ff9, 0,
        0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0,
        0x7effffffffaaab, 0x7ffd62a7ffff73, 0x3dac3d8907aaf, 0x1c2895fb398695, 0x3acd764774b84f, 0x53496374f6c869, 0x680447a8e5ff9, 0,
        0xfdffffffff5556, 0xfffac54ffffee6, 0x7b587b120f55e, 0x38512bf6730d2a, 0x759aec8ee9709e, 0xa692c6e9ed90d2, 0xd0088f51cbff2, 0,
        0x17cffffffff0001, 0x17ff827f7fffe59, 0xb904b89b1700d, 0x5479c1f1ac93bf, 0xb06862d65e28ed, 0xf9dc2a5ee4593b, 0x1380cd6fab1feb, 0,
        0x1fbfffffffeaaac, 0x1fff58a9ffffdcc, 0xf6b0f6241eabc, 0x70a257ece61a54, 0xeb35d91dd2e13c, 0x14d258dd3db21a4, 0x1a0111ea397fe4, 0,
        0x27afffffffe5557, 0x27ff2ed47fffd3f, 0x1345d33ad2656b, 0x8ccaede81fa0e9, 0x126034f6547998b, 0x1a06ef148d1ea0d,
        0x20815664c7dfdd, 0,
        0x2f9fffffffe0002, 0x2fff04feffffcb2, 0x1720971362e01a, 0xa8f383e359277e, 0x160d0c5acbc51da, 0x1f3b854bdc8b276,
        0x27019adf563fd6, 0,
        0x378fffffffdaaad, 0x37fedb297fffc25, 0x1afb5aebf35ac9, 0xc51c19de92ae13, 0x19b9e3bf4310a29, 0x24701b832bf7adf,
        0x2d81df59e49fcf, 0,
        0x3f7fffffffd5558, 0x3ffeb153ffffb98, 0x1ed61ec483d578, 0xe144afd9cc34a8, 0x1d66bb23ba5c278, 0x29a4b1ba7b64348,
        0x340223d472ffc8, 0,
        0x476fffffffd0003, 0x47fe877e7fffb0b, 0x22b0e29d145027, 0xfd6d45d505bb3d, 0x2113928831a7ac7, 0x2ed947f1cad0bb1,
        0x3a82684f015fc1, 0,
        0x4f5fffffffcaaae, 0x4ffe5da8ffffa7e, 0x268ba675a4cad6, 0x11995dbd03f41d2, 0x24c069eca8f3316, 0x340dde291a3d41a,
        0x4102acc98fbfba, 0,
        0x574fffffffc5559, 0x57fe33d37fff9f1, 0x2a666a4e354585, 0x135be71cb78c867, 0x286d4151203eb65, 0x3942746069a9c83,
        0x4782f1441e1fb3, 0,
        0x5f3fffffffc0004, 0x5ffe09fdffff964, 0x2e412e26c5c034, 0x151e707c6b24efc, 0x2c1a18b5978a3b4, 0x3e770a97b9164ec,
        0x4e0335beac7fac, 0,
        0x672fffffffbaaaf, 0x67fde0287fff8d7, 0x321bf1ff563ae3, 0x16e0f9dc1ebd591, 0x2fc6f01a0ed5c03, 0x43aba0cf0882d55,
        0x54837a393adfa5, 0,
        0x6f1fffffffb555a, 0x6ffdb652ffff84a, 0x35f6b5d7e6b592, 0x18a3833bd255c26, 0x3373c77e8621452, 0x48e0370657ef5be,
        0x5b03beb3c93f9e, 0,
        0x770fffffffb0005, 0x77fd8c7d7fff7bd, 0x39d179b0773041, 0x1a660c9b85ee2bb, 0x37209ee2fd6cca1, 0x4e14cd3da75be27,
        0x6184032e579f97, 0,
        0x7effffffffaaab0, 0x7ffd62a7ffff730, 0x3dac3d8907aaf0, 0x1c2895fb3986950, 0x3acd764774b84f0, 0x53496374f6c8690,
        0x680447a8e5ff90, 0,
    ];

    /// <summary>The element with this big-endian hexadecimal value below q.</summary>
    public static Fq FromHex(string hex)
    {
        FromBytes(out var r, Convert.FromHexString(hex));
        return r;
    }

    /// <summary>Reads 48 big-endian bytes, any value, and reduces it (BLS.md 4.1, step 2).</summary>
    public static void FromBytes(out Fq r, ReadOnlySpan<byte> bytes)
    {
        Span<ulong> words = stackalloc ulong[Words];
        for (var i = 0; i < Words; i++)
            words[Words - 1 - i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(8 * i)..]);
        FromWordsReduced(out r, words);
    }

    /// <summary>The element with this value of 384 bits in words, least significant first, and reduces it.</summary>
    public static void FromWordsReduced(out Fq r, ReadOnlySpan<ulong> words)
    {
        // 384 bits are below R and below 10 q, so the product with R² is below 1.5 q.
        FromWords(out var raw, words);
        Multiply(out raw, in raw, in RSquared);
        Fold(out r, (long)raw.L0, (long)raw.L1, (long)raw.L2, (long)raw.L3, (long)raw.L4, (long)raw.L5, (long)raw.L6);
    }

    /// <summary>A 512-bit big-endian integer modulo q.</summary>
    public static void FromBytes64(out Fq r, ReadOnlySpan<byte> bytes)
    {
        Span<byte> part = stackalloc byte[Size];
        part.Clear();
        bytes[..32].CopyTo(part[16..]);
        FromBytes(out var upper, part);
        bytes[32..].CopyTo(part[16..]);
        FromBytes(out var lower, part);
        Multiply(out upper, in upper, in Shift256);
        Add(out r, in upper, in lower);
    }

    /// <summary>Writes the canonical value, 48 bytes big-endian.</summary>
    public readonly void ToBytes(Span<byte> destination)
    {
        Span<ulong> words = stackalloc ulong[Words];
        ToWords(words);
        for (var i = 0; i < Words; i++)
            BinaryPrimitives.WriteUInt64BigEndian(destination[(8 * i)..], words[Words - 1 - i]);
    }

    /// <summary>The canonical value out of Montgomery form, six words, least significant first.</summary>
    public readonly void ToWords(Span<ulong> words)
    {
        var plainOne = new Fq { L0 = 1 };
        Multiply(out var r, in this, in plainOne);
        ReadOnlySpan<ulong> limbs = [r.L0, r.L1, r.L2, r.L3, r.L4, r.L5, r.L6, 0];
        for (var i = 0; i < Words; i++)
        {
            var bit = WordBits * i;
            var (limb, shift) = (bit / Bits, bit % Bits);
            var word = (UInt128)limbs[limb] | ((UInt128)limbs[limb + 1] << Bits);
            words[i] = (ulong)(word >> shift) | (shift > (2 * Bits) - WordBits ? limbs[limb + 2] << ((2 * Bits) - shift) : 0);
        }

        // A Montgomery reduction of a value below R is at most q.
        if (Compare(words, QWords) >= 0)
            words.Clear();
    }

    /// <summary>big(v): the canonical value exceeds (q-1)/2 (BLS.md 1).</summary>
    public readonly bool IsBig()
    {
        Span<ulong> words = stackalloc ulong[Words];
        ToWords(words);
        return Compare(words, HalfQWords) > 0;
    }

    /// <summary>True for 0, held as 0 or as q.</summary>
    public readonly bool IsZero() =>
        (L0 | L1 | L2 | L3 | L4 | L5 | L6) == 0
        || (L0 == Q0 && L1 == Q1 && L2 == Q2 && L3 == Q3 && L4 == Q4 && L5 == Q5 && L6 == Q6);

    /// <summary>Equality modulo q.</summary>
    public static bool AreEqual(in Fq x, in Fq y)
    {
        Subtract(out var difference, in x, in y);
        return difference.IsZero();
    }

    /// <summary>r = x + y.</summary>
    public static void Add(out Fq r, in Fq x, in Fq y) =>
        Fold(out r, (long)(x.L0 + y.L0), (long)(x.L1 + y.L1), (long)(x.L2 + y.L2), (long)(x.L3 + y.L3), (long)(x.L4 + y.L4),
            (long)(x.L5 + y.L5), (long)(x.L6 + y.L6));

    /// <summary>r = x - y.</summary>
    public static void Subtract(out Fq r, in Fq x, in Fq y) =>
        Fold(out r, (long)(x.L0 - y.L0), (long)(x.L1 - y.L1), (long)(x.L2 - y.L2), (long)(x.L3 - y.L3), (long)(x.L4 - y.L4),
            (long)(x.L5 - y.L5), (long)(x.L6 - y.L6));

    /// <summary>r = -x.</summary>
    public static void Negate(out Fq r, in Fq x) =>
        Fold(out r, -(long)x.L0, -(long)x.L1, -(long)x.L2, -(long)x.L3, -(long)x.L4, -(long)x.L5, -(long)x.L6);

    /// <summary>r = 2(x - y - z).</summary>
    public static void TwiceDifference(out Fq r, in Fq x, in Fq y, in Fq z) =>
        Fold(
            out r,
            2 * (long)(x.L0 - y.L0 - z.L0), 2 * (long)(x.L1 - y.L1 - z.L1), 2 * (long)(x.L2 - y.L2 - z.L2), 2 * (long)(x.L3 - y.L3 - z.L3),
            2 * (long)(x.L4 - y.L4 - z.L4), 2 * (long)(x.L5 - y.L5 - z.L5), 2 * (long)(x.L6 - y.L6 - z.L6));

    /// <summary>r = k*x for k up to 12.</summary>
    public static void MultiplySmall(out Fq r, in Fq x, ulong k) =>
        Fold(out r, (long)(k * x.L0), (long)(k * x.L1), (long)(k * x.L2), (long)(k * x.L3), (long)(k * x.L4), (long)(k * x.L5),
            (long)(k * x.L6));

    /// <summary>r = x - k*y for k up to 12.</summary>
    public static void SubtractMultiple(out Fq r, in Fq x, in Fq y, ulong k) =>
        Fold(
            out r,
            (long)(x.L0 - (k * y.L0)), (long)(x.L1 - (k * y.L1)), (long)(x.L2 - (k * y.L2)), (long)(x.L3 - (k * y.L3)),
            (long)(x.L4 - (k * y.L4)), (long)(x.L5 - (k * y.L5)), (long)(x.L6 - (k * y.L6)));

    /// <summary>r = x + y without carries, for the left or right side of a product: not stored form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLoose(out Fq r, in Fq x, in Fq y)
    {
        Unsafe.SkipInit(out r);
        r.L0 = x.L0 + y.L0;
        r.L1 = x.L1 + y.L1;
        r.L2 = x.L2 + y.L2;
        r.L3 = x.L3 + y.L3;
        r.L4 = x.L4 + y.L4;
        r.L5 = x.L5 + y.L5;
        r.L6 = x.L6 + y.L6;
    }

    /// <summary>r = x - y without carries, for a side of a product: not stored form. Limbs of up to 56 bits, value below 3.25 q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractLoose(out Fq r, in Fq x, in Fq y)
    {
        // 2q, written with lower limbs that no stored limb exceeds.
        Unsafe.SkipInit(out r);
        r.L0 = x.L0 + (0xfdffffffff5556UL - y.L0);
        r.L1 = x.L1 + (0xfffac54ffffee6UL - y.L1);
        r.L2 = x.L2 + (0x87b587b120f55eUL - y.L2);
        r.L3 = x.L3 + (0xb8512bf6730d29UL - y.L3);
        r.L4 = x.L4 + (0xf59aec8ee9709dUL - y.L4);
        r.L5 = x.L5 + (0xa692c6e9ed90d1UL - y.L5);
        r.L6 = x.L6 + (0xd0088f51cbff2UL - y.L6);
    }

    /// <summary>
    /// Brings signed limbs of a value between -15 q and 15 q to stored form: the multiple of q to take off is estimated from the
    /// top, never too high, so that the rest lies between 0 and 1.001 q.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Fold(out Fq r, long t0, long t1, long t2, long t3, long t4, long t5, long t6)
    {
        // 2^46 / (q / 2^366); the -1 outweighs what the lower limbs and the rounding of this quotient could add.
        const long Reciprocal = 2642631983;
        var estimate = ((((t6 + (t5 >> Bits)) >> 36) - 1) * Reciprocal) >> 46;
        ref var multiple = ref Unsafe.Add(ref MemoryMarshal.GetReference(Multiples), (nint)(estimate + 16) * 8);
        Unsafe.SkipInit(out r);
        t0 -= multiple;
        r.L0 = (ulong)t0 & Mask;
        t1 += (t0 >> Bits) - Unsafe.Add(ref multiple, 1);
        r.L1 = (ulong)t1 & Mask;
        t2 += (t1 >> Bits) - Unsafe.Add(ref multiple, 2);
        r.L2 = (ulong)t2 & Mask;
        t3 += (t2 >> Bits) - Unsafe.Add(ref multiple, 3);
        r.L3 = (ulong)t3 & Mask;
        t4 += (t3 >> Bits) - Unsafe.Add(ref multiple, 4);
        r.L4 = (ulong)t4 & Mask;
        t5 += (t4 >> Bits) - Unsafe.Add(ref multiple, 5);
        r.L5 = (ulong)t5 & Mask;
        r.L6 = (ulong)(t6 + (t5 >> Bits) - Unsafe.Add(ref multiple, 6));
    }

    private static void FromWords(out Fq r, ReadOnlySpan<ulong> words)
    {
        Span<ulong> limbs = stackalloc ulong[7];
        for (var i = 0; i < limbs.Length; i++)
        {
            var bit = Bits * i;
            var (word, shift) = (bit / WordBits, bit % WordBits);
            var value = words[word] >> shift;
            if (shift > WordBits - Bits && word + 1 < Words)
                value |= words[word + 1] << (WordBits - shift);
            limbs[i] = value & Mask;
        }

        r = new Fq { L0 = limbs[0], L1 = limbs[1], L2 = limbs[2], L3 = limbs[3], L4 = limbs[4], L5 = limbs[5], L6 = limbs[6] };
    }

    private static int Compare(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y)
    {
        for (var i = Words - 1; i >= 0; i--)
        {
            if (x[i] != y[i])
                return x[i] < y[i] ? -1 : 1;
        }

        return 0;
    }
}
