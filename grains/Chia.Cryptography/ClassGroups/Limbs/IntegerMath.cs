namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// Signed arithmetic on <see cref="FixedInteger"/>. A result may be one of the operands where a method says so; operands
/// may always be the same object.
/// </summary>
internal static unsafe class IntegerMath<T>
    where T : struct, ILimbArithmetic
{
    /// <summary>r = x·y; r is neither.</summary>
    public static void Multiply(FixedInteger r, FixedInteger x, FixedInteger y)
    {
        if (x.Length < y.Length)
            (x, y) = (y, x);
        r.Require(x.Length + y.Length);
        if (y.Length == 0)
        {
            r.SetLength(0, false);
            return;
        }

        T.Multiply(r.Limbs, x.Limbs, x.Length, y.Limbs, y.Length);
        r.SetLength(x.Length + y.Length, x.Negative != y.Negative);
    }

    /// <summary>r = x²; r is not x.</summary>
    public static void Square(FixedInteger r, FixedInteger x)
    {
        r.Require(2 * x.Length);
        if (x.Length != 0)
            T.Square(r.Limbs, x.Limbs, x.Length);
        r.SetLength(2 * x.Length, false);
    }

    /// <summary>r = x + y; r may be x or y.</summary>
    public static void Add(FixedInteger r, FixedInteger x, FixedInteger y) => Combine(r, x, y, y.Negative);

    /// <summary>r = x − y; r may be x or y.</summary>
    public static void Subtract(FixedInteger r, FixedInteger x, FixedInteger y) => Combine(r, x, y, !y.Negative);

    /// <summary>r = 2x; r may be x.</summary>
    public static void Double(FixedInteger r, FixedInteger x)
    {
        r.Require(x.Length + 1);
        r.Limbs[x.Length] = LimbKernels.ShiftLeft(r.Limbs, x.Limbs, x.Length, 1);
        r.SetLength(x.Length + 1, x.Negative);
    }

    /// <summary>r = x/2 for even x; r may be x.</summary>
    public static void Halve(FixedInteger r, FixedInteger x)
    {
        r.Require(x.Length);
        LimbKernels.ShiftRight(r.Limbs, x.Limbs, x.Length, 1);
        r.SetLength(x.Length, x.Negative);
    }

    /// <summary>
    /// quotient and remainder of |x|/|d|, signs ignored; remainder may be x, otherwise all differ.
    /// </summary>
    public static void DivideMagnitudes(FixedInteger quotient, FixedInteger remainder, FixedInteger x, FixedInteger d)
    {
        if (d.Length == 0)
            throw new DivideByZeroException();
        if (x.Length < d.Length)
        {
            remainder.Set(x);
            remainder.Negative = false;
            quotient.SetLength(0, false);
            return;
        }

        var length = x.Length - d.Length + 1;
        quotient.Require(length);
        remainder.Require(d.Length);
        T.DivideWithRemainder(quotient.Limbs, remainder.Limbs, x.Limbs, x.Length, d.Limbs, d.Length);
        quotient.SetLength(length, false);
        remainder.SetLength(d.Length, false);
    }

    /// <summary>
    /// quotient = x/d where d is known to divide x; x becomes 0. A remainder means that the machine or this code has
    /// miscalculated, for the formulas of composition only divide where it comes out even.
    /// </summary>
    public static void DivideExactly(FixedInteger quotient, FixedInteger x, FixedInteger d)
    {
        var negative = x.Negative != d.Negative;
        DivideMagnitudes(quotient, x, x, d);
        if (!x.IsZero)
            throw new ArithmeticException("a division that must be exact left a remainder");
        quotient.Negative = negative && !quotient.IsZero;
    }

    /// <summary>r = x mod m in 0 … m−1 (floor division), m > 0; r may be x; the quotient of magnitudes is destroyed.</summary>
    public static void Modulo(FixedInteger r, FixedInteger x, FixedInteger m, FixedInteger quotient)
    {
        var negative = x.Negative;
        DivideMagnitudes(quotient, r, x, m);
        if (negative && !r.IsZero)
            Subtract(r, m, r);
    }

    /// <summary>r ← r + x·w, or r − x·w; r is not x.</summary>
    public static void AddMultiple(FixedInteger r, FixedInteger x, ulong w, bool subtract)
    {
        var negative = x.Negative != subtract;
        var n = Math.Max(r.Length, x.Length) + 1;
        r.Require(n);
        LimbKernels.Clear(r.Limbs + r.Length, n - r.Length);
        if (r.IsZero || r.Negative == negative)
        {
            var carry = LimbKernels.AddMultiple(r.Limbs, x.Limbs, x.Length, w);
            for (var i = x.Length; carry != 0; i++)
            {
                r.Limbs[i] += carry;
                carry = r.Limbs[i] < carry ? 1UL : 0;
            }
        }
        else
        {
            var borrow = LimbKernels.SubtractMultiple(r.Limbs, x.Limbs, x.Length, w);
            for (var i = x.Length; borrow != 0 && i < n; i++)
            {
                var limb = r.Limbs[i];
                r.Limbs[i] = limb - borrow;
                borrow = limb < borrow ? 1UL : 0;
            }

            if (borrow == 0)
            {
                negative = r.Negative;
            }
            else
            {
                LimbKernels.Negate(r.Limbs, n);
            }
        }

        r.SetLength(n, negative);
    }

    private static void Combine(FixedInteger r, FixedInteger x, FixedInteger y, bool yNegative)
    {
        var xNegative = x.Negative;
        if (x.Length < y.Length)
        {
            (x, y) = (y, x);
            (xNegative, yNegative) = (yNegative, xNegative);
        }

        int n = x.Length, m = y.Length;
        if (xNegative == yNegative)
        {
            r.Require(n + 1);
            var carry = LimbKernels.Add(r.Limbs, x.Limbs, y.Limbs, m);
            for (var i = m; i < n; i++)
            {
                r.Limbs[i] = x.Limbs[i] + carry;
                carry &= r.Limbs[i] == 0 ? 1UL : 0;
            }

            r.Limbs[n] = carry;
            r.SetLength(n + 1, xNegative);
            return;
        }

        if (n == m && LimbKernels.Compare(x.Limbs, y.Limbs, n) < 0)
        {
            (x, y) = (y, x);
            xNegative = yNegative;
        }

        r.Require(n);
        var borrow = LimbKernels.Subtract(r.Limbs, x.Limbs, y.Limbs, m);
        for (var i = m; i < n; i++)
        {
            var limb = x.Limbs[i];
            r.Limbs[i] = limb - borrow;
            borrow &= limb == 0 ? 1UL : 0;
        }

        r.SetLength(n, xNegative);
    }
}
