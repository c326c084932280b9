using System.Numerics;
using System.Runtime.CompilerServices;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>
/// Composition in the class group of one negative discriminant: squaring (NUDUPL), multiplication (NUCOMP) and reduction
/// (VDF.md 3 to 5). Owns the scratch numbers, so it serves one thread at a time and allocates nothing after construction.
/// </summary>
internal sealed unsafe class ClassGroup<T>
    where T : struct, ILimbArithmetic
{
    private const int ScratchNumbers = 10;

    /// <summary>Quotients of a reduction step below this size are found in double precision.</summary>
    private const int MaximumQuotientBits = 48;

    private readonly int _capacity;
    private readonly Euclid<T> _euclid;
    private int _rootBits;
    private readonly FixedInteger _a1, _a2, _k, _m, _s, _n1, _m1, _t, _u, _magnitude;

    public ClassGroup(BigInteger discriminant)
    {
        _capacity = CapacityFor(discriminant);
        var arena = new LimbArena((Euclid<T>.Numbers + ScratchNumbers) * _capacity);
        _euclid = new Euclid<T>(arena, _capacity);
        _a1 = new FixedInteger(arena, _capacity);
        _a2 = new FixedInteger(arena, _capacity);
        _k = new FixedInteger(arena, _capacity);
        _m = new FixedInteger(arena, _capacity);
        _s = new FixedInteger(arena, _capacity);
        _n1 = new FixedInteger(arena, _capacity);
        _m1 = new FixedInteger(arena, _capacity);
        _t = new FixedInteger(arena, _capacity);
        _u = new FixedInteger(arena, _capacity);
        _magnitude = new FixedInteger(arena, _capacity);
        TryUse(discriminant);
    }

    public BigInteger Discriminant { get; private set; }

    /// <summary>
    /// Goes over to another group, keeping the memory, if its numbers have the same size. The forms made for one group can
    /// be given values of the other.
    /// </summary>
    public bool TryUse(BigInteger discriminant)
    {
        if (CapacityFor(discriminant) != _capacity)
            return false;
        Discriminant = discriminant;
        _rootBits = ((int)BigInteger.Abs(discriminant).GetBitLength() + 3) / 4;
        _magnitude.Set(BigInteger.Abs(discriminant));
        return true;
    }

    /// <summary>Some new forms, all in one piece of memory, with undefined values.</summary>
    public Form[] NewForms(int count)
    {
        var arena = new LimbArena(count * Form.Numbers * _capacity);
        var forms = new Form[count];
        for (var i = 0; i < count; i++)
            forms[i] = new Form(arena, _capacity);
        return forms;
    }

    /// <summary>A new form with the given value.</summary>
    public Form NewForm(in QuadraticForm value)
    {
        var form = NewForms(1)[0];
        form.Set(value);
        return form;
    }

    /// <summary>The neutral element (1, 1, (1−D)/4).</summary>
    public void SetIdentity(Form form) => form.Set(new QuadraticForm(1, 1, (1 - Discriminant) / 4));

    /// <summary>Sets c = (b² − D)/4a.</summary>
    public void CompleteC(Form form)
    {
        IntegerMath<T>.Square(_t, form.B);
        IntegerMath<T>.Add(_t, _t, _magnitude);
        IntegerMath<T>.Double(_u, form.A);
        IntegerMath<T>.Double(_u, _u);
        IntegerMath<T>.DivideExactly(form.C, _t, _u);
    }

    /// <summary>
    /// r = f², reduced; f is reduced and may be r.
    /// With k = −c/b mod a, the lattice of the (X, Y) where X ≡ kY mod a carries the form f²; a basis of vectors of
    /// about |D|^(1/4), found by half of Euclid's algorithm on (a, k), gives coefficients that are nearly reduced.
    /// The second basis vector's values follow from the first's by the determinant X2·Y1 − X1·Y2 = ±a, which saves two
    /// of the divisions and the product b² that the formulas of VDF.md 5 spend.
    /// </summary>
    public void Square(Form r, Form f)
    {
        FixedInteger a = f.A, b = f.B, c = f.C;
        _euclid.X.Set(a);
        _euclid.Y.Set(b);
        _euclid.RunToEnd();

        // y·b ≡ gcd(a, b); k = −y·c mod a.
        var inverseNegative = !_euclid.OddSteps ^ b.Negative;
        IntegerMath<T>.Multiply(_t, _euclid.C0, c);
        _t.Negative = !inverseNegative && !_t.IsZero;
        if (!_euclid.X.IsOne)
        {
            // Only a composite discriminant has such forms: a and c give and take the common divisor.
            _u.Set(_euclid.X);
            _m.Set(a);
            IntegerMath<T>.DivideExactly(_a1, _m, _u);
            IntegerMath<T>.Multiply(_s, c, _u);
            (a, c) = (_a1, _s);
        }

        IntegerMath<T>.Modulo(_euclid.Y, _t, a, _u);
        _euclid.X.Set(a);
        _euclid.RunToBits(_rootBits);
        FixedInteger x2 = _euclid.X, x1 = _euclid.Y, y2 = _euclid.C0, y1 = _euclid.C1;
        var sigma = !_euclid.OddSteps;

        // n1 = (σ·b·x1 − c·y1)/a; σ is −1 after an even number of steps.
        IntegerMath<T>.Multiply(_t, b, x1);
        FlipIf(_t, sigma);
        IntegerMath<T>.Multiply(_u, c, y1);
        IntegerMath<T>.Subtract(_t, _t, _u);
        IntegerMath<T>.DivideExactly(_n1, _t, a);

        // p = y2·n1; m2 = (b − σ·p)/y1.
        IntegerMath<T>.Multiply(_k, y2, _n1);
        _t.Set(_k);
        FlipIf(_t, !sigma);
        IntegerMath<T>.Add(_t, _t, b);
        IntegerMath<T>.DivideExactly(_m, _t, y1);

        // B = 2σ(x1·x2 + p) − b.
        IntegerMath<T>.Multiply(_t, x1, x2);
        IntegerMath<T>.Add(_t, _t, _k);
        IntegerMath<T>.Double(_t, _t);
        FlipIf(_t, sigma);
        IntegerMath<T>.Subtract(r.B, _t, b);

        // A = x1² − y1·n1; C = x2² + σ·y2·m2.
        IntegerMath<T>.Square(_t, x1);
        IntegerMath<T>.Multiply(_u, y1, _n1);
        IntegerMath<T>.Subtract(r.A, _t, _u);
        IntegerMath<T>.Square(_t, x2);
        IntegerMath<T>.Multiply(_u, y2, _m);
        FlipIf(_u, sigma);
        IntegerMath<T>.Add(r.C, _t, _u);
        Reduce(r);
    }

    /// <summary>r = f·g, reduced; f and g are reduced, and either may be r.</summary>
    public void Multiply(Form r, Form f, Form g)
    {
        if (Compare(f.A, g.A) > 0)
            (f, g) = (g, f);
        FixedInteger a1 = f.A, a2 = g.A, c2 = g.C;
        IntegerMath<T>.Add(_s, f.B, g.B);
        IntegerMath<T>.Halve(_s, _s);
        IntegerMath<T>.Subtract(_m, f.B, g.B);
        IntegerMath<T>.Halve(_m, _m);

        // v·a2 ≡ d1 = gcd(a1, a2) (mod a1); k = m·v mod a1.
        _euclid.X.Set(a1);
        IntegerMath<T>.Modulo(_euclid.Y, a2, a1, _u);
        _euclid.RunToEnd();
        IntegerMath<T>.Multiply(_k, _m, _euclid.C0);
        FlipIf(_k, !_euclid.OddSteps);
        if (!_euclid.X.IsOne)
            RemoveCommonDivisor(ref a1, ref a2, ref c2);
        IntegerMath<T>.Modulo(_euclid.Y, _k, a1, _u);
        _euclid.X.Set(a1);
        _euclid.RunToBits(_rootBits);
        FixedInteger x2 = _euclid.X, x1 = _euclid.Y, y2 = _euclid.C0, y1 = _euclid.C1;
        var sigma = !_euclid.OddSteps;

        // m1 = (a2·x1 + σ·m·y1)/a1; n1 = (s·x1 − σ·c2·y1)/a1.
        IntegerMath<T>.Multiply(_t, _m, y1);
        FlipIf(_t, sigma);
        IntegerMath<T>.Multiply(_u, a2, x1);
        IntegerMath<T>.Add(_t, _t, _u);
        IntegerMath<T>.DivideExactly(_m1, _t, a1);
        IntegerMath<T>.Multiply(_t, c2, y1);
        FlipIf(_t, !sigma);
        IntegerMath<T>.Multiply(_u, _s, x1);
        IntegerMath<T>.Add(_t, _t, _u);
        IntegerMath<T>.DivideExactly(_n1, _t, a1);

        // m2 = (a2 − y2·m1)/y1; n2 = (s − y2·n1)/y1.
        IntegerMath<T>.Multiply(_t, y2, _m1);
        IntegerMath<T>.Subtract(_t, a2, _t);
        IntegerMath<T>.DivideExactly(_k, _t, y1);
        IntegerMath<T>.Multiply(_u, y2, _n1);
        IntegerMath<T>.Subtract(_t, _s, _u);
        IntegerMath<T>.DivideExactly(_m, _t, y1);

        // B = 2(σ·x2·m1 + y2·n1) − b1.
        IntegerMath<T>.Multiply(_t, x2, _m1);
        FlipIf(_t, sigma);
        IntegerMath<T>.Add(_t, _t, _u);
        IntegerMath<T>.Double(_t, _t);
        IntegerMath<T>.Subtract(r.B, _t, f.B);

        // A = x1·m1 − σ·y1·n1; C = x2·m2 + σ·y2·n2.
        IntegerMath<T>.Multiply(_t, x1, _m1);
        IntegerMath<T>.Multiply(_u, y1, _n1);
        FlipIf(_u, !sigma);
        IntegerMath<T>.Add(r.A, _t, _u);
        IntegerMath<T>.Multiply(_t, x2, _k);
        IntegerMath<T>.Multiply(_u, y2, _m);
        FlipIf(_u, sigma);
        IntegerMath<T>.Add(r.C, _t, _u);
        Reduce(r);
    }

    /// <summary>
    /// Step 4 of NUCOMP, for d1 = gcd(a1, a2) ≠ 1: (d, v2, u2) = xgcd(s, d1), k ← k·u2 − v2·c2, and a1, a2, c2 give and
    /// take d.
    /// </summary>
    private void RemoveCommonDivisor(ref FixedInteger a1, ref FixedInteger a2, ref FixedInteger c2)
    {
        _m1.Set(_euclid.X);
        IntegerMath<T>.Modulo(_euclid.Y, _s, _m1, _u);
        _euclid.RunToEnd();
        var v2 = _euclid.C0;
        v2.Negative = !_euclid.OddSteps && !v2.IsZero;

        // u2 = (d − v2·s)/d1.
        IntegerMath<T>.Multiply(_t, v2, _s);
        IntegerMath<T>.Subtract(_t, _euclid.X, _t);
        IntegerMath<T>.DivideExactly(_n1, _t, _m1);
        IntegerMath<T>.Modulo(_t, _k, a1, _u);
        IntegerMath<T>.Multiply(_k, _t, _n1);
        IntegerMath<T>.Multiply(_t, v2, c2);
        IntegerMath<T>.Subtract(_k, _k, _t);
        if (_euclid.X.IsOne)
            return;
        _t.Set(a1);
        IntegerMath<T>.DivideExactly(_a1, _t, _euclid.X);
        _t.Set(a2);
        IntegerMath<T>.DivideExactly(_a2, _t, _euclid.X);
        IntegerMath<T>.Multiply(_m1, c2, _euclid.X);
        _n1.Set(_m1);
        (a1, a2, c2) = (_a1, _a2, _n1);
    }

    /// <summary>Brings a form to −a &lt; b ≤ a ≤ c, b ≥ 0 if a = c (VDF.md 3).</summary>
    public void Reduce(Form f)
    {
        while (true)
        {
            Normalize(f);
            var order = Compare(f.A, f.C);
            if (order < 0 || (order == 0 && !f.B.Negative))
                return;
            f.SwapOuter();
            f.B.Negative = !f.B.Negative;
        }
    }

    /// <summary>Brings b into −a &lt; b ≤ a: with s = b − qa, b ← s − qa and c ← c − qs.</summary>
    private void Normalize(Form f)
    {
        FixedInteger a = f.A, b = f.B, c = f.C;
        while (true)
        {
            var order = Compare(a, b);
            if (order > 0)
                return;
            if (order == 0)
            {
                // b = −a needs one translation more, which leaves c = c + b + a.
                b.Negative = false;
                return;
            }

            var negative = b.Negative;
            var excess = b.BitLength - a.BitLength;
            if (excess < MaximumQuotientBits)
            {
                // About |b|/2a; a neighbour of the nearest integer brings b down too, and the loop does the rest.
                var ratio = (double)b.LeadingBits / a.LeadingBits * (1UL << excess);
                var q = Math.Max((ulong)((ratio / 2) + 0.5), 1);
                IntegerMath<T>.AddMultiple(b, a, q, subtract: !negative);
                IntegerMath<T>.AddMultiple(c, b, q, subtract: !negative);
                IntegerMath<T>.AddMultiple(b, a, q, subtract: !negative);
            }
            else
            {
                NormalizeByLongDivision(a, b, c);
            }
        }
    }

    private void NormalizeByLongDivision(FixedInteger a, FixedInteger b, FixedInteger c)
    {
        // q = ⌊|b|/2a⌋ with the sign of b.
        IntegerMath<T>.Double(_t, a);
        IntegerMath<T>.DivideMagnitudes(_u, _s, b, _t);
        _u.Negative = b.Negative && !_u.IsZero;
        IntegerMath<T>.Multiply(_m, _u, a);
        IntegerMath<T>.Subtract(b, b, _m);
        IntegerMath<T>.Multiply(_t, _u, b);
        IntegerMath<T>.Subtract(c, c, _t);
        IntegerMath<T>.Subtract(b, b, _m);
    }

    /// <summary>
    /// Limbs of a number. The longest values are products such as k·c (3/4 to 3/2 of |D|) and, for forms with a tiny a,
    /// those of two numbers of |D|'s size; four limbs of slack for carries.
    /// </summary>
    private static int CapacityFor(BigInteger discriminant) =>
        (2 * (((int)BigInteger.Abs(discriminant).GetBitLength() + 63) / 64)) + 4;

    private static int Compare(FixedInteger x, FixedInteger y) =>
        x.Length != y.Length ? x.Length.CompareTo(y.Length) : LimbKernels.Compare(x.Limbs, y.Limbs, x.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FlipIf(FixedInteger x, bool flip) => x.Negative ^= flip && !x.IsZero;
}
