using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>
/// Aggregation and division of plain signatures (BLS.md 10), which blocks do not use and the node does not offer: here to carry the
/// published vectors through the curve arithmetic.
/// </summary>
internal sealed class PlainAggregate
{
    private readonly G2Point _point;
    /// <summary>Keys have no order of their own: byte by byte, as their hexadecimal digits compare.</summary>
    private static readonly Comparer<(Bytes32 Hash, Bytes48 Key)> ByBytes = Comparer<(Bytes32 Hash, Bytes48 Key)>.Create((a, b) =>
        a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : string.CompareOrdinal(a.Key.ToString(), b.Key.ToString()));

    private readonly SortedDictionary<(Bytes32 Hash, Bytes48 Key), BigInteger> _exponents = new(ByBytes);

    private PlainAggregate(G2Point point) => _point = point;

    public static PlainAggregate Sign(PrivateKey key, byte[] message)
    {
        Assert.True(PointEncoding.TryDecode(out G2Affine affine, key.SignPlain(message).Span));
        G2Point.FromAffine(out var point, in affine);
        var signature = new PlainAggregate(point);
        signature._exponents.Add((new Bytes32(SHA256.HashData(message)), key.PublicKey), 1);
        return signature;
    }

    public static PlainAggregate Aggregate(params PlainAggregate[] inputs)
    {
        var colliding = inputs
            .Where(a => inputs.Any(b => a != b && a.Hashes().Intersect(b.Hashes()).Any()))
            .OrderBy(a => a.OrderText(), StringComparer.Ordinal)
            .ToList();
        var pairs = colliding.SelectMany(a => a._exponents.Keys).Order(ByBytes);
        var k = SHA256.HashData(pairs.SelectMany(pair => pair.Key.ToArray()).ToArray());
        var sum = default(G2Point);
        var merged = new Dictionary<(Bytes32, Bytes48), BigInteger>();
        foreach (var input in inputs)
        {
            var factor = BigInteger.One;
            if (colliding.IndexOf(input) is var index and >= 0)
            {
                var prefix = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(prefix, index);
                factor = new BigInteger(SHA256.HashData([.. prefix, .. k]), isUnsigned: true, isBigEndian: true) % SlowField.N;
            }

            ScalarMultiplication.Multiply(out G2Point term, in input._point, Scalar(factor));
            G2Point.Add(out sum, in sum, in term);
            foreach (var (pair, exponent) in input._exponents)
                merged[pair] = (merged.GetValueOrDefault(pair) + (exponent * factor)) % SlowField.N;
        }

        return Make(sum, merged);
    }

    public PlainAggregate DivideBy(params PlainAggregate[] divisors)
    {
        var sum = _point;
        var rest = new Dictionary<(Bytes32, Bytes48), BigInteger>(_exponents);
        foreach (var divisor in divisors)
        {
            var quotients = divisor._exponents
                .Select(pair => rest[pair.Key] * BigInteger.ModPow(pair.Value, SlowField.N - 2, SlowField.N) % SlowField.N)
                .Distinct();
            ScalarMultiplication.Multiply(out G2Point term, in divisor._point, Scalar(quotients.Single()));
            G2Point.Negate(out term, in term);
            G2Point.Add(out sum, in sum, in term);
            foreach (var pair in divisor._exponents.Keys)
                rest.Remove(pair);
        }

        return Make(sum, rest);
    }

    /// <summary>e(-g1, σ)·∏ e([exponent]pk, map(hash)) = 1, one pairing per pair.</summary>
    public bool Verifies()
    {
        var pairs = new MillerPair[_exponents.Count + 1];
        G2Point.ToAffine(out var sigma, in _point);
        pairs[0].Start(in PrependSignature.MinusGenerator, in sigma);
        var i = 1;
        foreach (var ((hash, key), exponent) in _exponents)
        {
            Assert.True(PointEncoding.TryDecode(out G1Affine point, key.Span));
            ScalarMultiplication.Multiply(out G1Point multiple, in point, Scalar(exponent));
            G1Point.ToAffine(out point, in multiple);
            HashToG2.Map(out var mapped, in hash);
            G2Point.ToAffine(out var affine, in mapped);
            pairs[i++].Start(in point, in affine);
        }

        return Pairing.ProductIsOne(pairs);
    }

    /// <summary>The same point, said to be by another key.</summary>
    public PlainAggregate ClaimedBy(Bytes48 key) =>
        Make(_point, _exponents.ToDictionary(pair => (pair.Key.Hash, key), pair => pair.Value));

    public override string ToString()
    {
        G2Point.ToAffine(out var affine, in _point);
        return PointEncoding.Encode(in affine, 0).ToString();
    }

    private static PlainAggregate Make(G2Point point, Dictionary<(Bytes32, Bytes48), BigInteger> exponents)
    {
        var result = new PlainAggregate(point);
        foreach (var (pair, exponent) in exponents)
            result._exponents.Add(pair, exponent);
        return result;
    }

    private static Scalar Scalar(BigInteger k)
    {
        Assert.True(Chia.Cryptography.Bls12381.Scalar.TryRead(SlowField.Bytes(k).AsSpan(16), out var scalar));
        return scalar;
    }

    private HashSet<Bytes32> Hashes() => [.. _exponents.Keys.Select(pair => pair.Hash)];

    // Compared by hash, then key, then exponent, all of fixed width.
    private string OrderText() => string.Concat(_exponents.Select(pair => $"{pair.Key.Hash}{pair.Key.Key}{SlowField.Hex(pair.Value)}"));
}
