using System.Numerics;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>
/// What decodes and to which point (BLS.md 4), and that <see cref="BlsEncoding"/>, which canonicalises without decoding, gives
/// what decoding and encoding gives.
/// </summary>
public class PointEncodingTests
{
    [Fact]
    public void Public_key_encodings_get_the_references_verdict()
    {
        foreach (var entry in BlsVectors.Section("g1_encodings"))
        {
            var bytes = new Bytes48(entry.Bytes("bytes"));
            var accepted = entry.GetProperty("accepted").GetBoolean();
            Assert.True(
                PointEncoding.CheckPublicKey(bytes) == (accepted ? PointDecodingError.None : PointDecodingError.NotOnCurve),
                entry.Text("name"));
            if (!accepted)
                continue;
            Assert.True(PointEncoding.TryDecode(out G1Affine point, bytes.Span));
            Assert.Equal(entry.Text("x"), BlsVectors.Hex(point.X));
            Assert.True(G1Affine.IsOnCurve(in point));
            Assert.Equal(entry.Text("canonical"), PointEncoding.Encode(in point).ToString());
            Assert.Equal(entry.Text("canonical"), BlsEncoding.CanonicalPublicKey(bytes.Span).ToString());
            Assert.Equal(entry.Text("y"), BlsVectors.Hex(point.Y));
        }
    }

    [Fact]
    public void Forty_eight_zero_bytes_are_the_point_0_2()
    {
        Assert.True(PointEncoding.TryDecode(out G1Affine point, new byte[48]));
        Assert.True(point.X.IsZero());
        Assert.Equal(new BigInteger(2), SlowField.Slow(in point.Y));
        G1Point.FromAffine(out var triple, in point);
        G1Point.Add(out triple, in triple, in point);
        G1Point.Add(out triple, in triple, in point);
        Assert.True(triple.IsInfinity());
    }

    [Fact]
    public void Signature_encodings_get_the_references_verdict_for_each_type()
    {
        var seen = new HashSet<PointDecodingError>();
        foreach (var entry in BlsVectors.Section("g2_encodings"))
        {
            var bytes = new Bytes96(entry.Bytes("bytes"));
            var name = entry.Text("name");
            var marked = (bytes.Span[0] & BlsEncoding.PrependMark) != 0;

            var bare = PointEncoding.TryDecode(out G2Affine point, bytes.Span);
            Assert.True(entry.GetProperty("insecure").GetBoolean() == bare, name);
            if (bare)
                Assert.Equal(entry.Text("insecure_canonical"), PointEncoding.Encode(in point, 0).ToString());

            var error = PointEncoding.CheckPlainSignature(bytes);
            seen.Add(error);
            Assert.True(entry.GetProperty("plain").GetBoolean() == (error == PointDecodingError.None), name);
            Assert.Equal(marked, error == PointDecodingError.MarkUnexpected);
            if (error == PointDecodingError.None)
            {
                Assert.Equal(entry.Text("plain_canonical"), PointEncoding.Encode(in point, 0).ToString());
                Assert.Equal(entry.Text("plain_canonical"), BlsEncoding.CanonicalSignature(bytes.Span).ToString());
            }

            error = PointEncoding.CheckPrependSignature(bytes);
            seen.Add(error);
            Assert.True(entry.GetProperty("prepend").GetBoolean() == (error == PointDecodingError.None), name);
            Assert.Equal(!marked, error == PointDecodingError.MarkMissing);
            if (error == PointDecodingError.None)
            {
                Assert.Equal(PointDecodingError.None, PointEncoding.DecodePrepend(out point, in bytes));
                Assert.Equal(entry.Text("prepend_canonical"), PointEncoding.Encode(in point, BlsEncoding.PrependMark).ToString());
                Assert.Equal(entry.Text("prepend_canonical"), BlsEncoding.CanonicalSignature(bytes.Span).ToString());
            }
        }

        Assert.Equal(Enum.GetValues<PointDecodingError>(), seen.Order());
    }

