using System.Runtime.Intrinsics;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>A kind of vectors for products of limbs.</summary>
/// <param name="Name">"AVX-512".</param>
/// <param name="IsSupported">Whether the processor has the instructions.</param>
/// <param name="Multiply">The product, as <see cref="VectorProduct{TLanes, TVector}.Multiply"/>.</param>
internal sealed unsafe record ProductVectors(string Name, bool IsSupported, ProductVectors.Product Multiply)
{
    /// <summary>r[0..xn+yn) = x·y.</summary>
    public delegate void Product(ulong* r, ulong* x, int xn, ulong* y, int yn);

    private const int SelfCheckLimbs = 16;

    /// <summary>All kinds, fastest first.</summary>
    public static IReadOnlyList<ProductVectors> Kinds { get; } =
    [
        Of<WideProductLanes, Vector512<ulong>>(),
        Of<NarrowProductLanes, Vector256<ulong>>(),
    ];

    /// <summary>What this process uses.</summary>
    public static VectorChoice<ProductVectors> Chosen { get; } =
        VectorChoice.Choose(VectorUse.Products, Kinds, kind => kind.Name, kind => kind.IsSupported, Check);

    private static readonly bool UseWide = Chosen.Kind?.Name == WideProductLanes.Name;

    private static readonly bool UseNarrow = Chosen.Kind?.Name == NarrowProductLanes.Name;

    /// <summary>r[0..xn+yn) = x·y in vectors, where they are faster.</summary>
    /// <returns>False where they are not, or cannot be used; then nothing was done.</returns>
    public static bool TryMultiply(ulong* r, ulong* x, int xn, ulong* y, int yn) =>
        UseWide ? Try<WideProductLanes, Vector512<ulong>>(r, x, xn, y, yn, WideProductLanes.FewestLimbs)
        : UseNarrow && Try<NarrowProductLanes, Vector256<ulong>>(r, x, xn, y, yn, NarrowProductLanes.FewestLimbs);

    /// <summary>r[0..2n) = x² in vectors, where they are faster; else false.</summary>
    public static bool TrySquare(ulong* r, ulong* x, int n) =>
        UseWide ? Try<WideProductLanes, Vector512<ulong>>(r, x, n, x, n, WideProductLanes.FewestSquaredLimbs)
        : UseNarrow && Try<NarrowProductLanes, Vector256<ulong>>(r, x, n, x, n, NarrowProductLanes.FewestSquaredLimbs);

    /// <summary>Whether the vectors multiply as rows do: all ones, whose sums are the largest there are, and other limbs.</summary>
    public static bool Check(ProductVectors kind)
    {
        ulong* x = stackalloc ulong[SelfCheckLimbs], y = stackalloc ulong[SelfCheckLimbs];
        ulong* expected = stackalloc ulong[2 * SelfCheckLimbs], r = stackalloc ulong[2 * SelfCheckLimbs];
        for (var round = 0; round < SelfCheckLimbs; round++)
        {
            for (var i = 0; i < SelfCheckLimbs; i++)
            {
                x[i] = i < round ? 0x9e3779b97f4a7c15UL * (ulong)(i + round) : ulong.MaxValue;
                y[i] = i < round ? 0xd1b54a32d192ed03UL * (ulong)(i + round) : ulong.MaxValue;
            }

            ManagedLimbs.MultiplyByRows(expected, x, SelfCheckLimbs, y, SelfCheckLimbs);
            kind.Multiply(r, x, SelfCheckLimbs, y, SelfCheckLimbs);
            if (LimbKernels.Compare(expected, r, 2 * SelfCheckLimbs) != 0)
                return false;
        }

        return true;
    }

    private static bool Try<TLanes, TVector>(ulong* r, ulong* x, int xn, ulong* y, int yn, int fewest)
        where TLanes : struct, IProductLanes<TVector>
        where TVector : struct
    {
        if (yn < fewest || xn > VectorProduct<TLanes, TVector>.MostLimbs)
            return false;
        VectorProduct<TLanes, TVector>.Multiply(r, x, xn, y, yn);
        return true;
    }

    private static ProductVectors Of<TLanes, TVector>()
        where TLanes : struct, IProductLanes<TVector>
        where TVector : struct =>
        new(TLanes.Name, TLanes.IsSupported, VectorProduct<TLanes, TVector>.Multiply);
}
