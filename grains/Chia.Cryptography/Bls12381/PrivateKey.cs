using System.Security.Cryptography;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Bls12381;

/// <summary>A private key: a number from 1 to n-1 (BLS.md 5). Its text form names the public key only.</summary>
public sealed class PrivateKey
{
    /// <summary>Length of the key in bytes.</summary>
    public const int Size = Scalar.Size;

    private readonly Scalar _value;

    private PrivateKey(Scalar value)
    {
        _value = value;
        ScalarMultiplication.Multiply(out G1Point point, in G1Affine.Generator, value);
        G1Point.ToAffine(out var affine, in point);
        PublicKey = PointEncoding.Encode(in affine);
    }

    /// <summary>The public key [sk]g1, canonical.</summary>
    public Bytes48 PublicKey { get; }

    /// <summary>The key of a seed of any length: HMAC-SHA256(key "BLS private key seed", message seed) modulo n.</summary>
    public static PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        Span<byte> digest = stackalloc byte[Size];
        HMACSHA256.HashData("BLS private key seed"u8, seed, digest);
        var value = Scalar.Reduce(digest);
        CryptographicOperations.ZeroMemory(digest);
        return new PrivateKey(value);
    }

    /// <summary>Reads 32 big-endian bytes.</summary>
    /// <exception cref="ArgumentException">Another length, 0, or n and above: no key (DECISIONS 4).</exception>
    public static PrivateKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"a private key has {Size} bytes, got {bytes.Length}", nameof(bytes));
        if (!Scalar.TryRead(bytes, out var value) || value.IsZero)
            throw new ArgumentException("a private key lies between 1 and n-1", nameof(bytes));
        return new PrivateKey(value);
    }

    /// <summary>The key: 32 bytes, big-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        _value.Write(bytes);
        return bytes;
    }

    /// <summary>The prepend signature of a message (BLS.md 7).</summary>
    public Bytes96 SignPrepend(ReadOnlySpan<byte> message) => SignPrependPrehashed(Hash(message));

    /// <summary>The prepend signature of the message with this SHA-256.</summary>
    public Bytes96 SignPrependPrehashed(Bytes32 messageHash)
    {
        HashToG2.Map(out var point, PrependSignature.BoundHash(PublicKey, messageHash));
        ScalarMultiplication.Multiply(out G2Point product, in point, _value);
        G2Point.ToAffine(out var affine, in product);
        return PointEncoding.Encode(in affine, BlsEncoding.PrependMark);
    }

    /// <summary>Names the key by its public key.</summary>
    public override string ToString() => $"private key of {PublicKey}";

    private static Bytes32 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        SHA256.HashData(message, digest);
        return new Bytes32(digest);
    }
}
