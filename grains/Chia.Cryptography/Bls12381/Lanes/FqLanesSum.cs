using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Bls12381;

/// <summary>Sums of products in Fq2 with one reduction for all of them.</summary>
internal unsafe partial struct FqLanes
{
    /// <summary>Most products of a sum. Their limbs' products, 2·6·8 and 8 of the reduction, each below 2^52, stay below 2^59.</summary>
    public const int MaximumTerms = 6;

    /// <summary>r = Σ x[k]·y[k]/R in Fq2, k below count; both parts in step. r may be a factor.</summary>
    /// <param name="r">Tight.</param>
    /// <param name="x">Factors.</param>
    /// <param name="y">Factors; the looseness of each times that of x[k] is 7 at most.</param>
    /// <param name="count">1 to <see cref="MaximumTerms"/>.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumOfProducts(Fq2Lanes* r, Fq2Lanes* x, Fq2Lanes* y, int count)
    {
        var q = (double*)LaneConstants.Modulus;
        Vector512<long> high, low;

        // In the differences the exponents of the products cancel, and those of the reduction are left.
        var rows = Vector512.Create(unchecked(-((2 * count) + 1) * Both));
        var b0 = Vector512.Create(unchecked(-2 * count * LowBias));
        var a0 = Vector512.Create(unchecked(-(0 * Both)));
        var a1 = Vector512.Create(unchecked(-(1 * Both)));
        var a2 = Vector512.Create(unchecked(-(2 * Both)));
        var a3 = Vector512.Create(unchecked(-(3 * Both)));
        var a4 = Vector512.Create(unchecked(-(4 * Both)));
        var a5 = Vector512.Create(unchecked(-(5 * Both)));
        var a6 = Vector512.Create(unchecked(-(6 * Both)));
        var a7 = Vector512.Create(unchecked(-(7 * Both)));
        var b1 = b0 + rows;
        var b2 = b1 + rows;
        var b3 = b2 + rows;
        var b4 = b3 + rows;
        var b5 = b4 + rows;
        var b6 = b5 + rows;
        var b7 = b6 + rows;
        var fresh = Vector512.Create(unchecked(-(HighBias + (7 * Both))));
        var otherFresh = Vector512.Create(unchecked(-((2 * count) + 1) * (HighBias + (7 * Both))));
        for (var i = 0; i < Length; i += Lanes)
        {
            Vector512<long> a8 = fresh, b8 = otherFresh;
            fresh += Vector512.Create(Both);
            otherFresh -= rows;
            for (var k = 0; k < count; k++)
            {
                var left = Vector512.LoadAligned((double*)&x[k].C0 + i);
                var right = Vector512.LoadAligned((double*)&x[k].C1 + i);
                double* row = (double*)&y[k].C0, otherRow = (double*)&y[k].C1;
                var real = Vector512.LoadAligned(row);
                var imaginary = Vector512.LoadAligned(otherRow);
                Product(left, real, out high, out low);
                a0 += low;
                a1 += high;
                Product(right, imaginary, out high, out low);
                a0 -= low;
                a1 -= high;
                Product(left, imaginary, out high, out low);
                b0 += low;
                b1 += high;
                Product(right, real, out high, out low);
                b0 += low;
                b1 += high;
                real = Vector512.LoadAligned(row + 8);
                imaginary = Vector512.LoadAligned(otherRow + 8);
                Product(left, real, out high, out low);
                a1 += low;
                a2 += high;
                Product(right, imaginary, out high, out low);
                a1 -= low;
                a2 -= high;
                Product(left, imaginary, out high, out low);
                b1 += low;
                b2 += high;
                Product(right, real, out high, out low);
                b1 += low;
                b2 += high;
                real = Vector512.LoadAligned(row + 16);
                imaginary = Vector512.LoadAligned(otherRow + 16);
                Product(left, real, out high, out low);
                a2 += low;
                a3 += high;
                Product(right, imaginary, out high, out low);
                a2 -= low;
                a3 -= high;
                Product(left, imaginary, out high, out low);
                b2 += low;
                b3 += high;
                Product(right, real, out high, out low);
                b2 += low;
                b3 += high;
                real = Vector512.LoadAligned(row + 24);
                imaginary = Vector512.LoadAligned(otherRow + 24);
                Product(left, real, out high, out low);
                a3 += low;
                a4 += high;
                Product(right, imaginary, out high, out low);
                a3 -= low;
                a4 -= high;
                Product(left, imaginary, out high, out low);
                b3 += low;
                b4 += high;
                Product(right, real, out high, out low);
                b3 += low;
                b4 += high;
                real = Vector512.LoadAligned(row + 32);
                imaginary = Vector512.LoadAligned(otherRow + 32);
                Product(left, real, out high, out low);
                a4 += low;
                a5 += high;
                Product(right, imaginary, out high, out low);
                a4 -= low;
                a5 -= high;
                Product(left, imaginary, out high, out low);
                b4 += low;
                b5 += high;
                Product(right, real, out high, out low);
                b4 += low;
                b5 += high;
                real = Vector512.LoadAligned(row + 40);
                imaginary = Vector512.LoadAligned(otherRow + 40);
                Product(left, real, out high, out low);
                a5 += low;
                a6 += high;
                Product(right, imaginary, out high, out low);
                a5 -= low;
                a6 -= high;
                Product(left, imaginary, out high, out low);
                b5 += low;
                b6 += high;
                Product(right, real, out high, out low);
                b5 += low;
                b6 += high;
                real = Vector512.LoadAligned(row + 48);
                imaginary = Vector512.LoadAligned(otherRow + 48);
                Product(left, real, out high, out low);
                a6 += low;
                a7 += high;
                Product(right, imaginary, out high, out low);
                a6 -= low;
                a7 -= high;
                Product(left, imaginary, out high, out low);
                b6 += low;
                b7 += high;
                Product(right, real, out high, out low);
                b6 += low;
                b7 += high;
                real = Vector512.LoadAligned(row + 56);
                imaginary = Vector512.LoadAligned(otherRow + 56);
                Product(left, real, out high, out low);
                a7 += low;
                a8 += high;
                Product(right, imaginary, out high, out low);
                a7 -= low;
                a8 -= high;
                Product(left, imaginary, out high, out low);
                b7 += low;
                b8 += high;
                Product(right, real, out high, out low);
                b7 += low;
                b8 += high;
            }

            ReduceTwo(
                q, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7, ref a8,
                ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7, ref b8);
        }

        StoreTight(&r->C0, a0, a1, a2, a3, a4, a5, a6, a7);
        StoreTight(&r->C1, b0, b1, b2, b3, b4, b5, b6, b7);
    }
}
