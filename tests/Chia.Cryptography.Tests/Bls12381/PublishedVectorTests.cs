using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The vectors of the original specification, those of features that blocks do not use included (BLS.md 10).</summary>
public class PublishedVectorTests
{
    private static readonly PrivateKey Key1 = PrivateKey.FromSeed(Entry("key 1").Bytes("seed"));
    private static readonly PrivateKey Key2 = PrivateKey.FromSeed(Entry("key 2").Bytes("seed"));

    [Fact]
    public void Every_kind_of_vector_has_its_test()
    {
        string[] known =
            ["hd", "keygen", "plain-aggregate", "plain-aggregate-nested", "plain-divide", "plain-sign", "plain-verify",
            "prepend-aggregate", "prepend-sign"];
        Assert.Equal(known, BlsVectors.Section("published").Select(entry => entry.Text("op")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(16, BlsVectors.Section("published").Count);
    }

    [Fact]
    public void Keys_and_signatures()
    {
        foreach (var entry in BlsVectors.Section("published"))
        {
            if (!entry.TryGetProperty("seed", out _) || entry.Text("op") == "hd")
                continue;
            var key = PrivateKey.FromSeed(entry.Bytes("seed"));
            switch (entry.Text("op"))
            {
                case "keygen":
                    Assert.Equal(entry.Text("fingerprint"), Fingerprint(key));
                    if (entry.TryGetProperty("sk", out var secret))
                        Assert.Equal(secret.GetString(), Convert.ToHexStringLower(key.ToBytes()));
                    break;
                case "plain-sign":
                    Assert.Equal(entry.Text("signature"), key.SignPlain(entry.Bytes("message")).ToString());
                    Assert.True(PlainAggregate.Sign(key, entry.Bytes("message")).Verifies());
                    break;
                case "prepend-sign":
                    Assert.Equal(entry.Text("signature"), key.SignPrepend(entry.Bytes("message")).ToString());
                    break;
                default:
                    Assert.Fail(entry.Text("op"));
                    break;
            }
        }
    }

    [Fact]
    public void Plain_verification_tells_keys_apart()
    {
        var sig1 = PlainAggregate.Sign(Key1, Entry("sig1").Bytes("message"));
        Assert.Equal(Entry("sig1").Text("signature"), sig1.ToString());
        Assert.Equal(Entry("sig1 against pk2").GetProperty("expect").GetBoolean(), sig1.ClaimedBy(Key2.PublicKey).Verifies());
    }

    [Fact]
    public void Plain_aggregates()
    {
        foreach (var entry in BlsVectors.Section("published").Where(entry => entry.Text("op") == "plain-aggregate"))
        {
            var aggregate = PlainAggregate.Aggregate([.. entry.GetProperty("parts").EnumerateArray().Select(Sign)]);
            Assert.Equal(entry.Text("signature"), aggregate.ToString());
            Assert.True(aggregate.Verifies());
        }
    }

    [Fact]
    public void Nested_aggregates_and_quotients()
    {
        var entry = Entry("nested aggregate sigFinal");
        var left = entry.GetProperty("left").EnumerateArray().Select(Sign).ToArray();
        var right = entry.GetProperty("right").EnumerateArray().Select(Sign).ToArray();
        var third = Sign(entry.GetProperty("third"));
        var final = PlainAggregate.Aggregate(PlainAggregate.Aggregate(left), PlainAggregate.Aggregate(right), third);
        Assert.Equal(entry.Text("signature"), final.ToString());
        Assert.True(final.Verifies());

        // sig2 and sig5 are the second of the left and the last of the right, sig6 the third.
        var quotient = final.DivideBy(left[1], right[2], third);
        Assert.Equal(Entry("sigFinal divided by sig2, sig5, sig6").Text("signature"), quotient.ToString());
        Assert.True(quotient.Verifies());

        entry = BlsVectors.Section("published").Single(e => e.TryGetProperty("sig7", out _));
        var more = PlainAggregate.Aggregate(Sign(entry.GetProperty("sig7")), Sign(entry.GetProperty("sig8")));
        quotient = PlainAggregate.Aggregate(final, more).DivideBy(more);
        Assert.Equal(entry.Text("signature"), quotient.ToString());
        Assert.True(quotient.Verifies());
    }

    [Fact]
    public void Prepend_aggregates()
    {
        var entry = Entry("aggregate of sig9, sig9, sig10");
        var parts = entry.GetProperty("parts").EnumerateArray()
            .Select(
                part => (
                Key: PrivateKey.FromSeed(Convert.FromHexString(part[0].GetString()!)),
                Message: Convert.FromHexString(part[1].GetString()!)))
            .ToArray();
        var aggregate = PrependSignature.Aggregate(parts.Select(part => part.Key.SignPrepend(part.Message)).ToArray());
        Assert.Equal(entry.Text("signature"), aggregate.ToString());
        var keys = parts.Select(part => part.Key.PublicKey).ToArray();
        var hashes = parts.Select(part => new Bytes32(SHA256.HashData(part.Message))).ToArray();
        Assert.Equal(entry.GetProperty("verifies").GetBoolean(), PrependSignature.Verify(keys, hashes, aggregate));
        Assert.False(PrependSignature.Verify(keys.AsSpan(1), hashes.AsSpan(1), aggregate));
    }

    [Fact]
    public void Extended_keys()
    {
        var root = Entry("hd root");
        var (sk, chain) = Root(root.Bytes("seed"));
        Assert.Equal(root.Text("fingerprint"), Fingerprint(sk));
        Assert.Equal(root.Text("chain_code"), Convert.ToHexStringLower(chain));

        var hardened = Entry("hd private child 77 + 2^31");
        var (child, childChain) = Child(sk, chain, 77 + (1u << 31));
        Assert.Equal(hardened.Text("fingerprint"), Fingerprint(child));
        Assert.Equal(hardened.Text("chain_code"), Convert.ToHexStringLower(childChain));

        var (first, firstChain) = Child(sk, chain, 3);
        Assert.Equal(
            BlsVectors.Section("published").Single(e => e.Text("name").StartsWith("hd private child 3", StringComparison.Ordinal))
                .Text("fingerprint"),
            Fingerprint(Child(first, firstChain, 17).Key));
    }

    private static (PrivateKey Key, byte[] Chain) Root(byte[] seed)
    {
        var key = "BLS HD seed"u8.ToArray();
        return (Key(Number(Hmac(key, [.. seed, 0]))), Hmac(key, [.. seed, 1]));
    }

    private static (PrivateKey Key, byte[] Chain) Child(PrivateKey parent, byte[] chain, uint index)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, index);
        byte[] data = [.. index >= (1u << 31) ? parent.ToBytes() : parent.PublicKey.ToArray(), .. number];
        var value = Number(Hmac(chain, [.. data, 0])) + Number(parent.ToBytes());
        return (Key(value), Hmac(chain, [.. data, 1]));
    }

    private static PrivateKey Key(BigInteger value) => PrivateKey.FromBytes(SlowField.Bytes(value % SlowField.N).AsSpan(16));

    private static byte[] Hmac(byte[] key, byte[] message) => HMACSHA256.HashData(key, message);

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static PlainAggregate Sign(JsonElement part) =>
        PlainAggregate.Sign(part[0].GetString() == "sk1" ? Key1 : Key2, Convert.FromHexString(part[1].GetString()!));

    private static string Fingerprint(PrivateKey key) => Convert.ToHexStringLower(SHA256.HashData(key.PublicKey.Span)[..4]);

    private static JsonElement Entry(string name) => BlsVectors.Section("published").Single(entry => entry.Text("name") == name);
}
