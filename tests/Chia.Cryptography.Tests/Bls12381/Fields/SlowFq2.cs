using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Fq2 on BigInteger: the readable twin of <see cref="Fq2"/>.</summary>
internal readonly record struct SlowFq2(BigInteger C0, BigInteger C1)
{
    public static readonly SlowFq2 Zero = new(0, 0);

    public static readonly SlowFq2 One = new(1, 0);

    /// <summary>ξ = 1 + u.</summary>
    public static readonly SlowFq2 Xi = new(1, 1);

    public static SlowFq2 operator +(SlowFq2 x, SlowFq2 y) => new(SlowField.Mod(x.C0 + y.C0), SlowField.Mod(x.C1 + y.C1));

    public static SlowFq2 operator -(SlowFq2 x, SlowFq2 y) => new(SlowField.Mod(x.C0 - y.C0), SlowField.Mod(x.C1 - y.C1));

    public static SlowFq2 operator -(SlowFq2 x) => Zero - x;

    public static SlowFq2 operator *(SlowFq2 x, SlowFq2 y) =>
        new(SlowField.Mod((x.C0 * y.C0) - (x.C1 * y.C1)), SlowField.Mod((x.C0 * y.C1) + (x.C1 * y.C0)));

    public SlowFq2 Conjugate() => new(C0, SlowField.Mod(-C1));

    public SlowFq2 Inverse()
    {
        var norm = SlowField.Inverse((C0 * C0) + (C1 * C1));
        return new SlowFq2(SlowField.Mod(C0 * norm), SlowField.Mod(-C1 * norm));
    }

    /// <summary>root2, to the letter.</summary>
    public (bool Ok, SlowFq2 Root) Root2()
    {
        var (ok, s) = SlowField.Root1(SlowField.Mod((C0 * C0) + (C1 * C1)));
        if (!ok)
            return (false, Zero);
        var half = SlowField.Inverse(2);
        BigInteger c0;
        (ok, c0) = SlowField.Root1(SlowField.Mod((C0 + s) * half));
        if (!ok)
            (_, c0) = SlowField.Root1(SlowField.Mod((C0 - s) * half));
        return (true, new SlowFq2(c0, SlowField.Mod(C1 * SlowField.Inverse(2 * c0))));
    }

    public Fq2 Fast() => new() { C0 = SlowField.Fast(C0), C1 = SlowField.Fast(C1) };

    public static SlowFq2 Of(in Fq2 x) => new(SlowField.Slow(in x.C0), SlowField.Slow(in x.C1));

    public static SlowFq2 Sample(Random random) => new(SlowField.Sample(random), SlowField.Sample(random));
}
