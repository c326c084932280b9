using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Tests.Streamable;

public class BlsEncodingTests
{
    private static readonly BigInteger Prime = BigInteger.Parse(
        "4002409555221667393417789825735904156556882819939007885332058136124031650490837864442687629129015664037894272559787");

    [Fact]
    public void The_prime_is_that_of_the_field() =>
        Assert.Equal(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", Prime.ToString("x"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Keys_around_the_prime_are_reduced(int offset)
    {
        foreach (var sign in new byte[] { 0, BlsEncoding.SignMark })
        {
            var encoded = Encode(Prime + offset);
            encoded[0] |= sign;
            var canonical = Encode((Prime + offset) % Prime);
            canonical[0] |= sign;
            Assert.Equal(new Bytes48(canonical), BlsEncoding.CanonicalPublicKey(encoded));
        }
    }

    /// <summary>Bits 0x40 and 0x20 of a key belong to x: the largest encoding is reduced by several times the prime.</summary>
    [Fact]
    public void The_highest_bits_of_a_key_belong_to_its_coordinate()
    {
        var encoded = new byte[48];
        encoded.AsSpan().Fill(0xff);
        var x = BigInteger.Pow(2, 383) - 1;
        var canonical = Encode(x % Prime);
        canonical[0] |= BlsEncoding.SignMark;
        Assert.Equal(new Bytes48(canonical), BlsEncoding.CanonicalPublicKey(encoded));
    }

    [Fact]
    public void Canonical_encodings_are_kept_and_every_encoding_becomes_one()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[96];
            random.NextBytes(bytes);
            var key = BlsEncoding.CanonicalPublicKey(bytes.AsSpan(0, 48));
            Assert.Equal(key, BlsEncoding.CanonicalPublicKey(key.Span));
            Assert.Equal(PlainKey(bytes.AsSpan(0, 48)), key);
            var signature = BlsEncoding.CanonicalSignature(bytes);
            Assert.Equal(signature, BlsEncoding.CanonicalSignature(signature.Span));
            Assert.Equal(PlainSignature(bytes), signature);
        }
    }

    [Fact]
    public void Real_signatures_and_keys_are_canonical()
    {
        var block = Networks.Testnet.Definition.Genesis();
        Assert.Equal(
            block.HeaderBlock.ProofOfSpace.PlotPublicKey,
            BlsEncoding.CanonicalPublicKey(block.HeaderBlock.ProofOfSpace.PlotPublicKey.Span));
        Assert.Equal(block.Body.CoinbaseSignature, BlsEncoding.CanonicalSignature(block.Body.CoinbaseSignature.Span));
    }

    /// <summary>At x = 0 the right side is 4 + 4u, so the sign stays; where 3·x0²·x1 − x1³ + 4 = 0 it has no u-part, and the sign
    /// goes.</summary>
    [Fact]
    public void The_sign_stays_unless_the_right_side_lies_in_the_base_field()
    {
        var zero = new byte[96];
        zero[0] = BlsEncoding.SignMark | BlsEncoding.PrependMark;
        Assert.Equal(new Bytes96(zero), BlsEncoding.CanonicalSignature(zero));

        // x0² = (x1³ − 4) / (3·x1): take the first x1 for which that is a square; the prime is 3 modulo 4.
        for (BigInteger x1 = 1; ; x1++)
        {
            var square = Mod((x1 * x1 * x1) - 4) * BigInteger.ModPow(3 * x1, Prime - 2, Prime) % Prime;
            var x0 = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
            if (x0 * x0 % Prime != square)
                continue;
            byte[] encoded = [.. Encode(x0), .. Encode(x1)];
            byte[] marked = [.. encoded];
            marked[0] |= BlsEncoding.SignMark | BlsEncoding.PrependMark;
            encoded[0] |= BlsEncoding.PrependMark;
            Assert.Equal(new Bytes96(encoded), BlsEncoding.CanonicalSignature(marked));
            break;
        }
    }

    [Fact]
    public void The_mark_tells_prepend_signatures_from_plain_ones()
    {
        byte[] plain = new byte[96];
        byte[] prepend = [BlsEncoding.PrependMark, .. new byte[95]];
        Assert.Equal((StreamableError.None, new Bytes96(plain)), Read(plain, prepend: false));
        Assert.Equal((StreamableError.None, new Bytes96(prepend)), Read(prepend, prepend: true));
        Assert.Equal((StreamableError.PlainSignatureMarked, default), Read(prepend, prepend: false));
        Assert.Equal((StreamableError.PrependSignatureUnmarked, default), Read(plain, prepend: true));
        Assert.Equal((StreamableError.Truncated, default), Read(prepend[..95], prepend: true));
    }

    [Fact]
    public void A_block_is_hashed_in_its_canonical_form()
    {
        var genesis = Networks.Testnet.Definition.GenesisBytes.ToArray();
        var twisted = (byte[])genesis.Clone();
        var key = new BigInteger(genesis.AsSpan(32, 48), isUnsigned: true, isBigEndian: true) % BigInteger.Pow(2, 383);
        var sign = genesis[32] & BlsEncoding.SignMark;
        Encode(key + Prime).CopyTo(twisted, 32);
        twisted[32] |= (byte)sign;
        Assert.NotEqual(genesis, twisted);
        Assert.Equal(genesis, StreamableExtensions.Decode<FullBlock>(twisted).ToBytes());
    }

    private static (StreamableError Error, Bytes96 Value) Read(byte[] bytes, bool prepend)
    {
        var reader = new StreamableReader(bytes);
        var value = prepend ? reader.ReadPrependSignature() : reader.ReadPlainSignature();
        return (reader.Finish(), value);
    }

    private static Bytes48 PlainKey(ReadOnlySpan<byte> encoded)
    {
        var number = new BigInteger(encoded, isUnsigned: true, isBigEndian: true);
        var mark = BigInteger.Pow(2, 383);
        return new Bytes48(Encode((number % mark % Prime) + (number / mark * mark)));
    }

    /// <summary>Random coordinates do not hit the base field, so the sign always stays.</summary>
    private static Bytes96 PlainSignature(ReadOnlySpan<byte> encoded)
    {
        var first = new BigInteger(encoded[..48], isUnsigned: true, isBigEndian: true);
        var second = new BigInteger(encoded[48..], isUnsigned: true, isBigEndian: true);
        var mark = BigInteger.Pow(2, 382);
        return new Bytes96([.. Encode((first % mark % Prime) + (first / mark * mark)), .. Encode(second % Prime)]);
    }

    private static BigInteger Mod(BigInteger value) => ((value % Prime) + Prime) % Prime;

    private static byte[] Encode(BigInteger value)
    {
        var bytes = new byte[48];
        var count = value.GetByteCount(isUnsigned: true);
        Assert.True(value.TryWriteBytes(bytes.AsSpan(^count..), out _, isUnsigned: true, isBigEndian: true));
        return bytes;
    }
}
