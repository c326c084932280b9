using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// Euclid's algorithm on (X, Y), X ≥ Y ≥ 0, to the end or part of the way, with the cofactors of Y:
/// starting from (C0, C1) = (0, 1), each step (X, Y) ← (Y, X − qY) is accompanied by (C0, C1) ← (C1, C0 + qC1).
/// The true cofactors alternate in sign: that of C1 is (−1)^steps, that of C0 the opposite. So at any time
/// Y ≡ (−1)^steps·C1·y (mod x), x and y being the numbers at the start, and X·C1 + Y·C0 = x.
/// </summary>
internal sealed unsafe class Euclid<T>
    where T : struct, ILimbArithmetic
{
    private readonly FixedInteger _quotient;
    private readonly FixedInteger _product;

    /// <param name="arena">Has room for <see cref="Numbers"/> numbers.</param>
    /// <param name="capacity">Limbs of the longest number, plus two.</param>
    public Euclid(LimbArena arena, int capacity)
    {
        X = new FixedInteger(arena, capacity);
        Y = new FixedInteger(arena, capacity);
        C0 = new FixedInteger(arena, capacity);
        C1 = new FixedInteger(arena, capacity);
        _quotient = new FixedInteger(arena, capacity);
        _product = new FixedInteger(arena, capacity);
    }

    /// <summary>Numbers of the given capacity that the constructor takes from the arena.</summary>
    public const int Numbers = 6;

    /// <summary>The larger number: the greatest common divisor after <see cref="RunToEnd"/>.</summary>
    public FixedInteger X { get; private set; }

    /// <summary>The smaller number.</summary>
    public FixedInteger Y { get; private set; }

    /// <summary>Magnitude of the cofactor that belongs to <see cref="X"/>.</summary>
    public FixedInteger C0 { get; private set; }

    /// <summary>Magnitude of the cofactor that belongs to <see cref="Y"/>.</summary>
    public FixedInteger C1 { get; private set; }

    /// <summary>Whether the number of steps was odd: then C0 counts positive and C1 negative, otherwise the reverse.</summary>
    public bool OddSteps { get; private set; }

    /// <summary>Goes on until Y = 0.</summary>
    public void RunToEnd() => Run(0);

    /// <summary>
    /// Goes on until Y has about <paramref name="bits"/> bits: at most that, and rarely a few less than the first
    /// remainder of that size. Composition needs no exact place to stop, for the result is reduced afterwards.
    /// </summary>
    public void RunToBits(int bits) => Run(bits);

    private void Run(int floorBits)
    {
        C0.Set(0);
        C1.Set(1);
        OddSteps = false;
        int n = X.Length, cofactorLimbs = 1;
        LimbKernels.Clear(Y.Limbs + Y.Length, n - Y.Length);
        C0.Limbs[0] = 0;
        while (n > 0)
        {
            var yLength = LimbKernels.Normalize(Y.Limbs, n);
            var yBits = yLength == 0 ? 0 : (yLength * 64) - BitOperations.LeadingZeroCount(Y.Limbs[yLength - 1]);
            if (yBits <= floorBits)
                break;
            LehmerMatrix matrix = default;
            if (n == 1 ? FindLast(ref matrix, floorBits) : FindNext(ref matrix, n, floorBits))
            {
                matrix.ApplyToRemainders(X.Limbs, Y.Limbs, n);
                cofactorLimbs = matrix.ApplyToCofactors(C0.Limbs, C1.Limbs, cofactorLimbs);
                OddSteps ^= matrix.Odd;
            }
            else
            {
                cofactorLimbs = DivideOnce(n, yLength, cofactorLimbs);
            }

            n = LimbKernels.Normalize(X.Limbs, n);
        }

        X.SetLength(n, false);
        Y.SetLength(n, false);
        C0.SetLength(cofactorLimbs, false);
        C1.SetLength(cofactorLimbs, false);
    }

    private bool FindNext(ref LehmerMatrix matrix, int n, int floorBits)
    {
        ulong* x = X.Limbs + n - 2, y = Y.Limbs + n - 2;
        ulong x0 = n > 2 ? x[-1] : 0, y0 = n > 2 ? y[-1] : 0;
        var shift = BitOperations.LeadingZeroCount(x[1]);
        var floorBit = floorBits == 0 ? -1 : floorBits - ((n - 2) * 64) + shift;
        if (shift == 0)
            return matrix.Find(x[1], x[0], y[1], y[0], floorBit);
        var back = 64 - shift;
        return matrix.Find(
            (x[1] << shift) | (x[0] >> back),
            (x[0] << shift) | (x0 >> back),
            (y[1] << shift) | (y[0] >> back),
            (y[0] << shift) | (y0 >> back),
            floorBit);
    }

    private bool FindLast(ref LehmerMatrix matrix, int floorBits) =>
        matrix.FindExact(X.Limbs[0], Y.Limbs[0], floorBits == 0 ? 0 : (1UL << floorBits) - 1);

    /// <summary>One step with a quotient of any size.</summary>
    private int DivideOnce(int n, int yLength, int cofactorLimbs)
    {
        X.SetLength(n, false);
        Y.SetLength(yLength, false);
        C0.SetLength(cofactorLimbs, false);
        C1.SetLength(cofactorLimbs, false);
        IntegerMath<T>.DivideMagnitudes(_quotient, X, X, Y);
        IntegerMath<T>.Multiply(_product, _quotient, C1);
        IntegerMath<T>.Add(C0, C0, _product);
        (X, Y) = (Y, X);
        (C0, C1) = (C1, C0);
        OddSteps = !OddSteps;
        LimbKernels.Clear(Y.Limbs + Y.Length, n - Y.Length);
        var limbs = Math.Max(C0.Length, C1.Length);
        LimbKernels.Clear(C0.Limbs + C0.Length, limbs - C0.Length);
        LimbKernels.Clear(C1.Limbs + C1.Length, limbs - C1.Length);
        return limbs;
    }
}
