using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The pairing's values, and that it is a pairing.</summary>
public class PairingTests
{
    [Fact]
    public void Values_are_the_references()
    {
        var vectors = BlsVectors.Object("pairing");
        Expect(vectors.GetProperty("generators"), Value(1, 1));
        Expect(vectors.GetProperty("five_g1_seven_g2"), Value(5, 7));
    }

    [Fact]
    public void It_is_bilinear_not_degenerate_and_of_order_n()
    {
        var one = Value(1, 1);
        Assert.False(Fq12.AreEqual(in one, in Fq12.One));
        var slow = SlowFq12.Of(in one);
        Assert.Equal(slow.Power(6 * 35).C, SlowFq12.Of(Value(6, 35)).C);
        Assert.Equal(SlowFq12.Of(Value(35, 6)).C, SlowFq12.Of(Value(6, 35)).C);
        Assert.Equal(SlowFq12.One.C, slow.Power(SlowField.N).C);
    }

    [Fact]
    public void Products_of_pairs_share_one_loop()
    {
        // e(2g, 3g)·e(-6g, g) = 1, and not with 5 for 6.
        Assert.True(ProductIsOne((2, 3), (-6, 1)));
        Assert.False(ProductIsOne((2, 3), (-5, 1)));
        Assert.True(ProductIsOne((2, 3), (4, 5), (-13, 2)));
        Assert.True(ProductIsOne());
    }

    [Fact]
    public void Small_order_points_of_E_pair_to_one_with_everything()
    {
        Assert.True(PointEncoding.TryDecode(out G1Affine order3, new byte[48]));
        var pairs = new MillerPair[1];
        pairs[0].Start(in order3, in G2Affine.Generator);
        Assert.True(Pairing.ProductIsOne(pairs));
    }

    // In scalar code, and as this processor does it.
    private static bool ProductIsOne(params (int P, int Q)[] factors)
    {
        MillerPair[] pairs = [.. factors.Select(factor => Pair(factor.P, factor.Q))];
        Pairing.MillerLoop(out var f, [.. pairs]);
        Pairing.EasyPart(out f, in f);
        Pairing.HardPart(out f, in f);
        var isOne = Fq12.AreEqual(in f, in Fq12.One);
        Assert.Equal(isOne, Pairing.ProductIsOne(pairs));
        return isOne;
    }

    private static Fq12 Value(int p, int q)
    {
        Pairing.MillerLoop(out var f, [Pair(p, q)]);
        Pairing.FinalExponentiation(out var value, in f);
        return value;
    }

    private static MillerPair Pair(int p, int q)
    {
        ScalarMultiplication.Multiply(out G1Point g1, in G1Affine.Generator, Scalar(Math.Abs(p)));
        if (p < 0)
            G1Point.Negate(out g1, in g1);
        G1Point.ToAffine(out var first, in g1);
        G2Point.FromAffine(out var g2, in G2Affine.Generator);
        ScalarMultiplication.Multiply(out g2, in g2, Scalar(q));
        G2Point.ToAffine(out var second, in g2);
        var pair = default(MillerPair);
        pair.Start(in first, in second);
        return pair;
    }

    private static Scalar Scalar(int value)
    {
        Assert.True(Chia.Cryptography.Bls12381.Scalar.TryRead(SlowField.Bytes(value).AsSpan(16), out var scalar));
        return scalar;
    }

    private static void Expect(System.Text.Json.JsonElement coefficients, Fq12 actual)
    {
        Fq2[] parts = [actual.C0.C0, actual.C1.C0, actual.C0.C1, actual.C1.C1, actual.C0.C2, actual.C1.C2];
        Assert.Equal(coefficients.EnumerateArray().Select(BlsVectors.Hex), parts.Select(BlsVectors.Hex));
    }
}
