using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// The network's rule for "prime" (CONSENSUS.md 17.1): the strong test to bases 3 and 5, a base divisible by the number
/// counting as passed; 2 is prime, other even numbers and those below 2 are not.
/// </summary>
internal static unsafe class ProbablePrime<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>Tests n, given by its limbs; n[length−1] ≠ 0.</summary>
    public static bool Test(ulong* n, int length)
    {
        if (length == 0 || (n[0] & 1) == 0)
            return length == 1 && n[0] == 2;
        if (length == 1 && n[0] == 1)
            return false;
        return StrongTest(n, length, 3) && StrongTest(n, length, 5);
    }

    /// <summary>The second half of <see cref="Test"/>, for an n &gt; 5 that has passed the first: the strong test to base 5.</summary>
    public static bool TestSecondBase(ulong* n, int length) => StrongTest(n, length, 5);

    private static bool StrongTest(ulong* n, int length, uint @base)
    {
        if (length == 1 && n[0] <= @base && @base % n[0] == 0)
            return true;

        // n − 1 = odd·2^twos.
        var memory = stackalloc ulong[(6 * length) + 1];
        ulong* minusOne = memory, odd = minusOne + length, x = odd + length, product = x + length, quotient = product + (2 * length);
        LimbKernels.Copy(minusOne, n, length);
        minusOne[0]--;
        var twos = 0;
        while ((minusOne[twos >> 6] >> (twos & 63) & 1) == 0)
            twos++;
        var limbs = length - (twos >> 6);
        LimbKernels.ShiftRight(odd, minusOne + (twos >> 6), limbs, twos & 63);
        T.PowerModulo(x, @base, odd, LimbKernels.Normalize(odd, limbs), n, length);
        if (LimbKernels.Normalize(x, length) == 1 && x[0] == 1)
            return true;
        for (var i = 0; ; i++)
        {
            if (LimbKernels.Compare(x, minusOne, length) == 0)
                return true;
            if (i == twos - 1)
                return false;
            T.Square(product, x, length);
            T.DivideWithRemainder(quotient, x, product, 2 * length, n, length);
        }
    }
}
