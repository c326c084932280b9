using System.Collections.Immutable;
using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>The keys of a farmer (ROLES.md 2.2). Its text form tells no secret.</summary>
/// <param name="FarmerKey">farmer_sk.</param>
/// <param name="FarmerTarget">farmer_target: puzzle hash that gets the fees.</param>
/// <param name="PoolKeys">pool_sks: keys that sign coinbases; plots carry the public key of one of them.</param>
/// <param name="PoolTarget">pool_target: puzzle hash that gets the coinbase.</param>
public sealed record FarmerKeys(PrivateKey FarmerKey, Bytes32 FarmerTarget, ImmutableArray<PrivateKey> PoolKeys, Bytes32 PoolTarget)
{
    /// <summary>Number of pool keys that the key tool makes.</summary>
    public const int GeneratedPoolKeys = 2;

    /// <summary>Length of the random seed of each key, bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>The pools' public keys, in order.</summary>
    public ImmutableArray<Bytes48> PoolPublicKeys { get; } = [.. PoolKeys.Select(key => key.PublicKey)];

    /// <summary>The part that is no secret.</summary>
    internal FarmerIdentity Identity => new(FarmerTarget, PoolPublicKeys);

    /// <summary>Fresh random keys; the targets are the hashes of the farmer's and of the first pool's public key.</summary>
    public static FarmerKeys Generate()
    {
        var farmer = RandomKey();
        ImmutableArray<PrivateKey> pools = [.. Enumerable.Range(0, GeneratedPoolKeys).Select(_ => RandomKey())];
        return new FarmerKeys(farmer, TargetOf(farmer.PublicKey), pools, TargetOf(pools[0].PublicKey));
    }

    /// <summary>The puzzle hash that stands for a key: H(public key).</summary>
    public static Bytes32 TargetOf(Bytes48 publicKey) => new(SHA256.HashData(publicKey.Span));

    /// <summary>The pool key with this public key; null if it is none of ours.</summary>
    internal PrivateKey? FindPoolKey(Bytes48 publicKey) => PoolKeys.FirstOrDefault(key => key.PublicKey == publicKey);

    /// <summary>Public keys only.</summary>
    public override string ToString() => $"farmer {FarmerKey.PublicKey}, pools {string.Join(", ", PoolPublicKeys)}";

    private static PrivateKey RandomKey()
    {
        Span<byte> seed = stackalloc byte[SeedSize];
        RandomNumberGenerator.Fill(seed);
        var key = PrivateKey.FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }
}

/// <summary>What others may know of a farmer's keys.</summary>
/// <param name="FarmerTarget">Puzzle hash that gets the fees.</param>
/// <param name="PoolPublicKeys">The pools it farms for.</param>
internal sealed record FarmerIdentity(Bytes32 FarmerTarget, ImmutableArray<Bytes48> PoolPublicKeys);
