using System.Numerics;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// Limb arithmetic without a native library: schoolbook methods, right for the 8 to 17 limbs in use; products in vectors where there are
/// any (<see cref="ProductVectors"/>).
/// </summary>
internal readonly unsafe struct ManagedLimbs : ILimbArithmetic
{
    public static string Name => "managed";

    public static void Multiply(ulong* r, ulong* x, int xn, ulong* y, int yn)
    {
        if (!ProductVectors.TryMultiply(r, x, xn, y, yn))
            MultiplyByRows(r, x, xn, y, yn);
    }

    public static void Square(ulong* r, ulong* x, int n)
    {
        if (!ProductVectors.TrySquare(r, x, n))
            SquareByRows(r, x, n);
    }

    /// <summary><see cref="Multiply"/> on words.</summary>
    internal static void MultiplyByRows(ulong* r, ulong* x, int xn, ulong* y, int yn)
    {
        r[xn] = LimbKernels.Multiply(r, x, xn, y[0]);
        var j = 1;
        for (; j + 1 < yn; j += 2)
            LimbKernels.AddTwoMultiples(r + j, x, xn, y[j], y[j + 1]);
        for (; j < yn; j++)
            r[xn + j] = LimbKernels.AddMultiple(r + j, x, xn, y[j]);
    }

    /// <summary><see cref="Square"/> on words.</summary>
    internal static void SquareByRows(ulong* r, ulong* x, int n)
    {
        // The products of different limbs once, doubled; then the squares.
        r[0] = 0;
        if (n > 1)
        {
            r[n] = LimbKernels.Multiply(r + 1, x + 1, n - 1, x[0]);
            for (var i = 1; i < n - 1; i++)
                r[n + i] = LimbKernels.AddMultiple(r + (2 * i) + 1, x + i + 1, n - i - 1, x[i]);
        }

        r[(2 * n) - 1] = 0;
        ulong carry = 0, shifted = 0;
        for (var i = 0; i < n; i++)
        {
            var high = LimbKernels.Product(x[i], x[i], out var low);
            var even = (r[2 * i] << 1) | shifted;
            var odd = (r[(2 * i) + 1] << 1) | (r[2 * i] >> 63);
            shifted = r[(2 * i) + 1] >> 63;
            low += carry;
            high += low < carry ? 1UL : 0;
            even += low;
            high += even < low ? 1UL : 0;
            odd += high;
            carry = odd < high ? 1UL : 0;
            r[2 * i] = even;
            r[(2 * i) + 1] = odd;
        }
    }

    public static void DivideWithRemainder(ulong* q, ulong* r, ulong* x, int xn, ulong* d, int dn)
    {
        if (dn == 1)
        {
            r[0] = DivideByLimb(q, x, xn, d[0]);
            return;
        }

        // Knuth's algorithm D on copies shifted so that the divisor's top bit is set.
        var shift = BitOperations.LeadingZeroCount(d[dn - 1]);
        var u = stackalloc ulong[xn + 1 + dn];
        var v = u + xn + 1;
        u[xn] = LimbKernels.ShiftLeft(u, x, xn, shift);
        LimbKernels.ShiftLeft(v, d, dn, shift);
        ulong top = v[dn - 1], next = v[dn - 2];
        for (var j = xn - dn; j >= 0; j--)
        {
            var quotient = EstimateQuotient(u[j + dn], u[j + dn - 1], u[j + dn - 2], top, next);
            var borrow = LimbKernels.SubtractMultiple(u + j, v, dn, quotient);
            var negative = u[j + dn] < borrow;
            u[j + dn] -= borrow;
            if (negative)
            {
                quotient--;
                u[j + dn] += LimbKernels.Add(u + j, u + j, v, dn);
            }

            q[j] = quotient;
        }

        LimbKernels.ShiftRight(r, u, dn, shift);
    }

    public static void PowerModulo(ulong* r, uint @base, ulong* e, int en, ulong* m, int n) =>
        Montgomery.Power(r, @base, e, en, m, n);

    /// <summary>⌊(u2,u1,u0)/(top,next)⌋ cut to one limb: at most one more than the true quotient digit.</summary>
    private static ulong EstimateQuotient(ulong u2, ulong u1, ulong u0, ulong top, ulong next)
    {
        ulong quotient, remainder;
        if (u2 >= top)
        {
            // u2 = top: the digit is at most 2^64 − 1, and (top, u1) − (2^64 − 1)·top = top + u1.
            (quotient, remainder) = (ulong.MaxValue, top + u1);
            if (remainder < top)
                return quotient;
        }
        else
        {
            (quotient, remainder) = LimbKernels.Divide(u2, u1, top);
        }

        var high = LimbKernels.Product(quotient, next, out var low);
        while (high > remainder || (high == remainder && low > u0))
        {
            quotient--;
            remainder += top;
            if (remainder < top)
                break;
            high -= low < next ? 1UL : 0;
            low -= next;
        }

        return quotient;
    }

    private static ulong DivideByLimb(ulong* q, ulong* x, int xn, ulong d)
    {
        ulong remainder = 0;
        for (var i = xn - 1; i >= 0; i--)
            (q[i], remainder) = LimbKernels.Divide(remainder, x[i], d);
        return remainder;
    }
}
