using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Bls12381;

/// <summary>
/// Many prepend signatures in one product of pairings (BLS.md 8): e(-g1, Σ[r_i]σ_i) · ∏ e([r_i]pk_i, map(bh_i)) = 1 for r_0 = 1 and
/// secret random others: if any of the latter's checks fails, at most one of the 2^128 values of its r_i lets the product be 1, and
/// if only the first does, none. Every σ_i has passed the subgroup test, since small-order parts could cancel.
/// </summary>
internal static class SignatureBatch
{
    /// <summary>True iff all are valid.</summary>
    public static bool Verify(ReadOnlySpan<SignatureCheck> checks)
    {
        if (checks.IsEmpty)
            return true;
        if (checks.Length == 1)
            return PrependSignature.Verify(checks[0].PublicKey, checks[0].MessageHash, checks[0].Signature);
        return LaneBatch.IsUsable && LaneBatch.Verify(checks) is { } verdict ? verdict : VerifyScalar(checks);
    }

    /// <summary>The same one by one, for processors without wide vectors.</summary>
    internal static bool VerifyScalar(ReadOnlySpan<SignatureCheck> checks)
    {
        var keys = new G1Point[checks.Length];
        var hashes = new G2Point[checks.Length + 1];
        var sum = default(G2Point);
        for (var i = 0; i < checks.Length; i++)
        {
            ref readonly var check = ref checks[i];
            if (!PrependSignature.TryDecodeInSubgroup(out var sigma, check.Signature)
                || !PointEncoding.TryDecode(out G1Affine key, check.PublicKey.Span))
                return false;
            if (i == 0)
            {
                G2Point.FromAffine(out sum, in sigma);
                G1Point.FromAffine(out keys[0], in key);
            }
            else
            {
                var (low, high) = RandomCoefficient();
                ScalarMultiplication.MultiplyShort(out var term, in sigma, low, high);
                G2Point.Add(out sum, in sum, in term);
                ScalarMultiplication.MultiplyShort(out keys[i], in key, low, high);
            }

            HashToG2.Map(out hashes[i], PrependSignature.BoundHash(check.PublicKey, check.MessageHash));
        }

        hashes[^1] = sum;
        return Pairing.ProductIsOne(Pairs(keys, hashes));
    }

    // r = low + high·X²: 128 random bits, and both groups can use the endomorphism that stands for X².
    private static (ulong Low, ulong High) RandomCoefficient()
    {
        Span<byte> bytes = stackalloc byte[16];
        ulong low, high;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        }
        while ((low | high) == 0);

        return (low, high);
    }

    private static Span<MillerPair> Pairs(ReadOnlySpan<G1Point> keys, ReadOnlySpan<G2Point> points)
    {
        var keyInverses = new Fq[keys.Length];
        var pointInverses = new Fq2[points.Length];
        BatchInversion.Invert(keyInverses, keys);
        BatchInversion.Invert(pointInverses, points);
        var pairs = new MillerPair[points.Length];
        var count = 0;
        for (var i = 0; i < points.Length; i++)
        {
            // The last point is the signatures' sum. Infinity on either side pairs to 1.
            var isSum = i == keys.Length;
            if (points[i].IsInfinity() || (!isSum && keys[i].IsInfinity()))
                continue;
            G2Point.ToAffine(out var point, in points[i], in pointInverses[i]);
            var key = PrependSignature.MinusGenerator;
            if (!isSum)
                G1Point.ToAffine(out key, in keys[i], in keyInverses[i]);
            pairs[count++].Start(in key, in point);
        }

        return pairs.AsSpan(0, count);
    }
}

/// <summary>A prepend signature to verify.</summary>
/// <param name="PublicKey">48 bytes, canonical or not.</param>
/// <param name="MessageHash">SHA-256 of the message.</param>
/// <param name="Signature">96 bytes with the prepend mark.</param>
public readonly record struct SignatureCheck(Bytes48 PublicKey, Bytes32 MessageHash, Bytes96 Signature);
