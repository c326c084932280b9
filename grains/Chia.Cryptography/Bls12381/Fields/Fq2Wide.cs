using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>An unreduced element of Fq2; sums without carries, reduced once at the end (<see cref="FqWide"/>).</summary>
internal struct Fq2Wide
{
    internal FqWide C0;
    internal FqWide C1;

    /// <summary>r = x·y; parts of up to 57 bits a limb.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Fq2Wide r, in Fq2 x, in Fq2 y)
    {
        Fq.AddLoose(out var sumX, in x.C0, in x.C1);
        Fq.AddLoose(out var sumY, in y.C0, in y.C1);
        FqWide.Multiply(out var reals, in x.C0, in y.C0);
        FqWide.Multiply(out var imaginaries, in x.C1, in y.C1);
        Unsafe.SkipInit(out r);
        FqWide.Multiply(out r.C1, in sumX, in sumY);
        FqWide.SubtractBoth(ref r.C1, in reals, in imaginaries);
        FqWide.Subtract(out r.C0, in reals, in imaginaries);
    }

    /// <summary>r = x²; parts of up to 58 bits a limb.</summary>
    [SkipLocalsInit]
    public static void Square(out Fq2Wide r, in Fq2 x)
    {
        Fq.AddLoose(out var sum, in x.C0, in x.C1);
        FqWide.Square(out var reals, in x.C0);
        FqWide.Square(out var imaginaries, in x.C1);
        Unsafe.SkipInit(out r);
        FqWide.Square(out r.C1, in sum);
        FqWide.SubtractBoth(ref r.C1, in reals, in imaginaries);
        FqWide.Subtract(out r.C0, in reals, in imaginaries);
    }

    /// <summary>r = x + y.</summary>
    public static void Add(out Fq2Wide r, in Fq2Wide x, in Fq2Wide y)
    {
        Unsafe.SkipInit(out r);
        FqWide.Add(out r.C0, in x.C0, in y.C0);
        FqWide.Add(out r.C1, in x.C1, in y.C1);
    }

    /// <summary>r -= x + y.</summary>
    public static void SubtractBoth(ref Fq2Wide r, in Fq2Wide x, in Fq2Wide y)
    {
        FqWide.SubtractBoth(ref r.C0, in x.C0, in y.C0);
        FqWide.SubtractBoth(ref r.C1, in x.C1, in y.C1);
    }

    /// <summary>r = (1+u)·x.</summary>
    [SkipLocalsInit]
    public static void MultiplyByXi(out Fq2Wide r, in Fq2Wide x)
    {
        FqWide.Subtract(out var real, in x.C0, in x.C1);
        Unsafe.SkipInit(out r);
        FqWide.Add(out r.C1, in x.C0, in x.C1);
        r.C0 = real;
    }

    /// <summary>r = x + (1+u)·y.</summary>
    [SkipLocalsInit]
    public static void AddXiTimes(out Fq2Wide r, in Fq2Wide x, in Fq2Wide y)
    {
        FqWide.Subtract(out var real, in y.C0, in y.C1);
        FqWide.Add(out var imaginary, in y.C0, in y.C1);
        Unsafe.SkipInit(out r);
        FqWide.Add(out r.C0, in x.C0, in real);
        FqWide.Add(out r.C1, in x.C1, in imaginary);
    }

    /// <summary>r = w/R, in stored form.</summary>
    public static void Reduce(out Fq2 r, in Fq2Wide w)
    {
        Unsafe.SkipInit(out r);
        FqWide.Reduce(out r.C0, in w.C0);
        FqWide.Reduce(out r.C1, in w.C1);
    }
}
