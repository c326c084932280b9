using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Fq2, Fq6 and Fq12 against their twins.</summary>
public class TowerTests
{
    [Fact]
    public void Fq2_agrees_with_the_twin()
    {
        var random = new Random(11);
        for (var round = 0; round < 100; round++)
        {
            var (a, b) = (SlowFq2.Sample(random), SlowFq2.Sample(random));
            var (x, y) = (a.Fast(), b.Fast());
            Fq2.Add(out var r, in x, in y);
            Assert.Equal(a + b, SlowFq2.Of(in r));
            Fq2.Subtract(out r, in x, in y);
            Assert.Equal(a - b, SlowFq2.Of(in r));
            Fq2.Negate(out r, in x);
            Assert.Equal(-a, SlowFq2.Of(in r));
            Fq2.Conjugate(out r, in x);
            Assert.Equal(a.Conjugate(), SlowFq2.Of(in r));
            Fq2.Multiply(out r, in x, in y);
            Assert.Equal(a * b, SlowFq2.Of(in r));
            Fq2.Square(out r, in x);
            Assert.Equal(a * a, SlowFq2.Of(in r));
            Fq2.MultiplyByXi(out r, in x);
            Assert.Equal(a * SlowFq2.Xi, SlowFq2.Of(in r));
            Fq2.MultiplyByFq(out r, in x, in y.C0);
            Assert.Equal(a * new SlowFq2(b.C0, 0), SlowFq2.Of(in r));
            Fq2.Multiply(out x, in x, in x);
            Assert.Equal(a * a, SlowFq2.Of(in x));
        }
    }

    [Fact]
    public void Fq2_roots_agree_with_root2_up_to_the_sign_that_decoding_sets()
    {
        var random = new Random(12);
        var outcomes = new HashSet<(bool Ok, bool Real)>();
        for (var round = 0; round < 60; round++)
        {
            var a = SlowFq2.Sample(random);
            // No u-part every third time: squares, non-squares and 0, where the root must be root2's own.
            if (round % 3 == 0)
                a = new SlowFq2(a.C0, 0);
            if (round == 3)
                a = SlowFq2.Zero;
            var x = a.Fast();
            var (ok, root) = a.Root2();
            Assert.Equal(ok, Fq2Root.TrySquareRoot(out var r, in x));
            outcomes.Add((ok, a.C1.IsZero));
            if (!ok)
                continue;
            var actual = SlowFq2.Of(in r);
            Assert.True(actual == root || (!a.C1.IsZero && actual == -root));
            if (!a.C1.IsZero)
                Assert.Equal(a, actual * actual);
        }

        Assert.Equal(3, outcomes.Count);
    }

    [Fact]
    public void Fq2_inverses_are_inverses()
    {
        var random = new Random(13);
        for (var round = 0; round < 10; round++)
        {
            var a = round == 0 ? SlowFq2.Zero : SlowFq2.Sample(random);
            Fq2.Invert(out var r, a.Fast());
            Assert.Equal(a.Inverse(), SlowFq2.Of(in r));
        }
    }

    [Fact]
    public void Fq12_agrees_with_the_twin()
    {
        var random = new Random(14);
        for (var round = 0; round < 40; round++)
        {
            var (a, b) = (SlowFq12.Sample(random), SlowFq12.Sample(random));
            var (x, y) = (a.Fast(), b.Fast());
            Fq12.Multiply(out var r, in x, in y);
            Assert.Equal((a * b).C, SlowFq12.Of(in r).C);
            Fq12.Square(out r, in x);
            Assert.Equal((a * a).C, SlowFq12.Of(in r).C);
            var line = new SlowFq12(b.C[0], SlowFq2.Zero, b.C[2], b.C[3], SlowFq2.Zero, SlowFq2.Zero);
            Fq12.MultiplyByLine(out r, in x, in y.C0.C0, in y.C0.C1, in y.C1.C1);
            Assert.Equal((a * line).C, SlowFq12.Of(in r).C);
            Fq12.Conjugate(out r, in x);
            Assert.Equal(a.C.Select((c, i) => i % 2 == 0 ? c : -c), SlowFq12.Of(in r).C);
            Fq12.Invert(out r, in x);
            Assert.Equal(SlowFq12.One.C, (SlowFq12.Of(in r) * a).C);
            Fq12.Square(out x, in x);
            Fq12.Multiply(out x, in x, in x);
            Assert.Equal((a * a * a * a).C, SlowFq12.Of(in x).C);
        }
    }

