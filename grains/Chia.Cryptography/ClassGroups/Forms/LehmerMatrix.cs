using System.Numerics;
using System.Runtime.CompilerServices;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// Several steps of Euclid's algorithm, found from the leading 128 bits of two numbers and applied to all of their limbs
/// at once (Lehmer). The entries are magnitudes below 2^63; the signs alternate:
/// after an even number of steps (x, y) ← (U0·x − V0·y, V1·y − U1·x), after an odd one (V0·y − U0·x, U1·x − V1·y).
/// </summary>
internal ref struct LehmerMatrix
{
    public ulong U0, V0, U1, V1;

    /// <summary>
    /// All ones after an odd number of steps, otherwise zero: a mask, because a branch on it would be mispredicted every
    /// other time.
    /// </summary>
    private ulong _oddMask;

    /// <summary>An odd number of steps.</summary>
    public readonly bool Odd => _oddMask != 0;

    /// <summary>
    /// Smallest divisor that the word-sized loop goes on with. It keeps every intermediate product within 64 bits
    /// (a divisor is at least four times its cofactor, so quotient times cofactor is below 2^62).
    /// </summary>
    private const ulong SmallestDivisor = 1UL << 32;

    /// <summary>
    /// Finds steps for x ≥ y, given by their leading 128 bits (x with its top bit set, y cut at the same place).
    /// </summary>
    /// <param name="xh">Upper word of x.</param>
    /// <param name="xl">Lower word of x.</param>
    /// <param name="yh">Upper word of y.</param>
    /// <param name="yl">Lower word of y.</param>
    /// <param name="floorBit">
    /// No step is taken once y is at most 2^floorBit, counted in units of the 128-bit numbers' last bit; negative: no floor.
    /// </param>
    /// <returns>False if not one step could be certified.</returns>
    public bool Find(ulong xh, ulong xl, ulong yh, ulong yl, int floorBit)
    {
        U0 = 1;
        V0 = 0;
        U1 = 0;
        V1 = 1;
        _oddMask = 0;
        if (!Run(xh, yh, Floor(floorBit - 64)))
            return false;

        // The same steps on the 128-bit numbers; each is now wrong by less than 2^31 because of what was cut off.
        ulong x1 = xl, x2 = xh, y1 = yl, y2 = yh;
        Combine(U0, V0, x1, x2, y1, y2, _oddMask, out xl, out xh);
        Combine(U1, V1, x1, x2, y1, y2, ~_oddMask, out yl, out yh);
        var zeros = BitOperations.LeadingZeroCount(xh);
        if (zeros is 0 or > 31)
            return true;

        // x has at least 97 bits left: its leading 64 are wrong by less than two units, as Run allows.
        var shift = 64 - zeros;
        var x = (xh << zeros) | (xl >> shift);
        var y = (yh << zeros) | (yl >> shift);
        var second = new LehmerMatrix { U0 = 1, V1 = 1 };
        if (second.Run(x, y, Floor(floorBit - shift)))
            Append(second);
        return true;
    }

    /// <summary>Finds all steps, or as many as the cofactors allow, for x ≥ y of one word, until y is at most the floor.</summary>
    /// <returns>False if not one step fits.</returns>
    public bool FindExact(ulong x, ulong y, ulong floor)
    {
        U0 = 1;
        V0 = 0;
        U1 = 0;
        V1 = 1;
        _oddMask = 0;
        while (y > floor)
        {
            var q = x / y;
            var carry = LimbKernels.Product(q, V1, out var v2);
            v2 += V0;
            if (carry != 0 || v2 > long.MaxValue)
                break;
            (x, y) = (y, x - (q * y));
            (U0, U1) = (U1, U0 + (q * U1));
            (V0, V1) = (V1, v2);
            _oddMask = ~_oddMask;
        }

        return U1 != 0;
    }

    /// <summary>Applies the steps to two numbers of n limbs each.</summary>
    public readonly unsafe void ApplyToRemainders(ulong* x, ulong* y, int n)
    {
        // x ← p·f − q·g and y ← s·g − t·f with signed carries, where f and g are x and y, or y and x if odd.
        ulong swap0 = (U0 ^ V0) & _oddMask, swap1 = (U1 ^ V1) & _oddMask, swap = ((ulong)x ^ (ulong)y) & _oddMask;
        ulong p = U0 ^ swap0, q = V0 ^ swap0, s = V1 ^ swap1, t = U1 ^ swap1;
        ulong* f = (ulong*)((ulong)x ^ swap), g = (ulong*)((ulong)y ^ swap);
        long carryX = 0, carryY = 0;
        for (var i = 0; i < n; i++)
        {
            ulong fi = f[i], gi = g[i];
            x[i] = Step(p, fi, q, gi, ref carryX);
            y[i] = Step(s, gi, t, fi, ref carryY);
        }
    }

    /// <summary>Applies the steps to two cofactors of n limbs each; returns their new length, at most n + 1.</summary>
    public readonly unsafe int ApplyToCofactors(ulong* c0, ulong* c1, int n)
    {
        ulong carry0 = 0, carry1 = 0;
        for (var i = 0; i < n; i++)
        {
            ulong f = c0[i], g = c1[i];
            c0[i] = Sum(U0, f, V0, g, ref carry0);
            c1[i] = Sum(U1, f, V1, g, ref carry1);
        }

        if ((carry0 | carry1) == 0)
            return n;
        c0[n] = carry0;
        c1[n] = carry1;
        return n + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong p, ulong f, ulong q, ulong g, ref long carry)
    {
        var high = LimbKernels.Product(p, f, out var low);
        var high2 = LimbKernels.Product(q, g, out var low2);
        var difference = low - low2;
        high = high - high2 - (low < low2 ? 1UL : 0) + (ulong)(carry >> 63);
        var result = difference + (ulong)carry;
        carry = (long)(high + (result < difference ? 1UL : 0));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(ulong p, ulong f, ulong q, ulong g, ref ulong carry)
    {
        // Entries are below 2^63, so both products and the carry fit into 128 bits.
        var high = LimbKernels.Product(p, f, out var low);
        high += LimbKernels.Product(q, g, out var low2);
        low += low2;
        high += low < low2 ? 1UL : 0;
        low += carry;
        carry = high + (low < carry ? 1UL : 0);
        return low;
    }

    /// <summary>The matrix of these steps followed by those of <paramref name="next"/>.</summary>
    private void Append(in LehmerMatrix next)
    {
        (ulong u0, ulong v0) = (U0, V0);
        U0 = (next.U0 * u0) + (next.V0 * U1);
        V0 = (next.U0 * v0) + (next.V0 * V1);
        U1 = (next.U1 * u0) + (next.V1 * U1);
        V1 = (next.U1 * v0) + (next.V1 * V1);
        _oddMask ^= next._oddMask;
    }

    private static ulong Floor(int bit) => bit > 63 ? ulong.MaxValue : Math.Max(bit < 0 ? 0 : 1UL << bit, SmallestDivisor);

    /// <summary>
    /// Euclid on words that are off by less than two units each. After steps with cofactors (u, v), u ≤ v, a remainder is
    /// off by less than 4v; as long as it and its distance to the divisor stay above that, the quotients are the true ones.
    /// </summary>
    private bool Run(ulong x, ulong y, ulong floor)
    {
        ulong u0 = 1, v0 = 0, u1 = 0, v1 = 1;
        ulong odd = 0;
        while (y > floor)
        {
            var q = x / y;
            var r = x - (q * y);
            var u2 = u0 + (q * u1);
            var v2 = v0 + (q * v1);
            if (r < v2 << 2 || y - r < (v1 + v2) << 2)
                break;
            x = y;
            y = r;
            u0 = u1;
            u1 = u2;
            v0 = v1;
            v1 = v2;
            odd = ~odd;
        }

        (U0, V0, U1, V1, _oddMask) = (u0, v0, u1, v1, odd);
        return u1 != 0;
    }

    /// <summary>±(u·x − v·y) modulo 2^128, for u, v below 2^32; the minus sign if <paramref name="negate"/> is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(ulong u, ulong v, ulong xl, ulong xh, ulong yl, ulong yh, ulong negate, out ulong low, out ulong high)
    {
        var uh = LimbKernels.Product(u, xl, out var ul) + (u * xh);
        var vh = LimbKernels.Product(v, yl, out var vl) + (v * yh);
        ulong swapLow = (ul ^ vl) & negate, swapHigh = (uh ^ vh) & negate;
        ul ^= swapLow;
        vl ^= swapLow;
        low = ul - vl;
        high = (uh ^ swapHigh) - (vh ^ swapHigh) - (ul < vl ? 1UL : 0);
    }
}
