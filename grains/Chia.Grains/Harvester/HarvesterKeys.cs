using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>sk_seed, from which all plot keys come (ROLES.md 2.2, 2.4). Its text form tells no secret.</summary>
public sealed class HarvesterKeys
{
    /// <summary>Length of the seed, bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;

    /// <summary>Takes a copy of the seed.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public HarvesterKeys(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException($"sk_seed has {SeedSize} bytes, got {seed.Length}", nameof(seed));
        _seed = seed.ToArray();
    }

    /// <summary>A fresh random seed.</summary>
    public static HarvesterKeys Generate() => new(RandomNumberGenerator.GetBytes(SeedSize));

    /// <summary>A copy of the seed.</summary>
    public byte[] ToBytes() => [.. _seed];

    /// <summary>The key of the plot number <paramref name="index"/> of size <paramref name="k"/>: from seed sk_seed ‖ k ‖ index.</summary>
    /// <param name="k">k, 1 byte.</param>
    /// <param name="index">Number of the plot, 4 bytes, big-endian.</param>
    public PrivateKey PlotKey(byte k, uint index)
    {
        Span<byte> seed = stackalloc byte[SeedSize + sizeof(byte) + sizeof(uint)];
        _seed.CopyTo(seed);
        seed[SeedSize] = k;
        BinaryPrimitives.WriteUInt32BigEndian(seed[(SeedSize + 1)..], index);
        var key = PrivateKey.FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>Name of a plot's file: <c>plot-{index}-{k}-{plot id}.dat</c>.</summary>
    public static string FileName(uint index, byte k, Bytes32 plotId) => $"plot-{index}-{k}-{plotId}.dat";

    /// <summary>Hides the seed.</summary>
    public override string ToString() => "harvester seed";
}
