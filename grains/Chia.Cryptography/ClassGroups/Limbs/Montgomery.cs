using System.Numerics;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>Powers of a small base modulo an odd number, in Montgomery form: x is kept as x·2^(64n) mod m.</summary>
internal static unsafe class Montgomery
{
    /// <summary>r = base^e mod m; see <see cref="ILimbArithmetic.PowerModulo"/>.</summary>
    public static void Power(ulong* r, uint @base, ulong* e, int en, ulong* m, int n)
    {
        var negatedInverse = NegatedInverse(m[0]);
        var product = stackalloc ulong[(2 * n) + 1];
        var x = stackalloc ulong[n + 1];
        One(x, m, n);
        MultiplySmall(x, @base, m, n);
        for (var bit = (en * 64) - 2 - BitOperations.LeadingZeroCount(e[en - 1]); bit >= 0; bit--)
        {
            ManagedLimbs.Square(product, x, n);
            Reduce(x, product, m, n, negatedInverse);
            if ((e[bit >> 6] >> (bit & 63) & 1) != 0)
                MultiplySmall(x, @base, m, n);
        }

        LimbKernels.Copy(product, x, n);
        LimbKernels.Clear(product + n, n);
        Reduce(r, product, m, n, negatedInverse);
    }

    /// <summary>−1/m mod 2^64 by Newton's iteration; each step doubles the number of right bits, m itself has three.</summary>
    private static ulong NegatedInverse(ulong m)
    {
        var inverse = m;
        for (var i = 0; i < 5; i++)
            inverse *= 2 - (m * inverse);
        return 0 - inverse;
    }

    /// <summary>x = 2^(64n) mod m.</summary>
    private static void One(ulong* x, ulong* m, int n)
    {
        var dividend = stackalloc ulong[n + 1];
        var quotient = stackalloc ulong[2];
        LimbKernels.Clear(dividend, n);
        dividend[n] = 1;
        ManagedLimbs.DivideWithRemainder(quotient, x, dividend, n + 1, m, n);
    }

    /// <summary>x = x·w mod m, for w of a few units: subtracts m as often as needed.</summary>
    private static void MultiplySmall(ulong* x, uint w, ulong* m, int n)
    {
        var high = LimbKernels.Multiply(x, x, n, w);
        while (high != 0 || LimbKernels.Compare(x, m, n) >= 0)
            high -= LimbKernels.Subtract(x, x, m, n);
    }

    /// <summary>r = product/2^(64n) mod m; destroys the product, which has 2n limbs and room for one more.</summary>
    private static void Reduce(ulong* r, ulong* product, ulong* m, int n, ulong negatedInverse)
    {
        ulong top = 0;
        for (var i = 0; i < n; i++)
        {
            var carry = LimbKernels.AddMultiple(product + i, m, n, product[i] * negatedInverse);
            var sum = product[i + n] + carry;
            var overflow = sum < carry ? 1UL : 0;
            sum += top;
            top = overflow | (sum < top ? 1UL : 0);
            product[i + n] = sum;
        }

        if (top != 0 || LimbKernels.Compare(product + n, m, n) >= 0)
            LimbKernels.Subtract(r, product + n, m, n);
        else
            LimbKernels.Copy(r, product + n, n);
    }
}
