using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Maps, multiples and whole batches in lanes against the scalar code, which has twins of its own.</summary>
public sealed unsafe class LaneBatchTests : IDisposable
{
    private static readonly SignatureCheck[] Good = [.. Enumerable.Range(0, 19).Select(Check)];

    private readonly LaneMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void The_self_check_passes()
    {
        Assert.True(LaneBatch.IsUsable);
        Assert.Equal("AVX-512", PrependSignature.BatchMethod);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(19)]
    public void Batches_of_all_sizes_are_judged_as_by_the_scalar_code(int count)
    {
        var checks = Good[..count];
        Assert.True(LaneBatch.Verify(checks));
        Assert.True(SignatureBatch.VerifyScalar(checks));
        for (var i = 0; i < count; i++)
        {
            var spoilt = (SignatureCheck[])checks.Clone();
            spoilt[i] = spoilt[i] with { MessageHash = new Bytes32(SHA256.HashData([(byte)i, 7])) };
            Assert.False(LaneBatch.Verify(spoilt));
            if (i == count - 1)
                Assert.False(SignatureBatch.VerifyScalar(spoilt));
        }
    }

    [Fact]
    public void Every_kind_of_bad_input_is_refused_in_every_lane()
    {
        var swapped = Good[5].Signature;
        var unmarked = Good[3].Signature.ToArray();
        unmarked[0] ^= 0x40;
        var negative = Good[3].Signature.ToArray();
        negative[0] ^= 0x80;
        var negativeKey = Good[3].PublicKey.ToArray();
        negativeKey[0] ^= 0x80;
        var noKey = new byte[48];
        noKey[^1] = 1;
        var offCurve = new byte[96];
        offCurve[0] = 0x40;
        SignatureCheck[] bad =
        [
            Good[3] with { Signature = swapped },
            Good[3] with { Signature = new Bytes96(unmarked) },
            Good[3] with { Signature = new Bytes96(negative) },
            Good[3] with { Signature = new Bytes96(offCurve) },
            Good[3] with { PublicKey = new Bytes48(negativeKey) },
            Good[3] with { PublicKey = new Bytes48(noKey) },
        ];
        foreach (var check in bad)
        {
            Assert.False(PrependSignature.Verify(check.PublicKey, check.MessageHash, check.Signature));
            for (var lane = 0; lane < FqLanes.Lanes; lane += 3)
            {
                var checks = Good[..FqLanes.Lanes];
                checks[lane] = check;
                Assert.False(LaneBatch.Verify(checks));
                Assert.False(PrependSignature.VerifyAll(checks));
            }
        }
    }

    [Fact]
    public void What_lanes_cannot_judge_is_left_to_the_scalar_code()
    {
        // A point of small order meets itself on the way to its multiple; (0, 2) has no second endomorphism image.
        foreach (var entry in BlsVectors.Section("g2_encodings").Where(e => e.Text("name").Contains("order", StringComparison.Ordinal)))
        {
            var bytes = entry.Bytes("bytes");
            bytes[0] |= BlsEncoding.PrependMark;
            var checks = Good[..4];
            checks[2] = checks[2] with { Signature = new Bytes96(bytes) };
            Assert.NotEqual(true, LaneBatch.Verify(checks));
            Assert.False(PrependSignature.VerifyAll(checks));
        }

        var key = Good[..4];
        key[1] = key[1] with { PublicKey = new Bytes48(new byte[48]) };
        Assert.Null(LaneBatch.Verify(key));
        Assert.False(PrependSignature.VerifyAll(key));
    }

    [Fact]
    public void Hashes_map_to_the_same_points()
    {
        for (var round = 0; round < 4; round++)
        {
            using var memory = new LaneMemory();
            var point = memory.Take<G2Lanes>();
            var hashes = Enumerable.Range(0, FqLanes.Lanes).Select(i => new Bytes32(SHA256.HashData([(byte)i, (byte)round]))).ToArray();
            Assert.Equal(0, HashLanes.Map(point, hashes));
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
            {
                HashToG2.Map(out var expected, hashes[lane]);
                ExpectEqual(in expected, point, lane);
            }
        }
    }

