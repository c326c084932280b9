using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>The vectors of a <see cref="VectorProduct{TLanes, TVector}"/>: a column's sum in each 64-bit lane.</summary>
internal unsafe interface IProductLanes<TVector>
{
    /// <summary>Whether the processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>What the figures and the log call them.</summary>
    static abstract string Name { get; }

    /// <summary>Sums in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Limbs of the shorter factor from which on these are faster than rows: the way into pieces and back costs the same
    /// however few they are.</summary>
    static abstract int FewestLimbs { get; }

    /// <summary>The same for squares, of which rows make each product but once.</summary>
    static abstract int FewestSquaredLimbs { get; }

    static abstract TVector Spread(ulong value);

    static abstract TVector Load(ulong* source);

    static abstract void Store(TVector value, ulong* target);

    static abstract TVector Add(TVector x, TVector y);

    /// <summary>sum + x·y, of factors below 2^32.</summary>
    static abstract TVector AddProduct(TVector sum, TVector x, TVector y);

    /// <summary>The lower <paramref name="bits"/> of each sum and what the sum below has above them.</summary>
    static abstract TVector Carried(TVector sums, TVector below, int bits);
}

/// <summary>Eight lanes of AVX-512.</summary>
internal readonly unsafe struct WideProductLanes : IProductLanes<Vector512<ulong>>
{
    public static bool IsSupported => Avx512F.IsSupported && BitConverter.IsLittleEndian;

    public static string Name => "AVX-512";

    public static int Count => 8;

    public static int FewestLimbs => 12;

    public static int FewestSquaredLimbs => 14;

    public static Vector512<ulong> Spread(ulong value) => Vector512.Create(value);

    public static Vector512<ulong> Load(ulong* source) => Vector512.Load(source);

    public static void Store(Vector512<ulong> value, ulong* target) => value.Store(target);

    public static Vector512<ulong> Add(Vector512<ulong> x, Vector512<ulong> y) => x + y;

    public static Vector512<ulong> AddProduct(Vector512<ulong> sum, Vector512<ulong> x, Vector512<ulong> y) =>
        sum + Avx512F.Multiply(x.AsUInt32(), y.AsUInt32());

    public static Vector512<ulong> Carried(Vector512<ulong> sums, Vector512<ulong> below, int bits) =>
        (sums & Vector512.Create((1UL << bits) - 1)) + (below >>> bits);
}

/// <summary>Four lanes of AVX2.</summary>
internal readonly unsafe struct NarrowProductLanes : IProductLanes<Vector256<ulong>>
{
    public static bool IsSupported => Avx2.IsSupported && BitConverter.IsLittleEndian;

    public static string Name => "AVX2";

    public static int Count => 4;

    public static int FewestLimbs => 14;

    public static int FewestSquaredLimbs => 16;

    public static Vector256<ulong> Spread(ulong value) => Vector256.Create(value);

    public static Vector256<ulong> Load(ulong* source) => Vector256.Load(source);

    public static void Store(Vector256<ulong> value, ulong* target) => value.Store(target);

    public static Vector256<ulong> Add(Vector256<ulong> x, Vector256<ulong> y) => x + y;

    public static Vector256<ulong> AddProduct(Vector256<ulong> sum, Vector256<ulong> x, Vector256<ulong> y) =>
        sum + Avx2.Multiply(x.AsUInt32(), y.AsUInt32());

    public static Vector256<ulong> Carried(Vector256<ulong> sums, Vector256<ulong> below, int bits) =>
        (sums & Vector256.Create((1UL << bits) - 1)) + (below >>> bits);
}
