using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Prepend signatures, the only kind that blocks verify (BLS.md 7): the key is bound into what is signed, so aggregates need no
/// proof of possession. Keys may lie outside their subgroup, signatures may not (DECISIONS 4).
/// </summary>
public static class PrependSignature
{
    // A pair takes some 700 bytes.
    private const int PairsOnStack = 4;

    /// <summary>Verifies one signature; false if the key or the signature cannot be decoded.</summary>
    /// <param name="publicKey">48 bytes, canonical or not.</param>
    /// <param name="messageHash">SHA-256 of the message.</param>
    /// <param name="signature">96 bytes with the prepend mark.</param>
    public static bool Verify(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) =>
        Verify([publicKey], [messageHash], signature);

    /// <summary>Verifies an aggregate of signatures over these pairs; a pair may occur repeatedly, the order is free.</summary>
    /// <returns>False too if anything cannot be decoded, or if the lists are empty or differ in length.</returns>
    [SkipLocalsInit]
    public static bool Verify(ReadOnlySpan<Bytes48> publicKeys, ReadOnlySpan<Bytes32> messageHashes, Bytes96 signature)
    {
        if (publicKeys.Length != messageHashes.Length || publicKeys.IsEmpty || !TryDecodeInSubgroup(out var sigma, in signature))
            return false;
        var pairs = publicKeys.Length < PairsOnStack ? stackalloc MillerPair[PairsOnStack] : new MillerPair[publicKeys.Length + 1];
        pairs[0].Start(in MinusGenerator, in sigma);
        var count = 1;
        for (var i = 0; i < publicKeys.Length; i++)
        {
            if (!PointEncoding.TryDecode(out G1Affine key, publicKeys[i].Span))
                return false;
            HashToG2.Map(out var hashPoint, BoundHash(publicKeys[i], messageHashes[i]));
            // Infinity pairs to 1.
            if (hashPoint.IsInfinity())
                continue;
            G2Point.ToAffine(out var hash, in hashPoint);
            pairs[count++].Start(in key, in hash);
        }

        return Pairing.ProductIsOne(pairs[..count]);
    }

    /// <summary>
    /// True iff every one of the signatures is valid: one product of pairings with random 128-bit coefficients (BLS.md 8), which a
    /// set with an invalid member passes with probability 2^-128. True for an empty list. A caller who must know which one is bad
    /// splits the list.
    /// </summary>
    public static bool VerifyAll(ReadOnlySpan<SignatureCheck> checks) => SignatureBatch.Verify(checks);

    /// <summary>How <see cref="VerifyAll"/> does it: "AVX-512" or "scalar", and whether the vectors have failed their self-check, which it
    /// runs.</summary>
    public static string BatchMethod => LaneBatch.Description;

    /// <summary>The point of G2 that a key and a message hash are mapped to, encoded: a part of every signature, for measuring it by
    /// itself.</summary>
    public static Bytes96 MapToG2(Bytes48 publicKey, Bytes32 messageHash)
    {
        HashToG2.Map(out var point, BoundHash(publicKey, messageHash));
        G2Point.ToAffine(out var affine, in point);
        return PointEncoding.Encode(in affine, 0);
    }

    /// <summary>The aggregate: the sum of the signatures' points, one after the other, repeats included.</summary>
    /// <exception cref="ArgumentException">No signature, one that cannot be decoded, or a sum that cancels and has no
    /// encoding.</exception>
    internal static Bytes96 Aggregate(ReadOnlySpan<Bytes96> signatures)
    {
        var sum = default(G2Point);
        foreach (ref readonly var signature in signatures)
        {
            var error = PointEncoding.DecodePrepend(out var point, in signature);
            if (error != PointDecodingError.None)
                throw new ArgumentException($"not a prepend signature: {error}", nameof(signatures));
            G2Point.Add(out sum, in sum, in point);
        }

        if (sum.IsInfinity())
            throw new ArgumentException("the sum of these signatures has no encoding", nameof(signatures));
        G2Point.ToAffine(out var affine, in sum);
        return PointEncoding.Encode(in affine, BlsEncoding.PrependMark);
    }

    /// <summary>-g1, the constant side of the first pairing.</summary>
    internal static readonly G1Affine MinusGenerator = Negated(G1Affine.Generator);

    /// <summary>SHA-256 of the canonical key and the message hash: what is mapped to G2.</summary>
    internal static Bytes32 BoundHash(Bytes48 publicKey, Bytes32 messageHash)
    {
        Span<byte> input = stackalloc byte[Bytes48.Size + Bytes32.Size];
        BlsEncoding.CanonicalPublicKey(publicKey.Span).Span.CopyTo(input);
        messageHash.Span.CopyTo(input[Bytes48.Size..]);
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        SHA256.HashData(input, digest);
        return new Bytes32(digest);
    }

    /// <summary>Decodes a signature and applies the subgroup test (BLS.md 9).</summary>
    internal static bool TryDecodeInSubgroup(out G2Affine point, in Bytes96 signature) =>
        PointEncoding.DecodePrepend(out point, in signature) == PointDecodingError.None
        && G2Affine.IsOnCurve(in point)
        && G2Endomorphism.IsInSubgroup(in point);

    private static G1Affine Negated(G1Affine point)
    {
        G1Affine.Negate(out var negated, in point);
        return negated;
    }
}