    [Fact]
    public void Fq12_survives_the_fullest_elements()
    {
        var full =
            new Fq { L0 = Fq.Mask, L1 = Fq.Mask, L2 = Fq.Mask, L3 = Fq.Mask, L4 = Fq.Mask, L5 = Fq.Mask, L6 = Fq.Q6 + (Fq.Q6 >> 3) };
        var coefficient = new Fq2 { C0 = full, C1 = full };
        var part = new Fq6 { C0 = coefficient, C1 = coefficient, C2 = coefficient };
        foreach (var mixed in new[] { coefficient, new Fq2 { C0 = full }, new Fq2 { C1 = full } })
        {
            var x = new Fq12 { C0 = part, C1 = part with { C2 = mixed } };
            var a = SlowFq12.Of(in x);
            Fq12.Square(out var r, in x);
            Assert.Equal((a * a).C, SlowFq12.Of(in r).C);
            Fq12.Multiply(out r, in x, in x);
            Assert.Equal((a * a).C, SlowFq12.Of(in r).C);
            Fq12.MultiplyByLine(out r, in x, in coefficient, in mixed, in coefficient);
            var c = SlowFq2.Of(in coefficient);
            var line = new SlowFq12(c, SlowFq2.Zero, SlowFq2.Of(in mixed), c, SlowFq2.Zero, SlowFq2.Zero);
            Assert.Equal((a * line).C, SlowFq12.Of(in r).C);
            // Outside the subgroup the formula is no square, but it must not overflow: A = a0 + a3·w³ and so on.
            Cyclotomic.Square(out r, in x);
            Assert.Equal(CyclotomicFormula(a.C), SlowFq12.Of(in r).C);
        }
    }

    [Fact]
    public void Frobenius_is_the_power_q()
    {
        var a = SlowFq12.Sample(new Random(15));
        var x = a.Fast();
        Frobenius.Power(out var r, in x);
        var expected = a.Power(SlowField.Q);
        Assert.Equal(expected.C, SlowFq12.Of(in r).C);
        Frobenius.Power(out r, in r);
        Frobenius.SquaredPower(out var squared, in x);
        Assert.True(Fq12.AreEqual(in r, in squared));
        Assert.Equal(expected.Power(SlowField.Q).C, SlowFq12.Of(in squared).C);
    }

    [Fact]
    public void Cyclotomic_powers_agree_with_the_twin()
    {
        var random = new Random(16);
        for (var round = 0; round < 3; round++)
        {
            // f^((q⁶-1)(q²+1)) is in the subgroup.
            var f = SlowFq12.Sample(random).Fast();
            Fq12.Invert(out var inverse, in f);
            Fq12.Conjugate(out f, in f);
            Fq12.Multiply(out f, in f, in inverse);
            Frobenius.SquaredPower(out var t, in f);
            Fq12.Multiply(out f, in f, in t);

            var slow = SlowFq12.Of(in f);
            Cyclotomic.Square(out var r, in f);
            Assert.Equal((slow * slow).C, SlowFq12.Of(in r).C);
            Cyclotomic.PowerOfParameter(out r, in f);
            Assert.Equal(slow.Power(SlowField.X).C, SlowFq12.Of(in r).C);
            Fq12.Conjugate(out r, in f);
            Fq12.Multiply(out r, in r, in f);
            Assert.True(Fq12.AreEqual(in r, in Fq12.One));
        }
    }

    // 3A² - 2·conj(A), 3s·C² + 2·conj(B), 3B² - 2·conj(C) over Fq4 = Fq2[s], s = w³.
    private static SlowFq2[] CyclotomicFormula(SlowFq2[] x)
    {
        var (a, b, c) = (Square(x[0], x[3]), Square(x[1], x[4]), Square(x[2], x[5]));
        return
        [
            Triple(a.Real) - Twice(x[0]), Triple(c.Other * SlowFq2.Xi) + Twice(x[1]), Triple(b.Real) - Twice(x[2]),
            Triple(a.Other) + Twice(x[3]), Triple(c.Real) - Twice(x[4]), Triple(b.Other) + Twice(x[5]),
        ];

        static (SlowFq2 Real, SlowFq2 Other) Square(SlowFq2 r, SlowFq2 s) => ((r * r) + (s * s * SlowFq2.Xi), Twice(r * s));
        static SlowFq2 Twice(SlowFq2 v) => v + v;
        static SlowFq2 Triple(SlowFq2 v) => v + v + v;
    }
}
