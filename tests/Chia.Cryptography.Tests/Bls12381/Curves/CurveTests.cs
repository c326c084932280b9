using System.Numerics;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Point arithmetic against the school-book formulas, and the subgroup test.</summary>
public class CurveTests
{
    [Fact]
    public void Generators_have_order_n()
    {
        var minusOne = Scalar(SlowField.N - 1);
        G2Point.FromAffine(out var g2, in G2Affine.Generator);
        ScalarMultiplication.Multiply(out G2Point multiple, in g2, minusOne);
        G2Point.Add(out multiple, in multiple, in g2);
        Assert.True(multiple.IsInfinity());
        ScalarMultiplication.Multiply(out G1Point g1, in G1Affine.Generator, minusOne);
        Assert.False(g1.IsInfinity());
        G1Point.Add(out g1, in g1, in G1Affine.Generator);
        Assert.True(g1.IsInfinity());
    }

    [Fact]
    public void Sums_agree_with_the_twin_in_every_special_case()
    {
        var random = new Random(21);
        var (a, b) = (SlowG2.Sample(random), SlowG2.Sample(random));
        (SlowFq2, SlowFq2)?[] points = [null, a, b, (a.X, -a.Y), SlowG2.Add(a, b), SlowG2.Multiply(a, 5)];
        foreach (var p in points)
        {
            foreach (var q in points)
            {
                var expected = SlowG2.Add(p, q);
                var (x, y) = (Scaled(p, random), Scaled(q, random));
                G2Point.Add(out var r, in x, in y);
                Assert.Equal(expected, SlowG2.Of(in r));
                Assert.Equal(p == q, G2Point.AreEqual(in x, in y));
                if (q is { } affine)
                {
                    var fast = SlowG2.Fast(affine);
                    G2Point.Add(out r, in x, in fast);
                    Assert.Equal(expected, SlowG2.Of(in r));
                }

                G2Point.Double(out r, in x);
                Assert.Equal(SlowG2.Add(p, p), SlowG2.Of(in r));
            }
        }
    }

    [Fact]
    public void G1_sums_are_consistent_in_every_special_case()
    {
        // [i]g + [j]g = [i+j]g for small i, j, negative and 0 included, in both coordinate forms.
        var multiples = new G1Point[13];
        for (var i = 0; i < multiples.Length; i++)
            multiples[i] = G1Multiple(i - 6);
        for (var i = -3; i <= 3; i++)
        {
            for (var j = -3; j <= 3; j++)
            {
                G1Point.Add(out var r, in multiples[i + 6], in multiples[j + 6]);
                Assert.True(G1Point.AreEqual(in r, in multiples[i + j + 6]));
                Assert.Equal(i == j, G1Point.AreEqual(in multiples[i + 6], in multiples[j + 6]));
                if (j == 0)
                    continue;
                G1Point.ToAffine(out var affine, in multiples[j + 6]);
                Assert.True(G1Affine.IsOnCurve(in affine));
                G1Point.Add(out r, in multiples[i + 6], in affine);
                Assert.True(G1Point.AreEqual(in r, in multiples[i + j + 6]));
            }
        }
    }

    [Fact]
    public void Scalar_multiples_agree_with_the_twin()
    {
        var random = new Random(22);
        var g = (SlowFq2.Of(in G2Affine.Generator.X), SlowFq2.Of(in G2Affine.Generator.Y));
        G2Point.FromAffine(out var fast, in G2Affine.Generator);
        BigInteger[] edges = [0, 1, 2, SlowField.X - 1, SlowField.X, SlowField.X + 1, BigInteger.Pow(SlowField.X, 3), SlowField.N - 1];
        foreach (var k in edges.Append(Number(random, 31)).Append(Number(random, 31)))
        {
            ScalarMultiplication.Multiply(out G2Point r, in fast, Scalar(k));
            Assert.Equal(SlowG2.Multiply(g, k), SlowG2.Of(in r));
        }

        foreach (var (low, high) in new (ulong, ulong)[] { (1, 0), (0, 1), (ulong.MaxValue, ulong.MaxValue), (12345, 1UL << 63) })
        {
            var k = low + (high * SlowField.X * SlowField.X);
            ScalarMultiplication.MultiplyShort(out G2Point r, in G2Affine.Generator, low, high);
            Assert.Equal(SlowG2.Multiply(g, k), SlowG2.Of(in r));
            ScalarMultiplication.MultiplyShort(out G1Point r1, in G1Affine.Generator, low, high);
            ScalarMultiplication.Multiply(out G1Point expected, in G1Affine.Generator, Scalar(k % SlowField.N));
            Assert.True(G1Point.AreEqual(in expected, in r1));
        }
    }

