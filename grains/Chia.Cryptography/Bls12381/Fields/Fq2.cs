using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Bls12381;

/// <summary>An element c0 + c1·u of Fq2 = Fq[u]/(u²+1) (BLS.md 1), both parts in stored form.</summary>
internal partial struct Fq2
{
    internal Fq C0;
    internal Fq C1;

    /// <summary>1.</summary>
    public static readonly Fq2 One = new() { C0 = Fq.One };

    /// <summary>The element with these two big-endian hexadecimal coefficients.</summary>
    public static Fq2 FromHex(string c0, string c1) => new() { C0 = Fq.FromHex(c0), C1 = Fq.FromHex(c1) };

    /// <summary>True for 0.</summary>
    public readonly bool IsZero() => C0.IsZero() && C1.IsZero();

    /// <summary>Equality in the field.</summary>
    public static bool AreEqual(in Fq2 x, in Fq2 y) => Fq.AreEqual(in x.C0, in y.C0) && Fq.AreEqual(in x.C1, in y.C1);

    /// <summary>r = x + y.</summary>
    [SkipLocalsInit]
    public static void Add(out Fq2 r, in Fq2 x, in Fq2 y)
    {
        Unsafe.SkipInit(out r);
        Fq.Add(out r.C0, in x.C0, in y.C0);
        Fq.Add(out r.C1, in x.C1, in y.C1);
    }

    /// <summary>r = x - y.</summary>
    [SkipLocalsInit]
    public static void Subtract(out Fq2 r, in Fq2 x, in Fq2 y)
    {
        Unsafe.SkipInit(out r);
        Fq.Subtract(out r.C0, in x.C0, in y.C0);
        Fq.Subtract(out r.C1, in x.C1, in y.C1);
    }

    /// <summary>r = -x.</summary>
    [SkipLocalsInit]
    public static void Negate(out Fq2 r, in Fq2 x)
    {
        Unsafe.SkipInit(out r);
        Fq.Negate(out r.C0, in x.C0);
        Fq.Negate(out r.C1, in x.C1);
    }

    /// <summary>r = conj(x) = c0 - c1·u, which is x^q.</summary>
    [SkipLocalsInit]
    public static void Conjugate(out Fq2 r, in Fq2 x)
    {
        Unsafe.SkipInit(out r);
        r.C0 = x.C0;
        Fq.Negate(out r.C1, in x.C1);
    }

    /// <summary>r = (1+u)·x, the non-residue ξ of the tower.</summary>
    [SkipLocalsInit]
    public static void MultiplyByXi(out Fq2 r, in Fq2 x)
    {
        Fq.Subtract(out var real, in x.C0, in x.C1);
        Unsafe.SkipInit(out r);
        Fq.Add(out r.C1, in x.C0, in x.C1);
        r.C0 = real;
    }

    /// <summary>r = 12(1+u)·x, three times the curve's constant.</summary>
    [SkipLocalsInit]
    public static void MultiplyByTwelveXi(out Fq2 r, in Fq2 x)
    {
        Fq.Subtract(out var real, in x.C0, in x.C1);
        Fq.Add(out var imaginary, in x.C0, in x.C1);
        Unsafe.SkipInit(out r);
        Fq.MultiplySmall(out r.C0, in real, 12);
        Fq.MultiplySmall(out r.C1, in imaginary, 12);
    }

    /// <summary>r = x + y without carries, for a side of a product: not stored form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLoose(out Fq2 r, in Fq2 x, in Fq2 y)
    {
        Unsafe.SkipInit(out r);
        Fq.AddLoose(out r.C0, in x.C0, in y.C0);
        Fq.AddLoose(out r.C1, in x.C1, in y.C1);
    }

    /// <summary>r = x - y without carries, for a side of a product: not stored form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SubtractLoose(out Fq2 r, in Fq2 x, in Fq2 y)
    {
        Unsafe.SkipInit(out r);
        Fq.SubtractLoose(out r.C0, in x.C0, in y.C0);
        Fq.SubtractLoose(out r.C1, in x.C1, in y.C1);
    }

    /// <summary>r = 2(x - y - z).</summary>
    public static void TwiceDifference(out Fq2 r, in Fq2 x, in Fq2 y, in Fq2 z)
    {
        Unsafe.SkipInit(out r);
        Fq.TwiceDifference(out r.C0, in x.C0, in y.C0, in z.C0);
        Fq.TwiceDifference(out r.C1, in x.C1, in y.C1, in z.C1);
    }

    /// <summary>r = x - k*y for k up to 12.</summary>
    public static void SubtractMultiple(out Fq2 r, in Fq2 x, in Fq2 y, ulong k)
    {
        Unsafe.SkipInit(out r);
        Fq.SubtractMultiple(out r.C0, in x.C0, in y.C0, k);
        Fq.SubtractMultiple(out r.C1, in x.C1, in y.C1, k);
    }

    /// <summary>r = x·y by Karatsuba's method, each part reduced once. Parts of up to 57 bits a limb.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Fq2 r, in Fq2 x, in Fq2 y)
    {
        Fq.AddLoose(out var sumX, in x.C0, in x.C1);
        Fq.AddLoose(out var sumY, in y.C0, in y.C1);
        FqWide.Multiply(out var reals, in x.C0, in y.C0);
        FqWide.Multiply(out var imaginaries, in x.C1, in y.C1);
        FqWide.Multiply(out var cross, in sumX, in sumY);
        Unsafe.SkipInit(out r);
        FqWide.ReduceDifference(out r.C0, in reals, in imaginaries);
        FqWide.ReduceMiddle(out r.C1, in cross, in reals, in imaginaries);
    }

    /// <summary>r = x² by three squarings, which here cost less than two products. Parts of up to 57 bits a limb.</summary>
    [SkipLocalsInit]
    public static void Square(out Fq2 r, in Fq2 x)
    {
        Fq.AddLoose(out var sum, in x.C0, in x.C1);
        FqWide.Square(out var reals, in x.C0);
        FqWide.Square(out var imaginaries, in x.C1);
        FqWide.Square(out var cross, in sum);
        Unsafe.SkipInit(out r);
        FqWide.ReduceDifference(out r.C0, in reals, in imaginaries);
        FqWide.ReduceMiddle(out r.C1, in cross, in reals, in imaginaries);
    }

    /// <summary>r = x·k for k in Fq.</summary>
    [SkipLocalsInit]
    public static void MultiplyByFq(out Fq2 r, in Fq2 x, in Fq k)
    {
        Unsafe.SkipInit(out r);
        var factor = k;
        Fq.Multiply(out r.C0, in x.C0, in factor);
        Fq.Multiply(out r.C1, in x.C1, in factor);
    }

    /// <summary>r = c0² + c1², the norm to Fq.</summary>
    [SkipLocalsInit]
    public static void Norm(out Fq r, in Fq2 x)
    {
        FqWide.Square(out var reals, in x.C0);
        FqWide.Square(out var imaginaries, in x.C1);
        FqWide.Add(out reals, in reals, in imaginaries);
        FqWide.Reduce(out r, in reals);
    }

    /// <summary>r = 1/x, and 0 for 0.</summary>
    public static void Invert(out Fq2 r, in Fq2 x)
    {
        Norm(out var norm, in x);
        Fq.Invert(out norm, in norm);
        Conjugate(out var conjugate, in x);
        MultiplyByFq(out r, in conjugate, in norm);
    }
}
