using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// An unreduced element of Fq6 (<see cref="FqWide"/>). Its products and sums are exact over the integers, Karatsuba's differences
/// included, so what reaches a reduction is bounded as the school-book sum is: at most 16 products of stored elements in a
/// coefficient of Fq12, where a column holds 18.
/// </summary>
internal struct Fq6Wide
{
    internal Fq2Wide C0;
    internal Fq2Wide C1;
    internal Fq2Wide C2;

    /// <summary>r = x·y by Karatsuba's method in three terms: six products in Fq2. Limbs of up to 56 bits.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Fq6Wide r, in Fq6 x, in Fq6 y)
    {
        Fq2Wide.Multiply(out var v0, in x.C0, in y.C0);
        Fq2Wide.Multiply(out var v1, in x.C1, in y.C1);
        Fq2Wide.Multiply(out var v2, in x.C2, in y.C2);

        Fq2.AddLoose(out var sumX, in x.C1, in x.C2);
        Fq2.AddLoose(out var sumY, in y.C1, in y.C2);
        Fq2Wide.Multiply(out var cross, in sumX, in sumY);
        Fq2Wide.SubtractBoth(ref cross, in v1, in v2);
        Unsafe.SkipInit(out r);
        Fq2Wide.AddXiTimes(out r.C0, in v0, in cross);

        Fq2.AddLoose(out sumX, in x.C0, in x.C1);
        Fq2.AddLoose(out sumY, in y.C0, in y.C1);
        Fq2Wide.Multiply(out cross, in sumX, in sumY);
        Fq2Wide.SubtractBoth(ref cross, in v0, in v1);
        Fq2Wide.AddXiTimes(out r.C1, in cross, in v2);

        Fq2.AddLoose(out sumX, in x.C0, in x.C2);
        Fq2.AddLoose(out sumY, in y.C0, in y.C2);
        Fq2Wide.Multiply(out cross, in sumX, in sumY);
        Fq2Wide.SubtractBoth(ref cross, in v0, in v2);
        Fq2Wide.Add(out r.C2, in cross, in v1);
    }

    /// <summary>r = x²: three squarings and two products in Fq2 (Chung and Hasan). Limbs of up to 56 bits.</summary>
    [SkipLocalsInit]
    public static void Square(out Fq6Wide r, in Fq6 x)
    {
        Fq2.AddLoose(out var sum, in x.C0, in x.C1);
        Fq2.AddLoose(out sum, in sum, in x.C2);
        Fq2.AddLoose(out var middle, in x.C1, in x.C1);
        Fq2Wide.Square(out var s0, in x.C0);
        Fq2Wide.Multiply(out var s1, in x.C0, in middle);
        Fq2Wide.Multiply(out var s3, in middle, in x.C2);
        Fq2Wide.Square(out var s4, in x.C2);
        Unsafe.SkipInit(out r);
        Fq2Wide.Square(out r.C2, in sum);
        Fq2Wide.SubtractBoth(ref r.C2, in s0, in s1);
        Fq2Wide.SubtractBoth(ref r.C2, in s3, in s4);
        Fq2Wide.AddXiTimes(out r.C0, in s0, in s3);
        Fq2Wide.AddXiTimes(out r.C1, in s1, in s4);
    }

    /// <summary>r = x·(y0 + y1·v): five products in Fq2. Limbs of up to 56 bits.</summary>
    [SkipLocalsInit]
    public static void MultiplyBy01(out Fq6Wide r, in Fq6 x, in Fq2 y0, in Fq2 y1)
    {
        Fq2Wide.Multiply(out var v0, in x.C0, in y0);
        Fq2Wide.Multiply(out var v1, in x.C1, in y1);

        Unsafe.SkipInit(out r);
        Fq2Wide.Multiply(out var cross, in x.C2, in y1);
        Fq2Wide.AddXiTimes(out r.C0, in v0, in cross);

        Fq2Wide.Multiply(out cross, in x.C2, in y0);
        Fq2Wide.Add(out r.C2, in cross, in v1);

        Fq2.AddLoose(out var sumX, in x.C0, in x.C1);
        Fq2.AddLoose(out var sumY, in y0, in y1);
        Fq2Wide.Multiply(out r.C1, in sumX, in sumY);
        Fq2Wide.SubtractBoth(ref r.C1, in v0, in v1);
    }

    /// <summary>r = x·(y1·v): three products in Fq2. Limbs of up to 57 bits.</summary>
    [SkipLocalsInit]
    public static void MultiplyBy1(out Fq6Wide r, in Fq6 x, in Fq2 y1)
    {
        Unsafe.SkipInit(out r);
        Fq2Wide.Multiply(out var last, in x.C2, in y1);
        Fq2Wide.Multiply(out r.C1, in x.C0, in y1);
        Fq2Wide.Multiply(out r.C2, in x.C1, in y1);
        var nothing = default(Fq2Wide);
        Fq2Wide.AddXiTimes(out r.C0, in nothing, in last);
    }

    /// <summary>r -= x + y.</summary>
    public static void SubtractBoth(ref Fq6Wide r, in Fq6Wide x, in Fq6Wide y)
    {
        Fq2Wide.SubtractBoth(ref r.C0, in x.C0, in y.C0);
        Fq2Wide.SubtractBoth(ref r.C1, in x.C1, in y.C1);
        Fq2Wide.SubtractBoth(ref r.C2, in x.C2, in y.C2);
    }

    /// <summary>r = x + v·y.</summary>
    public static void AddVTimes(out Fq6Wide r, in Fq6Wide x, in Fq6Wide y)
    {
        Unsafe.SkipInit(out r);
        Fq2Wide.AddXiTimes(out r.C0, in x.C0, in y.C2);
        Fq2Wide.Add(out r.C1, in x.C1, in y.C0);
        Fq2Wide.Add(out r.C2, in x.C2, in y.C1);
    }

    /// <summary>r = w/R, in stored form.</summary>
    public static void Reduce(out Fq6 r, in Fq6Wide w)
    {
        Unsafe.SkipInit(out r);
        Fq2Wide.Reduce(out r.C0, in w.C0);
        Fq2Wide.Reduce(out r.C1, in w.C1);
        Fq2Wide.Reduce(out r.C2, in w.C2);
    }
}
