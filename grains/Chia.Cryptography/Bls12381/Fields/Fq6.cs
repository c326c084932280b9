using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>An element c0 + c1·v + c2·v² of Fq6 = Fq2[v]/(v³ - ξ), ξ = 1+u (BLS.md 8).</summary>
internal struct Fq6
{
    internal Fq2 C0;
    internal Fq2 C1;
    internal Fq2 C2;

    /// <summary>1.</summary>
    public static readonly Fq6 One = new() { C0 = Fq2.One };

    /// <summary>Equality in the field.</summary>
    public static bool AreEqual(in Fq6 x, in Fq6 y) =>
        Fq2.AreEqual(in x.C0, in y.C0) && Fq2.AreEqual(in x.C1, in y.C1) && Fq2.AreEqual(in x.C2, in y.C2);

    /// <summary>r = x - y.</summary>
    public static void Subtract(out Fq6 r, in Fq6 x, in Fq6 y)
    {
        Unsafe.SkipInit(out r);
        Fq2.Subtract(out r.C0, in x.C0, in y.C0);
        Fq2.Subtract(out r.C1, in x.C1, in y.C1);
        Fq2.Subtract(out r.C2, in x.C2, in y.C2);
    }

    /// <summary>r = -x.</summary>
    public static void Negate(out Fq6 r, in Fq6 x)
    {
        Unsafe.SkipInit(out r);
        Fq2.Negate(out r.C0, in x.C0);
        Fq2.Negate(out r.C1, in x.C1);
        Fq2.Negate(out r.C2, in x.C2);
    }

    /// <summary>r = x + y without carries, for a side of a product: not stored form.</summary>
    public static void AddLoose(out Fq6 r, in Fq6 x, in Fq6 y)
    {
        Unsafe.SkipInit(out r);
        Fq2.AddLoose(out r.C0, in x.C0, in y.C0);
        Fq2.AddLoose(out r.C1, in x.C1, in y.C1);
        Fq2.AddLoose(out r.C2, in x.C2, in y.C2);
    }

    /// <summary>r = v·x.</summary>
    [SkipLocalsInit]
    public static void MultiplyByV(out Fq6 r, in Fq6 x)
    {
        Fq2.MultiplyByXi(out var first, in x.C2);
        Unsafe.SkipInit(out r);
        r.C2 = x.C1;
        r.C1 = x.C0;
        r.C0 = first;
    }

    /// <summary>r = x·y; limbs of up to 56 bits.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Fq6 r, in Fq6 x, in Fq6 y)
    {
        Fq6Wide.Multiply(out var wide, in x, in y);
        Fq6Wide.Reduce(out r, in wide);
    }

    /// <summary>r = 1/x, and 0 for 0.</summary>
    [SkipLocalsInit]
    public static void Invert(out Fq6 r, in Fq6 x)
    {
        // Rows of the adjugate of multiplication by x.
        Fq2.Square(out var a, in x.C0);
        Fq2.Multiply(out var t, in x.C1, in x.C2);
        Fq2.MultiplyByXi(out t, in t);
        Fq2.Subtract(out a, in a, in t);

        Fq2.Square(out var b, in x.C2);
        Fq2.MultiplyByXi(out b, in b);
        Fq2.Multiply(out t, in x.C0, in x.C1);
        Fq2.Subtract(out b, in b, in t);

        Fq2.Square(out var c, in x.C1);
        Fq2.Multiply(out t, in x.C0, in x.C2);
        Fq2.Subtract(out c, in c, in t);

        Fq2.Multiply(out var determinant, in x.C1, in c);
        Fq2.Multiply(out t, in x.C2, in b);
        Fq2.Add(out determinant, in determinant, in t);
        Fq2.MultiplyByXi(out determinant, in determinant);
        Fq2.Multiply(out t, in x.C0, in a);
        Fq2.Add(out determinant, in determinant, in t);
        Fq2.Invert(out determinant, in determinant);

        Unsafe.SkipInit(out r);
        Fq2.Multiply(out r.C0, in a, in determinant);
        Fq2.Multiply(out r.C1, in b, in determinant);
        Fq2.Multiply(out r.C2, in c, in determinant);
    }
}
