using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Fq12 as polynomials in w over Fq2 with w⁶ = ξ: the readable twin of <see cref="Fq12"/>.</summary>
internal sealed class SlowFq12(params SlowFq2[] c)
{
    public SlowFq2[] C { get; } = c;

    public static SlowFq12 One => new(SlowFq2.One, SlowFq2.Zero, SlowFq2.Zero, SlowFq2.Zero, SlowFq2.Zero, SlowFq2.Zero);

    public static SlowFq12 operator *(SlowFq12 x, SlowFq12 y)
    {
        var r = new SlowFq2[6];
        Array.Fill(r, SlowFq2.Zero);
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
            {
                var product = x.C[i] * y.C[j];
                r[(i + j) % 6] += i + j < 6 ? product : product * SlowFq2.Xi;
            }
        }

        return new SlowFq12(r);
    }

    public SlowFq12 Power(BigInteger exponent)
    {
        var r = One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            r *= r;
            if (!(exponent >> bit).IsEven)
                r *= this;
        }

        return r;
    }

    public Fq12 Fast() => new()
    {
        C0 = new Fq6 { C0 = C[0].Fast(), C1 = C[2].Fast(), C2 = C[4].Fast() },
        C1 = new Fq6 { C0 = C[1].Fast(), C1 = C[3].Fast(), C2 = C[5].Fast() },
    };

    public static SlowFq12 Of(in Fq12 x) => new(
        SlowFq2.Of(in x.C0.C0), SlowFq2.Of(in x.C1.C0), SlowFq2.Of(in x.C0.C1),
        SlowFq2.Of(in x.C1.C1), SlowFq2.Of(in x.C0.C2), SlowFq2.Of(in x.C1.C2));

    public static SlowFq12 Sample(Random random) => new([.. Enumerable.Range(0, 6).Select(_ => SlowFq2.Sample(random))]);
}
