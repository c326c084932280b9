using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The map to G2: vectors with all intermediate points, and the twin (BLS.md 6).</summary>
public class HashToG2Tests
{
    [Fact]
    public void Sw_gives_the_references_points()
    {
        var candidates = new HashSet<int>();
        foreach (var entry in BlsVectors.Section("sw_encode"))
        {
            var t = entry.GetProperty("t").Fq2();
            var slow = SlowG2.Encode(SlowFq2.Of(in t));
            var other = Fq2.One;
            // Beside another input, and twice, since the two share an inversion.
            HashToG2.Encode(out var first, out var second, in t, in other);
            HashToG2.Encode(out var otherFirst, out var otherSecond, in other, in t);
            Assert.True(G2Point.AreEqual(in first, in otherSecond));
            Assert.True(G2Point.AreEqual(in second, in otherFirst));
            Assert.False(second.IsInfinity());
            Assert.Equal(slow.Point, SlowG2.Of(in first));
            if (!entry.TryGetProperty("x", out var x))
            {
                Assert.True(first.IsInfinity());
                continue;
            }

            G2Point.ToAffine(out var point, in first);
            Assert.Equal(BlsVectors.Hex(x), BlsVectors.Hex(point.X));
            Assert.Equal(BlsVectors.Hex(entry.GetProperty("y")), BlsVectors.Hex(point.Y));
            Assert.Equal(entry.GetProperty("candidate").GetInt32(), slow.Candidate);
            Assert.Equal(entry.GetProperty("parity").GetInt32() == 1, t.C1.IsBig());
            candidates.Add(slow.Candidate);
        }

        Assert.Equal([1, 2, 3], candidates.Order());
    }

    [Fact]
    public void Sw_of_nothing_twice_is_infinity_twice()
    {
        var zero = default(Fq2);
        HashToG2.Encode(out var first, out var second, in zero, in zero);
        Assert.True(first.IsInfinity() && second.IsInfinity());
    }

    [Fact]
    public void Sw_of_opposites_gives_opposites()
    {
        var random = new Random(31);
        for (var round = 0; round < 20; round++)
        {
            var t = SlowFq2.Sample(random);
            if (t.C1.IsZero)
                continue;
            HashToG2.Encode(out var first, out var second, t.Fast(), (-t).Fast());
            G2Point.Negate(out second, in second);
            Assert.True(G2Point.AreEqual(in first, in second));
            Assert.Equal(SlowG2.Encode(t).Point, SlowG2.Of(in first));
        }
    }

    [Fact]
    public void Hashes_map_to_the_references_points()
    {
        var detailed = 0;
        foreach (var entry in BlsVectors.Section("hash_to_g2"))
        {
            var hash = Bytes32.FromHex(entry.Text("hash"));
            HashToG2.Map(out var mapped, in hash);
            G2Point.ToAffine(out var point, in mapped);
            Assert.Equal(BlsVectors.Hex(entry.GetProperty("x")), BlsVectors.Hex(point.X));
            Assert.Equal(BlsVectors.Hex(entry.GetProperty("y")), BlsVectors.Hex(point.Y));
            Assert.Equal(entry.Text("bytes"), PointEncoding.Encode(in point, 0).ToString());
            Assert.True(G2Endomorphism.IsInSubgroup(in point));
            if (!entry.TryGetProperty("t0", out var t0))
                continue;

            detailed++;
            HashToG2.HashToField(out var element, in hash, "G2_0_c0"u8);
            Assert.Equal(t0[0].GetString(), BlsVectors.Hex(element));
            HashToG2.HashToField(out element, in hash, "G2_1_c1"u8);
            Assert.Equal(entry.GetProperty("t1")[1].GetString(), BlsVectors.Hex(element));
            HashToG2.Encode(out var p0, out var p1, t0.Fq2(), entry.GetProperty("t1").Fq2());
            Expect(entry, "p0", in p0);
            Expect(entry, "p1", in p1);
            G2Point.Add(out p0, in p0, in p1);
            Expect(entry, "sum", in p0);
        }

        Assert.Equal(8, detailed);
    }

    [Fact]
    public void Random_hashes_agree_with_the_twin()
    {
        var random = new Random(32);
        for (var round = 0; round < 4; round++)
        {
            var hash = new byte[Bytes32.Size];
            random.NextBytes(hash);
            HashToG2.Map(out var mapped, new Bytes32(hash));
            Assert.Equal(SlowG2.Map(hash), SlowG2.Of(in mapped));
        }
    }

    private static void Expect(System.Text.Json.JsonElement entry, string name, in G2Point point)
    {
        G2Point.ToAffine(out var affine, in point);
        Assert.Equal(BlsVectors.Hex(entry.GetProperty(name + "_x")), BlsVectors.Hex(affine.X));
        Assert.Equal(BlsVectors.Hex(entry.GetProperty(name + "_y")), BlsVectors.Hex(affine.Y));
    }
}
