using System.Numerics;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>Constants of the field in all lanes, in aligned memory that lives as long as the process.</summary>
internal static unsafe class LaneConstants
{
    /// <summary>The bits of all lanes.</summary>
    public const int All = (1 << FqLanes.Lanes) - 1;

    /// <summary>q, limb by limb.</summary>
    public static readonly FqLanes* Modulus = Plain(FqLanes.Q);

    /// <summary>q in signed limbs of at most 2^49 either way.</summary>
    public static readonly FqLanes* SignedModulus = Signed(FqLanes.Q);

    /// <summary>q as a multiple of the weight of the top limb.</summary>
    public static readonly double TopOfModulus = (double)FqLanes.Q / Math.Pow(2, FqLanes.Bits * (FqLanes.Limbs - 1));

    /// <summary>2^415 modulo q, limb by limb: a product with it makes x·2^400 of the x·2^385 that <see cref="Fq"/> holds.</summary>
    public static readonly FqLanes* FromScalar = Plain((BigInteger.One << 415) % FqLanes.Q);

    /// <summary>2^385 modulo q, limb by limb: a product with it makes the x·2^385 that <see cref="Fq"/> holds.</summary>
    public static readonly FqLanes* ToScalar = Plain((BigInteger.One << 385) % FqLanes.Q);

    /// <summary>1, limb by limb: a product with it leaves Montgomery form.</summary>
    public static readonly FqLanes* PlainOne = Plain(BigInteger.One);

    /// <summary>R² modulo q, limb by limb: a product with it enters Montgomery form.</summary>
    public static readonly FqLanes* RSquared = Plain(FqLanes.R * FqLanes.R % FqLanes.Q);

    /// <summary>2^256·R² modulo q, limb by limb: brings the upper half of 512 bits into Montgomery form.</summary>
    public static readonly FqLanes* ShiftedRSquared = Plain((FqLanes.R * FqLanes.R << 256) % FqLanes.Q);

    /// <summary>1.</summary>
    public static readonly FqLanes* One = Of(BigInteger.One);

    /// <summary>1/2.</summary>
    public static readonly FqLanes* Half = Of((FqLanes.Q + 1) / 2);

    /// <summary>The words of q, the lowest first.</summary>
    public static readonly ulong[] QWords = WordsOf(FqLanes.Q);

    /// <summary>The words of (q-1)/2, the lowest first.</summary>
    public static readonly ulong[] HalfQWords = WordsOf((FqLanes.Q - 1) / 2);

    /// <summary>An element of Fq in all lanes, in Montgomery form.</summary>
    public static FqLanes* Of(BigInteger value) => Plain(value * FqLanes.R % FqLanes.Q);

    /// <summary>An element of Fq in all lanes, in Montgomery form.</summary>
    public static FqLanes* Of(in Fq value)
    {
        Span<byte> bytes = stackalloc byte[Fq.Size];
        value.ToBytes(bytes);
        return Of(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
    }

    /// <summary>An element of Fq2 in all lanes.</summary>
    public static Fq2Lanes* Of(in Fq2 value)
    {
        var r = Allocate<Fq2Lanes>(1);
        FqLanes.Copy(&r->C0, Of(in value.C0));
        FqLanes.Copy(&r->C1, Of(in value.C1));
        return r;
    }

    /// <summary>Memory for so many vectors' structures, never given back.</summary>
    public static T* Allocate<T>(int count)
        where T : unmanaged =>
        (T*)NativeMemory.AlignedAlloc((nuint)(sizeof(T) * count), FqLanes.Alignment);

    private static FqLanes* Plain(BigInteger value)
    {
        var r = Allocate<FqLanes>(1);
        FqLanes.Fill(r, value);
        return r;
    }

    private static FqLanes* Signed(BigInteger value)
    {
        var r = Plain(value);
        FqLanes.Tighten(r, r);
        return r;
    }

    private static ulong[] WordsOf(BigInteger value)
    {
        var words = new ulong[FqLanes.Words];
        for (var i = 0; i < words.Length; i++)
            words[i] = (ulong)((value >> (64 * i)) & ulong.MaxValue);
        return words;
    }
}
