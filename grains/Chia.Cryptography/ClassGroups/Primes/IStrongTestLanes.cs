using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The vectors of a <see cref="VectorStrongTest{TLanes, TDoubles, TIntegers}"/>: one number in each 64-bit lane.
/// </summary>
/// <typeparam name="TDoubles">Limbs, as doubles.</typeparam>
/// <typeparam name="TIntegers">Sums of products.</typeparam>
internal unsafe interface IStrongTestLanes<TDoubles, TIntegers>
{
    /// <summary>Whether the processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>What the figures and the log call them.</summary>
    static abstract string Name { get; }

    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Bits of a limb.</summary>
    static abstract int LimbBits { get; }

    /// <summary>What <see cref="Product"/>'s low results have in excess, modulo 2^64.</summary>
    static abstract ulong LowBias { get; }

    /// <summary>What <see cref="Product"/>'s high results have in excess, modulo 2^64.</summary>
    static abstract ulong HighBias { get; }

    /// <summary>x·y = (high − HighBias)·2^LimbBits + (low − LowBias), the latter perhaps negative.</summary>
    static abstract void Product(TDoubles x, TDoubles y, out TIntegers high, out TIntegers low);

    /// <summary>The double of an integer of LimbBits bits.</summary>
    static abstract TDoubles ToDouble(TIntegers value);

    static abstract TDoubles Load(double* source);

    static abstract void Store(TDoubles value, double* target);

    static abstract TIntegers Load(ulong* source);

    static abstract TIntegers Spread(ulong value);

    static abstract TIntegers Add(TIntegers x, TIntegers y);

    static abstract TIntegers And(TIntegers x, TIntegers y);

    /// <summary>Each value divided by 2^LimbBits.</summary>
    static abstract TIntegers ShiftLimb(TIntegers value);

    /// <summary>Each value shifted left by the count in its lane.</summary>
    static abstract TIntegers ShiftLeft(TIntegers value, TIntegers counts);

    /// <summary>All ones where this bit of a word is set, else zeros.</summary>
    static abstract TIntegers MaskOfBit(TIntegers words, int bit);
}

/// <summary>
/// Eight lanes of AVX-512, limbs of 52 bits: fma(x, y, 2^104) rounded toward zero holds the upper 52 bits of x·y in its mantissa, and
/// fma(x, y, 2^104 + 2^52 − that) the lower 52.
/// </summary>
internal readonly unsafe struct WideStrongTestLanes : IStrongTestLanes<Vector512<double>, Vector512<ulong>>
{
    private const double TwoTo52 = 4503599627370496;
    private const double TwoTo104 = TwoTo52 * TwoTo52;

    public static bool IsSupported => Avx512F.IsSupported && BitConverter.IsLittleEndian;

    public static string Name => "AVX-512";

    public static int Count => 8;

    public static int LimbBits => 52;

    public static ulong LowBias => BitConverter.DoubleToUInt64Bits(TwoTo52);

    public static ulong HighBias => BitConverter.DoubleToUInt64Bits(TwoTo104);

    public static void Product(Vector512<double> x, Vector512<double> y, out Vector512<ulong> high, out Vector512<ulong> low)
    {
        var upper = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104), FloatRoundingMode.ToZero);
        high = upper.AsUInt64();
        low = Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(TwoTo104 + TwoTo52) - upper, FloatRoundingMode.ToZero).AsUInt64();
    }

    public static Vector512<double> ToDouble(Vector512<ulong> value) =>
        (value | Vector512.Create(TwoTo52).AsUInt64()).AsDouble() - Vector512.Create(TwoTo52);

    public static Vector512<double> Load(double* source) => Vector512.LoadAligned(source);

    public static void Store(Vector512<double> value, double* target) => value.StoreAligned(target);

    public static Vector512<ulong> Load(ulong* source) => Vector512.LoadAligned(source);

    public static Vector512<ulong> Spread(ulong value) => Vector512.Create(value);

    public static Vector512<ulong> Add(Vector512<ulong> x, Vector512<ulong> y) => x + y;

    public static Vector512<ulong> And(Vector512<ulong> x, Vector512<ulong> y) => x & y;

    public static Vector512<ulong> ShiftLimb(Vector512<ulong> value) => value >>> LimbBits;

    public static Vector512<ulong> ShiftLeft(Vector512<ulong> value, Vector512<ulong> counts) =>
        Avx512F.ShiftLeftLogicalVariable(value, counts);

    public static Vector512<ulong> MaskOfBit(Vector512<ulong> words, int bit) =>
        Vector512.ShiftRightArithmetic((words << (63 - bit)).AsInt64(), 63).AsUInt64();
}

/// <summary>
/// Four lanes of AVX2, limbs of 51 bits: its FMA rounds to nearest, so fma(x, y, 2^103) holds x·y/2^51 rounded, and
/// fma(x, y, 2^103 + 1.5·2^52 − that) the rest with its sign. With 52 bits the constant of the rest would not be a double.
/// </summary>
internal readonly unsafe struct NarrowStrongTestLanes : IStrongTestLanes<Vector256<double>, Vector256<ulong>>
{
    private const double TwoTo52 = 4503599627370496;
    private const double TwoTo103 = TwoTo52 * TwoTo52 / 2;
    private const double Middle = 1.5 * TwoTo52;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported && BitConverter.IsLittleEndian;

    public static string Name => "AVX2";

    public static int Count => 4;

    public static int LimbBits => 51;

    public static ulong LowBias => BitConverter.DoubleToUInt64Bits(Middle);

    public static ulong HighBias => BitConverter.DoubleToUInt64Bits(TwoTo103);

    public static void Product(Vector256<double> x, Vector256<double> y, out Vector256<ulong> high, out Vector256<ulong> low)
    {
        var upper = Fma.MultiplyAdd(x, y, Vector256.Create(TwoTo103));
        high = upper.AsUInt64();
        low = Fma.MultiplyAdd(x, y, Vector256.Create(TwoTo103 + Middle) - upper).AsUInt64();
    }

    public static Vector256<double> ToDouble(Vector256<ulong> value) =>
        (value | Vector256.Create(TwoTo52).AsUInt64()).AsDouble() - Vector256.Create(TwoTo52);

    public static Vector256<double> Load(double* source) => Vector256.LoadAligned(source);

    public static void Store(Vector256<double> value, double* target) => value.StoreAligned(target);

    public static Vector256<ulong> Load(ulong* source) => Vector256.LoadAligned(source);

    public static Vector256<ulong> Spread(ulong value) => Vector256.Create(value);

    public static Vector256<ulong> Add(Vector256<ulong> x, Vector256<ulong> y) => x + y;

    public static Vector256<ulong> And(Vector256<ulong> x, Vector256<ulong> y) => x & y;

    public static Vector256<ulong> ShiftLimb(Vector256<ulong> value) => value >>> LimbBits;

    public static Vector256<ulong> ShiftLeft(Vector256<ulong> value, Vector256<ulong> counts) =>
        Avx2.ShiftLeftLogicalVariable(value, counts);

    public static Vector256<ulong> MaskOfBit(Vector256<ulong> words, int bit) =>
        Vector256.LessThan((words << (63 - bit)).AsInt64(), Vector256<long>.Zero).AsUInt64();
}