    [Fact]
    public void Subgroup_test_agrees_with_the_order()
    {
        var random = new Random(23);
        var seen = new HashSet<bool>();
        foreach (var entry in BlsVectors.Section("g2_encodings"))
        {
            if (!entry.TryGetProperty("on_curve", out var onCurve))
                continue;
            // Bytes that decode as a prepend signature are described as that.
            G2Affine point;
            if (entry.GetProperty("prepend").GetBoolean())
                Assert.Equal(PointDecodingError.None, PointEncoding.DecodePrepend(out point, new Bytes96(entry.Bytes("bytes"))));
            else
                Assert.True(PointEncoding.TryDecode(out point, entry.Bytes("bytes")));
            Assert.Equal(onCurve.GetBoolean(), G2Affine.IsOnCurve(in point));
            if (!onCurve.GetBoolean())
                continue;
            var expected = entry.GetProperty("in_subgroup").GetBoolean();
            seen.Add(expected);
            Assert.Equal(expected, G2Endomorphism.IsInSubgroup(in point));
        }

        Assert.Equal(2, seen.Count);
        for (var round = 0; round < 3; round++)
        {
            var slow = SlowG2.Sample(random);
            Assert.Equal(SlowG2.Multiply(slow, SlowField.N) is null, G2Endomorphism.IsInSubgroup(SlowG2.Fast(slow)));
            var order = SlowG2.Multiply(slow, SlowG2.Cofactor)!.Value;
            Assert.True(G2Endomorphism.IsInSubgroup(SlowG2.Fast(order)));
        }
    }

    [Fact]
    public void Clearing_the_cofactor_is_the_multiplication_it_stands_for()
    {
        var random = new Random(24);
        var factor = 3 * ((SlowField.X * SlowField.X) - 1) * SlowG2.Cofactor;
        for (var round = 0; round < 3; round++)
        {
            var slow = SlowG2.Sample(random);
            var p = Scaled(slow, random);
            G2Endomorphism.ClearCofactor(out var r, in p);
            Assert.Equal(SlowG2.Multiply(slow, factor), SlowG2.Of(in r));
        }

        var infinity = default(G2Point);
        G2Endomorphism.ClearCofactor(out var cleared, in infinity);
        Assert.True(cleared.IsInfinity());
    }

    // The point with a random common denominator.
    private static G2Point Scaled((SlowFq2 X, SlowFq2 Y)? p, Random random)
    {
        if (p is not { } point)
            return default;
        var z = SlowFq2.Sample(random);
        return new G2Point { X = (point.X * z * z).Fast(), Y = (point.Y * z * z * z).Fast(), Z = z.Fast() };
    }

    private static G1Point G1Multiple(int k)
    {
        ScalarMultiplication.Multiply(out G1Point r, in G1Affine.Generator, Scalar(Math.Abs(k)));
        if (k < 0)
            G1Point.Negate(out r, in r);
        return r;
    }

    private static Scalar Scalar(BigInteger k)
    {
        Assert.True(Chia.Cryptography.Bls12381.Scalar.TryRead(SlowField.Bytes(k).AsSpan(16), out var scalar));
        return scalar;
    }

    private static BigInteger Number(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
