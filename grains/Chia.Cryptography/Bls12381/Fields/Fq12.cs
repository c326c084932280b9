using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// An element c0 + c1·w of Fq12 = Fq6[w]/(w² - v) (BLS.md 8). As a polynomial in w over Fq2 its coefficients are
/// c0.0, c1.0, c0.1, c1.1, c0.2, c1.2.
/// </summary>
internal struct Fq12
{
    internal Fq6 C0;
    internal Fq6 C1;

    /// <summary>1.</summary>
    public static readonly Fq12 One = new() { C0 = Fq6.One };

    /// <summary>Equality in the field.</summary>
    public static bool AreEqual(in Fq12 x, in Fq12 y) => Fq6.AreEqual(in x.C0, in y.C0) && Fq6.AreEqual(in x.C1, in y.C1);

    /// <summary>r = conj(x) = c0 - c1·w = x^(q⁶): the inverse where the norm to Fq6 is 1.</summary>
    public static void Conjugate(out Fq12 r, in Fq12 x)
    {
        Unsafe.SkipInit(out r);
        r.C0 = x.C0;
        Fq6.Negate(out r.C1, in x.C1);
    }

    /// <summary>r = x·y: three products in Fq6, twelve reductions.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Fq12 r, in Fq12 x, in Fq12 y)
    {
        Fq6Wide.Multiply(out var v0, in x.C0, in y.C0);
        Fq6Wide.Multiply(out var v1, in x.C1, in y.C1);
        Fq6.AddLoose(out var sumX, in x.C0, in x.C1);
        Fq6.AddLoose(out var sumY, in y.C0, in y.C1);
        Fq6Wide.Multiply(out var cross, in sumX, in sumY);
        Fq6Wide.SubtractBoth(ref cross, in v0, in v1);
        Fq6Wide.AddVTimes(out v0, in v0, in v1);
        Unsafe.SkipInit(out r);
        Fq6Wide.Reduce(out r.C0, in v0);
        Fq6Wide.Reduce(out r.C1, in cross);
    }

    /// <summary>r = x² by three squarings in Fq6, twelve reductions.</summary>
    [SkipLocalsInit]
    public static void Square(out Fq12 r, in Fq12 x)
    {
        Fq6Wide.Square(out var v0, in x.C0);
        Fq6Wide.Square(out var v1, in x.C1);
        Fq6.AddLoose(out var sum, in x.C0, in x.C1);
        Fq6Wide.Square(out var cross, in sum);
        Fq6Wide.SubtractBoth(ref cross, in v0, in v1);
        Fq6Wide.AddVTimes(out v0, in v0, in v1);
        Unsafe.SkipInit(out r);
        Fq6Wide.Reduce(out r.C0, in v0);
        Fq6Wide.Reduce(out r.C1, in cross);
    }

    /// <summary>r = x·(a + b·w² + c·w³), a line of the Miller loop: 13 products in Fq2.</summary>
    [SkipLocalsInit]
    public static void MultiplyByLine(out Fq12 r, in Fq12 x, in Fq2 a, in Fq2 b, in Fq2 c)
    {
        Fq6Wide.MultiplyBy01(out var v0, in x.C0, in a, in b);
        Fq6Wide.MultiplyBy1(out var v1, in x.C1, in c);
        Fq6.AddLoose(out var sum, in x.C0, in x.C1);
        Fq2.AddLoose(out var inner, in b, in c);
        Fq6Wide.MultiplyBy01(out var cross, in sum, in a, in inner);
        Fq6Wide.SubtractBoth(ref cross, in v0, in v1);
        Fq6Wide.AddVTimes(out v0, in v0, in v1);
        Unsafe.SkipInit(out r);
        Fq6Wide.Reduce(out r.C0, in v0);
        Fq6Wide.Reduce(out r.C1, in cross);
    }

    /// <summary>r = 1/x, and 0 for 0.</summary>
    [SkipLocalsInit]
    public static void Invert(out Fq12 r, in Fq12 x)
    {
        Fq6.Multiply(out var norm, in x.C0, in x.C0);
        Fq6.Multiply(out var t, in x.C1, in x.C1);
        Fq6.MultiplyByV(out t, in t);
        Fq6.Subtract(out norm, in norm, in t);
        Fq6.Invert(out norm, in norm);
        Unsafe.SkipInit(out r);
        Fq6.Multiply(out var first, in x.C0, in norm);
        Fq6.Negate(out norm, in norm);
        Fq6.Multiply(out r.C1, in x.C1, in norm);
        r.C0 = first;
    }
}
