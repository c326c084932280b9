using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Batches and aggregates of prepend signatures.</summary>
public class BatchTests
{
    private static readonly SignatureCheck[] Good = [.. Enumerable.Range(0, 20).Select(Check)];

    [Fact]
    public void A_batch_of_good_signatures_passes()
    {
        Assert.True(PrependSignature.VerifyAll(Good));
        Assert.True(PrependSignature.VerifyAll([Good[0], Good[0], Good[0]]));
        Assert.True(PrependSignature.VerifyAll([Good[0]]));
        Assert.True(PrependSignature.VerifyAll([]));
    }

    [Fact]
    public void One_bad_signature_spoils_it_wherever_it_is()
    {
        foreach (var index in new[] { 0, 7, Good.Length - 1 })
        {
            var checks = (SignatureCheck[])Good.Clone();
            checks[index] = checks[index] with { MessageHash = Good[(index + 1) % Good.Length].MessageHash };
            Assert.False(PrependSignature.VerifyAll(checks));
        }
    }

    [Fact]
    public void Errors_that_cancel_in_a_plain_sum_are_caught()
    {
        // Two signatures exchanged: the sum of all is right, each is wrong.
        var checks = (SignatureCheck[])Good.Clone();
        (checks[2], checks[5]) = (checks[2] with { Signature = checks[5].Signature }, checks[5] with { Signature = checks[2].Signature });
        var keys = checks.Select(check => check.PublicKey).ToArray();
        var hashes = checks.Select(check => check.MessageHash).ToArray();
        var aggregate = PrependSignature.Aggregate(checks.Select(check => check.Signature).ToArray());
        Assert.True(PrependSignature.Verify(keys, hashes, aggregate));
        Assert.False(PrependSignature.VerifyAll(checks));
    }

    [Fact]
    public void Small_order_parts_are_rejected()
    {
        // T has order 13; σ0 + T and σ1 - T would sum to the right aggregate.
        var entry = BlsVectors.Section("g2_encodings").Single(e => e.Text("name") == "point of order 13");
        Assert.True(PointEncoding.TryDecode(out G2Affine small, entry.Bytes("bytes")));
        G2Affine.Negate(out var opposite, in small);
        var checks = (SignatureCheck[])Good.Clone();
        checks[0] = checks[0] with { Signature = Shifted(checks[0].Signature, small) };
        checks[1] = checks[1] with { Signature = Shifted(checks[1].Signature, opposite) };
        Assert.Equal(
            PrependSignature.Aggregate([Good[0].Signature, Good[1].Signature]),
            PrependSignature.Aggregate([checks[0].Signature, checks[1].Signature]));
        Assert.False(PrependSignature.TryDecodeInSubgroup(out _, checks[0].Signature));

        // Without the test of the subgroup chance would cancel the two parts in one batch of thirteen.
        for (var round = 0; round < 200; round++)
        {
            Assert.False(PrependSignature.VerifyAll(checks.AsSpan(0, 2)));
            Assert.False(SignatureBatch.VerifyScalar(checks.AsSpan(0, 2)));
        }

        Assert.False(PrependSignature.VerifyAll(checks));
        Assert.False(PrependSignature.VerifyAll([checks[0]]));
        Assert.False(PrependSignature.Verify(checks[0].PublicKey, checks[0].MessageHash, checks[0].Signature));
    }

