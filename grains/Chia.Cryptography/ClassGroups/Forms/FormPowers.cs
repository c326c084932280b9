using System.Numerics;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>Powers of forms with exponents of up to 128 bits. One thread at a time, as the group it works in.</summary>
internal sealed class FormPowers<T>
    where T : struct, ILimbArithmetic
{
    // Signed digits of width 4: odd, at most 7 in magnitude, one in five positions. Inverses are free (b ← −b).
    private const int OddPowers = 4;
    private const int MaximumDigits = 130;

    private readonly ClassGroup<T> _group;
    private readonly Form[] _first;
    private readonly Form[] _second;
    private readonly Form _square;

    public FormPowers(ClassGroup<T> group)
    {
        _group = group;
        var forms = group.NewForms((2 * OddPowers) + 1);
        _first = forms[..OddPowers];
        _second = forms[OddPowers..^1];
        _square = forms[^1];
    }

    /// <summary>r = x^e · y^f with one run of squarings for both; r is neither x nor y.</summary>
    public void DoublePower(Form r, Form x, UInt128 e, Form y, UInt128 f)
    {
        Span<sbyte> digits = stackalloc sbyte[2 * MaximumDigits];
        var first = digits[..MaximumDigits];
        var second = digits[MaximumDigits..];
        var length = Math.Max(Recode(e, first), Recode(f, second));
        Tabulate(_first, x);
        Tabulate(_second, y);
        var empty = true;
        for (var i = length - 1; i >= 0; i--)
        {
            if (!empty)
                _group.Square(r, r);
            Apply(r, _first, first[i], ref empty);
            Apply(r, _second, second[i], ref empty);
        }

        if (empty)
            _group.SetIdentity(r);
    }

    /// <summary>r = x^e for e ≥ 0 of any length; r is not x.</summary>
    public void Power(Form r, Form x, BigInteger e)
    {
        if (e.IsZero)
        {
            _group.SetIdentity(r);
            return;
        }

        r.Set(x);
        for (var bit = (int)e.GetBitLength() - 2; bit >= 0; bit--)
        {
            _group.Square(r, r);
            if (!(e >> bit).IsEven)
                _group.Multiply(r, r, x);
        }
    }

    /// <summary>Digits of the exponent, lowest first; returns how many there are up to the highest that is not zero.</summary>
    private static int Recode(UInt128 exponent, Span<sbyte> digits)
    {
        digits.Clear();
        var length = 0;
        for (var i = 0; exponent != 0; i++)
        {
            var digit = 0;
            if (!UInt128.IsEvenInteger(exponent))
            {
                digit = (int)(exponent & 15);
                if (digit > 8)
                    digit -= 16;
                digits[i] = (sbyte)digit;
                length = i + 1;
            }

            // (exponent − digit)/2, in an order that does not overflow.
            exponent = digit >= 0 ? (exponent - (uint)digit) >> 1 : (exponent >> 1) + (uint)(-digit >> 1) + 1;
        }

        return length;
    }

    private void Tabulate(Form[] table, Form x)
    {
        table[0].Set(x);
        _group.Square(_square, x);
        for (var i = 1; i < table.Length; i++)
            _group.Multiply(table[i], table[i - 1], _square);
    }

    private void Apply(Form r, Form[] table, int digit, ref bool empty)
    {
        if (digit == 0)
            return;
        var factor = table[Math.Abs(digit) >> 1];
        factor.B.Negative ^= digit < 0;
        if (empty)
        {
            r.Set(factor);
            _group.Reduce(r);
        }
        else
        {
            _group.Multiply(r, r, factor);
        }

        factor.B.Negative ^= digit < 0;
        empty = false;
    }
}
