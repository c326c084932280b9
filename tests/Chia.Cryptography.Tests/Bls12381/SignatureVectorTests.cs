using System.Security.Cryptography;
using System.Text.Json;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Keys, signatures and verdicts of the vectors (BLS.md 5, 7, 9).</summary>
public class SignatureVectorTests
{
    [Fact]
    public void Keys_are_the_references()
    {
        foreach (var entry in BlsVectors.Section("keys"))
        {
            var key = PrivateKey.FromSeed(entry.Bytes("seed"));
            Assert.Equal(entry.Text("sk"), Convert.ToHexStringLower(key.ToBytes()));
            Assert.Equal(entry.Text("pk"), key.PublicKey.ToString());
            Assert.Equal(entry.Text("fingerprint"), Convert.ToHexStringLower(SHA256.HashData(key.PublicKey.Span)[..4]));
            Assert.Equal(key.PublicKey, PrivateKey.FromBytes(key.ToBytes()).PublicKey);
            Assert.True(PointEncoding.TryDecode(out G1Affine point, key.PublicKey.Span));
            Assert.Equal(entry.Text("pk_x"), BlsVectors.Hex(point.X));
            Assert.Equal(entry.Text("pk_y"), BlsVectors.Hex(point.Y));
        }
    }

    [Fact]
    public void Private_keys_of_zero_and_from_n_up_are_refused()
    {
        const string Order = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";
        foreach (var entry in BlsVectors.Section("private_key_from_bytes"))
        {
            // The reference lets n through, a defect that honest keys never meet (DECISIONS 4).
            var accepted = entry.GetProperty("accepted").GetBoolean() && entry.Text("bytes") != Order;
            if (accepted)
                Assert.Equal(entry.Bytes("bytes"), PrivateKey.FromBytes(entry.Bytes("bytes")).ToBytes());
            else
                Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(entry.Bytes("bytes")));
        }

        Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(new byte[32]));
        Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(new byte[33]));
    }

    [Fact]
    public void A_private_keys_text_hides_it()
    {
        var key = PrivateKey.FromSeed("text"u8);
        Assert.Contains(key.PublicKey.ToString(), key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(key.ToBytes()), key.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Prepend_signatures_are_the_references()
    {
        foreach (var entry in BlsVectors.Section("prepend_signatures"))
        {
            var key = PrivateKey.FromSeed(entry.Bytes("seed"));
            Assert.Equal(entry.Text("pk"), key.PublicKey.ToString());
            var messageHash = Bytes32.FromHex(entry.Text("message_hash"));
            Assert.Equal(messageHash.ToArray(), SHA256.HashData(entry.Bytes("message")));
            Assert.Equal(entry.Text("prepended_hash"), PrependSignature.BoundHash(key.PublicKey, messageHash).ToString());

            var signature = key.SignPrepend(entry.Bytes("message"));
            Assert.Equal(entry.Text("prepend_signature"), signature.ToString());
            Assert.Equal(signature, key.SignPrependPrehashed(messageHash));
            Assert.Equal(PointDecodingError.None, PointEncoding.DecodePrepend(out var point, in signature));
            Assert.Equal(entry.Text("insecure_signature_of_prepended_hash"), PointEncoding.Encode(in point, 0).ToString());
            Assert.Equal(entry.GetProperty("verify").GetBoolean(), PrependSignature.Verify(key.PublicKey, messageHash, signature));
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_signature_is_noticed()
    {
        var entry = BlsVectors.Section("prepend_signatures")[1];
        var key = Bytes48.FromHex(entry.Text("pk"));
        var hash = Bytes32.FromHex(entry.Text("message_hash"));
        var signature = entry.Bytes("prepend_signature");
        Assert.True(PrependSignature.Verify(key, hash, new Bytes96(signature)));
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = (byte[])signature.Clone();
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.False(PrependSignature.Verify(key, hash, new Bytes96(changed)));
        }
    }

    [Fact]
    public void Plain_signatures_are_the_references()
    {
        foreach (var entry in BlsVectors.Section("plain_signatures"))
        {
            var signature = PrivateKey.FromSeed(entry.Bytes("seed")).SignPlain(entry.Bytes("message"));
            Assert.Equal(entry.Text("plain_signature"), signature.ToString());
            Assert.Equal(PointDecodingError.None, PointEncoding.CheckPlainSignature(signature));
        }
    }

    [Fact]
    public void Verdicts_are_the_references()
    {
        var seen = new HashSet<string>();
        foreach (var entry in BlsVectors.Section("verify"))
        {
            var keys = Keys(entry);
            var hashes = Hashes(entry);
            var signature = Bytes96.FromHex(entry.Text("signature"));
            var verdict = entry.Text("verdict");
            seen.Add(verdict);
            Assert.True(PrependSignature.Verify(keys, hashes, signature) == (verdict == "true"), entry.Text("name"));
            Assert.True(
                (PointEncoding.CheckPrependSignature(signature) == PointDecodingError.None) == (verdict != "parse error"),
                entry.Text("name"));
            if (keys.Length == 1)
            {
                // The batch must agree, next to a good signature as well as alone.
                var check = new SignatureCheck(keys[0], hashes[0], signature);
                Assert.True(PrependSignature.VerifyAll([check]) == (verdict == "true"), entry.Text("name"));
                Assert.True(PrependSignature.VerifyAll([check, Good]) == (verdict == "true"), entry.Text("name"));
                Assert.True(PrependSignature.VerifyAll([Good, check, Good]) == (verdict == "true"), entry.Text("name"));
            }
        }

        Assert.Equal(["false", "parse error", "true"], seen.Order());
    }

    [Fact]
    public void Genesis_signatures_verify()
    {
        foreach (var entry in BlsVectors.Section("genesis"))
        {
            var signed = entry.TryGetProperty("header_data", out _)
                ? SHA256.HashData(entry.Bytes("header_data"))
                : entry.Bytes("coinbase_bytes");
            var hash = new Bytes32(SHA256.HashData(signed));
            Assert.Equal(entry.Text("message_hash"), hash.ToString());
            Assert.Equal(
                entry.GetProperty("verify").GetBoolean(),
                PrependSignature.Verify(Bytes48.FromHex(entry.Text("pk")), hash, Bytes96.FromHex(entry.Text("signature"))));
        }
    }

    [Fact]
    public void Lists_that_do_not_pair_up_verify_nothing()
    {
        var good = Good;
        Assert.True(PrependSignature.Verify([good.PublicKey], [good.MessageHash], good.Signature));
        Assert.False(PrependSignature.Verify([], [], good.Signature));
        Assert.False(PrependSignature.Verify([good.PublicKey], [], good.Signature));
        Assert.False(PrependSignature.Verify([good.PublicKey], [good.MessageHash, good.MessageHash], good.Signature));
    }

    private static SignatureCheck Good
    {
        get
        {
            var entry = BlsVectors.Section("verify")[0];
            return new SignatureCheck(Keys(entry)[0], Hashes(entry)[0], Bytes96.FromHex(entry.Text("signature")));
        }
    }

    private static Bytes48[] Keys(JsonElement entry) =>
        [.. entry.GetProperty("pairs").EnumerateArray().Select(pair => Bytes48.FromHex(pair.Text("pk")))];

    private static Bytes32[] Hashes(JsonElement entry) =>
        [.. entry.GetProperty("pairs").EnumerateArray().Select(pair => Bytes32.FromHex(pair.Text("message_hash")))];
}