    [Fact]
    public void A_key_outside_the_subgroup_is_judged_as_alone()
    {
        // (0, 2) has order 3; what it adds to a key no pairing sees, so the signature by the rest of the key is valid (DECISIONS 4).
        var small = new G1Affine { X = default, Y = Fq.FromHex(new string('0', 95) + "2") };
        Assert.True(G1Affine.IsOnCurve(in small));
        var secret = PrivateKey.FromSeed([99]);
        Assert.True(PointEncoding.TryDecode(out G1Affine honest, secret.PublicKey.Span));
        G1Point.FromAffine(out var sum, in honest);
        G1Point.Add(out sum, in sum, in small);
        G1Point.ToAffine(out var shifted, in sum);
        var key = PointEncoding.Encode(in shifted);
        Assert.NotEqual(secret.PublicKey, key);

        Assert.True(Scalar.TryRead(secret.ToBytes(), out var scalar));
        HashToG2.Map(out var point, PrependSignature.BoundHash(key, Good[0].MessageHash));
        ScalarMultiplication.Multiply(out G2Point product, in point, scalar);
        G2Point.ToAffine(out var signature, in product);
        var check = new SignatureCheck(key, Good[0].MessageHash, PointEncoding.Encode(in signature, BlsEncoding.PrependMark));
        Assert.True(PrependSignature.Verify(check.PublicKey, check.MessageHash, check.Signature));
        Assert.True(PrependSignature.VerifyAll([check, Good[0]]));
        Assert.True(PrependSignature.VerifyAll([Good[0], check]));
        Assert.True(PrependSignature.VerifyAll([check, check]));
        Assert.False(PrependSignature.VerifyAll([check with { MessageHash = Good[1].MessageHash }, Good[0]]));
        Assert.False(PrependSignature.VerifyAll([Good[0], check with { MessageHash = Good[1].MessageHash }]));
    }

    [Fact]
    public void What_cannot_be_decoded_is_false()
    {
        var unmarked = Good[0].Signature.ToArray();
        unmarked[0] &= 0xbf;
        var offCurve = new byte[96];
        offCurve[0] = 0x40;
        var noKey = new byte[48];
        noKey[^1] = 1;
        foreach (var bad in new[]
                 {
                     Good[0] with { Signature = new Bytes96(unmarked) },
                     Good[0] with { Signature = new Bytes96(offCurve) },
                     Good[0] with { PublicKey = new Bytes48(noKey) },
                 })
        {
            Assert.False(PrependSignature.Verify(bad.PublicKey, bad.MessageHash, bad.Signature));
            Assert.False(PrependSignature.VerifyAll([Good[1], bad]));
        }
    }

    [Fact]
    public void Aggregates_verify_and_refuse_nonsense()
    {
        var three = Good[..3];
        var keys = three.Select(check => check.PublicKey).ToArray();
        var hashes = three.Select(check => check.MessageHash).ToArray();
        var aggregate = PrependSignature.Aggregate(three.Select(check => check.Signature).ToArray());
        Assert.True(PrependSignature.Verify(keys, hashes, aggregate));
        Assert.False(PrependSignature.Verify(keys, [hashes[1], hashes[0], hashes[2]], aggregate));
        Assert.False(PrependSignature.Verify(keys.AsSpan(0, 2), hashes.AsSpan(0, 2), aggregate));
        Assert.Equal(Good[0].Signature, PrependSignature.Aggregate([Good[0].Signature]));

        var opposite = Good[0].Signature.ToArray();
        opposite[0] ^= 0x80;
        Assert.Throws<ArgumentException>(() => PrependSignature.Aggregate([Good[0].Signature, new Bytes96(opposite)]));
        Assert.Throws<ArgumentException>(() => PrependSignature.Aggregate([]));
        Assert.Throws<ArgumentException>(() => PrependSignature.Aggregate([default]));
    }

    private static SignatureCheck Check(int i)
    {
        var key = PrivateKey.FromSeed([(byte)i]);
        var hash = new Bytes32(SHA256.HashData([(byte)i, 1]));
        return new SignatureCheck(key.PublicKey, hash, key.SignPrependPrehashed(hash));
    }

    private static Bytes96 Shifted(Bytes96 signature, G2Affine by)
    {
        Assert.Equal(PointDecodingError.None, PointEncoding.DecodePrepend(out var point, in signature));
        G2Point.FromAffine(out var sum, in point);
        G2Point.Add(out sum, in sum, in by);
        G2Point.ToAffine(out point, in sum);
        return PointEncoding.Encode(in point, 0x40);
    }
}
