using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>Loops over limbs in plain C#. Lengths may be 0; results may be their own first operand.</summary>
internal static unsafe class LimbKernels
{
    /// <summary>
    /// The upper limb of x·y, and the lower. Two instructions where the processor has them: the one that gives both limbs at once goes
    /// through memory in .NET 10, and costs three times as much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Product(ulong x, ulong y, out ulong low)
    {
        if (!Bmi2.X64.IsSupported)
            return Math.BigMul(x, y, out low);
        low = x * y;
        return Bmi2.X64.MultiplyNoFlags(x, y);
    }

    /// <summary>r = x·w; returns the limb that is carried out.</summary>
    public static ulong Multiply(ulong* r, ulong* x, int n, ulong w)
    {
        ulong carry = 0;
        for (var i = 0; i < n; i++)
        {
            var high = Product(x[i], w, out var low);
            low += carry;
            carry = high + (low < carry ? 1UL : 0);
            r[i] = low;
        }

        return carry;
    }

    /// <summary>r += x·w; returns the limb that is carried out.</summary>
    public static ulong AddMultiple(ulong* r, ulong* x, int n, ulong w)
    {
        ulong carry = 0;
        for (var i = 0; i < n; i++)
        {
            // The carry comes last: what waits for the limb before is one addition and one comparison.
            var high = Product(x[i], w, out var low);
            var sum = r[i] + low;
            high += sum < low ? 1UL : 0;
            r[i] = sum + carry;
            carry = high + (r[i] < carry ? 1UL : 0);
        }

        return carry;
    }

    /// <summary>
    /// r += x·(w0 + w1·2^64) for r of n limbs, the upper two of the n + 2 being written first here: two rows of a product whose carries do
    /// not wait for each other.
    /// </summary>
    public static void AddTwoMultiples(ulong* r, ulong* x, int n, ulong w0, ulong w1)
    {
        ulong carry0 = 0, carry1 = 0, before = 0;
        for (var i = 0; i < n; i++)
        {
            var high0 = Product(x[i], w0, out var low0);
            var high1 = Product(before, w1, out var low1);
            before = x[i];
            var sum = r[i] + low0;
            high0 += sum < low0 ? 1UL : 0;
            sum += carry0;
            carry0 = high0 + (sum < carry0 ? 1UL : 0);
            low1 += carry1;
            high1 += low1 < carry1 ? 1UL : 0;
            sum += low1;
            carry1 = high1 + (sum < low1 ? 1UL : 0);
            r[i] = sum;
        }

        var high = Product(before, w1, out var low);
        low += carry1;
        high += low < carry1 ? 1UL : 0;
        r[n] = low + carry0;
        r[n + 1] = high + (r[n] < low ? 1UL : 0);
    }

    /// <summary>r −= x·w; returns the limb that is borrowed.</summary>
    public static ulong SubtractMultiple(ulong* r, ulong* x, int n, ulong w)
    {
        ulong borrow = 0;
        for (var i = 0; i < n; i++)
        {
            var high = Product(x[i], w, out var low);
            low += borrow;
            high += low < borrow ? 1UL : 0;
            var old = r[i];
            r[i] = old - low;
            borrow = high + (old < low ? 1UL : 0);
        }

        return borrow;
    }

    /// <summary>r = x + y over n limbs; returns the carry.</summary>
    public static ulong Add(ulong* r, ulong* x, ulong* y, int n)
    {
        ulong carry = 0;
        for (var i = 0; i < n; i++)
        {
            var sum = x[i] + y[i];
            var overflow = sum < x[i] ? 1UL : 0;
            var total = sum + carry;
            carry = overflow | (total < sum ? 1UL : 0);
            r[i] = total;
        }

        return carry;
    }

    /// <summary>r = x − y over n limbs; returns the borrow.</summary>
    public static ulong Subtract(ulong* r, ulong* x, ulong* y, int n)
    {
        ulong borrow = 0;
        for (var i = 0; i < n; i++)
        {
            ulong left = x[i], right = y[i];
            var difference = left - right;
            var underflow = left < right ? 1UL : 0;
            r[i] = difference - borrow;
            borrow = underflow | (difference < borrow ? 1UL : 0);
        }

        return borrow;
    }

    /// <summary>x = 2^(64n) − x, or 0 for 0.</summary>
    public static void Negate(ulong* x, int n)
    {
        ulong carry = 1;
        for (var i = 0; i < n; i++)
        {
            x[i] = ~x[i] + carry;
            carry &= x[i] == 0 ? 1UL : 0;
        }
    }

    /// <summary>The sign of x − y over n limbs.</summary>
    public static int Compare(ulong* x, ulong* y, int n)
    {
        while (--n >= 0)
        {
            if (x[n] != y[n])
                return x[n] > y[n] ? 1 : -1;
        }

        return 0;
    }

    /// <summary>r = x·2^shift with shift &lt; 64; returns the bits shifted out.</summary>
    public static ulong ShiftLeft(ulong* r, ulong* x, int n, int shift)
    {
        if (shift == 0)
        {
            Copy(r, x, n);
            return 0;
        }

        ulong carry = 0;
        for (var i = 0; i < n; i++)
        {
            var limb = x[i];
            r[i] = (limb << shift) | carry;
            carry = limb >> (64 - shift);
        }

        return carry;
    }

    /// <summary>r = ⌊x/2^shift⌋ with shift &lt; 64.</summary>
    public static void ShiftRight(ulong* r, ulong* x, int n, int shift)
    {
        if (shift == 0)
        {
            Copy(r, x, n);
            return;
        }

        for (var i = 0; i < n; i++)
            r[i] = (x[i] >> shift) | (i + 1 < n ? x[i + 1] << (64 - shift) : 0);
    }

    /// <summary>r = x.</summary>
    public static void Copy(ulong* r, ulong* x, int n)
    {
        for (var i = 0; i < n; i++)
            r[i] = x[i];
    }

    /// <summary>x[0..n) = 0.</summary>
    public static void Clear(ulong* x, int n)
    {
        for (var i = 0; i < n; i++)
            x[i] = 0;
    }

    /// <summary>The length without leading zero limbs.</summary>
    public static int Normalize(ulong* x, int n)
    {
        while (n > 0 && x[n - 1] == 0)
            n--;
        return n;
    }

    /// <summary>(high·2^64 + low) divided by d > high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Quotient, ulong Remainder) Divide(ulong high, ulong low, ulong d)
    {
#pragma warning disable SYSLIB5004 // Marked as still under evaluation; the fallback below gives the same.
        if (X86Base.X64.IsSupported)
            return X86Base.X64.DivRem(low, high, d);
#pragma warning restore SYSLIB5004
        var quotient = (ulong)(new UInt128(high, low) / d);
        return (quotient, low - (quotient * d));
    }
}