    [Fact]
    public void Points_outside_the_subgroup_are_told_from_those_inside()
    {
        var random = new Random(5);
        var points = _memory.Take<G2AffineLanes>();
        var outside = Enumerable.Range(0, FqLanes.Lanes).Select(_ => SlowG2.Sample(random)).ToArray();
        Fq2Lanes.Copy(&points->X, _memory.Of([.. outside.Select(p => p.X)]));
        Fq2Lanes.Copy(&points->Y, _memory.Of([.. outside.Select(p => p.Y)]));
        Assert.Equal(0, PointLanes.SubgroupLanes(points, out var odd));
        Assert.Equal(0, odd);

        Assert.True(RootLanes.TryDecodeSignatures(points, Good.AsSpan(0, FqLanes.Lanes), out odd));
        Assert.Equal(0, odd);
        Assert.Equal(LaneConstants.All, PointLanes.SubgroupLanes(points, out odd));
        Assert.Equal(0, odd);
    }

    [Fact]
    public void Signed_coefficients_multiply_as_integers_do()
    {
        var points = _memory.Take<G2AffineLanes>();
        var keys = _memory.Take<G1AffineLanes>();
        Assert.True(RootLanes.TryDecodeSignatures(points, Good.AsSpan(0, FqLanes.Lanes), out _));
        Assert.True(RootLanes.TryDecodeKeys(keys, Good.AsSpan(0, FqLanes.Lanes)));
        var coefficients = LaneCoefficients.Random();
        var signatures = Good.Select(check => check.Signature).ToArray();
        var product = _memory.Take<G2Lanes>();
        var keyProduct = _memory.Take<G1Lanes>();
        PointLanes.Multiply(product, points, in coefficients);
        PointLanes.Multiply(keyProduct, keys, in coefficients);
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            // low + high·X², modulo n.
            var (low, high) = (System.Numerics.BigInteger.Zero, System.Numerics.BigInteger.Zero);
            for (var bit = 0; bit < LaneCoefficients.Bits; bit++)
            {
                var sign = coefficients.NegativeLow(bit)[lane] != 0 ? -1 : 1;
                var power = System.Numerics.BigInteger.One << bit;
                low += sign * power;
                high += (coefficients.Different(bit)[lane] != 0 ? -sign : sign) * power;
            }

            var r = (low + (high * SlowField.X * SlowField.X)) % SlowField.N;
            var scalarBytes = SlowField.Bytes(r.Sign < 0 ? r + SlowField.N : r)[16..];
            Assert.True(Scalar.TryRead(scalarBytes, out var scalar));
            Assert.True(PointEncoding.DecodePrepend(out var signature, in signatures[lane]) == PointDecodingError.None);
            G2Point.FromAffine(out var point, in signature);
            ScalarMultiplication.Multiply(out G2Point expected, in point, scalar);
            ExpectEqual(in expected, product, lane);
            Assert.True(PointEncoding.TryDecode(out G1Affine key, Good[lane].PublicKey.Span));
            ScalarMultiplication.Multiply(out G1Point expectedKey, in key, scalar);
            FqLanes.Get(out var x, &keyProduct->X, lane);
            FqLanes.Get(out var y, &keyProduct->Y, lane);
            FqLanes.Get(out var z, &keyProduct->Z, lane);
            var actual = new G1Point { X = x, Y = y, Z = z };
            G1Point.ToAffine(out var affine, in expectedKey);
            G1Point.ToAffine(out var actualAffine, in actual);
            Assert.True(Fq.AreEqual(in affine.X, in actualAffine.X) && Fq.AreEqual(in affine.Y, in actualAffine.Y));
        }
    }

    private static void ExpectEqual(in G2Point expected, G2Lanes* actual, int lane)
    {
        G2Point point = default;
        FqLanes.Get(out point.X.C0, &actual->X.C0, lane);
        FqLanes.Get(out point.X.C1, &actual->X.C1, lane);
        FqLanes.Get(out point.Y.C0, &actual->Y.C0, lane);
        FqLanes.Get(out point.Y.C1, &actual->Y.C1, lane);
        FqLanes.Get(out point.Z.C0, &actual->Z.C0, lane);
        FqLanes.Get(out point.Z.C1, &actual->Z.C1, lane);
        Assert.False(point.IsInfinity());
        Assert.True(G2Point.AreEqual(in expected, in point));
    }

    private static SignatureCheck Check(int i)
    {
        var key = PrivateKey.FromSeed([(byte)i, 3]);
        var hash = new Bytes32(SHA256.HashData([(byte)i, 1]));
        return new SignatureCheck(key.PublicKey, hash, key.SignPrependPrehashed(hash));
    }
}