    [Fact]
    public void Public_keys_canonicalise_alike_with_and_without_decoding()
    {
        var random = new Random(41);
        var seen = new HashSet<bool>();
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[48];
            random.NextBytes(bytes);
            var (ok, _) = SlowField.Root1(SlowField.Mod(BigInteger.Pow(Coordinate(bytes, SlowMask.Sign), 3) + 4));
            seen.Add(ok);
            Assert.Equal(ok, PointEncoding.TryDecode(out G1Affine point, bytes));
            if (!ok)
                continue;
            var canonical = PointEncoding.Encode(in point);
            Assert.Equal(canonical, BlsEncoding.CanonicalPublicKey(bytes));
            Assert.True(PointEncoding.TryDecode(out G1Affine again, canonical.Span));
            Assert.Equal(canonical, PointEncoding.Encode(in again));
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Signatures_canonicalise_alike_with_and_without_decoding()
    {
        var random = new Random(42);
        var seen = new HashSet<PointDecodingError>();
        for (var round = 0; round < 120; round++)
        {
            var bytes = new byte[96];
            random.NextBytes(bytes);
            seen.Add(ExpectTwins(bytes));
        }

        Assert.Contains(PointDecodingError.None, seen);
        Assert.Contains(PointDecodingError.NotOnCurve, seen);
    }

    [Fact]
    public void Points_whose_y_has_no_u_part_lose_their_sign()
    {
        // x1 random, x0² = (x1³ - 4)/(3·x1): then x³ + 4 + 4u has no u-part.
        var random = new Random(43);
        var onCurve = new HashSet<bool>();
        for (var found = 0; found < 8;)
        {
            var x1 = SlowField.Sample(random);
            var (ok, x0) = SlowField.Root1(SlowField.Mod((BigInteger.Pow(x1, 3) - 4) * SlowField.Inverse(3 * x1)));
            if (!ok || x1.IsZero)
                continue;
            found++;
            foreach (var marks in new[] { 0, 0x40, 0x80, 0xc0 })
            {
                byte[] bytes = [.. SlowField.Bytes(x0), .. SlowField.Bytes(x1)];
                bytes[0] |= (byte)marks;
                Assert.Equal(PointDecodingError.None, ExpectTwins(bytes));
                Assert.Equal((byte)(bytes[0] & 0x7f), BlsEncoding.CanonicalSignature(bytes).Span[0]);
                bytes[0] &= 0x3f;
                Assert.True(PointEncoding.TryDecode(out G2Affine point, bytes));
                Assert.True(point.Y.C1.IsZero());
                onCurve.Add(G2Affine.IsOnCurve(in point));
                // The one that is on no curve verifies nothing.
                if (!G2Affine.IsOnCurve(in point))
                {
                    bytes[0] |= 0x40;
                    Assert.False(PrependSignature.Verify(PrivateKey.FromSeed("a"u8).PublicKey, default, new Bytes96(bytes)));
                }
            }
        }

        Assert.Equal(2, onCurve.Count);
    }

    // Decoding against the twin, and canonicalising against decoding; says whether the bytes decode under their own mark.
    private static PointDecodingError ExpectTwins(byte[] bytes)
    {
        var marked = (bytes[0] & BlsEncoding.PrependMark) != 0;
        var signature = new Bytes96(bytes);
        var error = marked ? PointEncoding.CheckPrependSignature(signature) : PointEncoding.CheckPlainSignature(signature);
        var x = new SlowFq2(Coordinate(bytes.AsSpan(0, 48), SlowMask.SignAndMark), Coordinate(bytes.AsSpan(48), SlowMask.None));
        var (ok, y) = SlowG2.RightSide(x).Root2();
        Assert.Equal(ok, error == PointDecodingError.None);
        if (!ok)
            return error;

        if (SlowField.IsBig(y.C1) != (bytes[0] & BlsEncoding.SignMark) > 0)
            y = -y;
        bytes = (byte[])bytes.Clone();
        bytes[0] &= 0xff ^ BlsEncoding.PrependMark;
        Assert.True(PointEncoding.TryDecode(out G2Affine point, bytes));
        Assert.Equal(x, SlowFq2.Of(in point.X));
        Assert.Equal(y, SlowFq2.Of(in point.Y));
        Assert.Equal(
            PointEncoding.Encode(in point, marked ? BlsEncoding.PrependMark : (byte)0), BlsEncoding.CanonicalSignature(signature.Span));
        return error;
    }

    private enum SlowMask
    {
        None = 0xff,
        Sign = 0x7f,
        SignAndMark = 0x3f,
    }

    private static BigInteger Coordinate(ReadOnlySpan<byte> bytes, SlowMask mask)
    {
        var copy = bytes.ToArray();
        copy[0] &= (byte)mask;
        return new BigInteger(copy, isUnsigned: true, isBigEndian: true) % SlowField.Q;
    }
}
