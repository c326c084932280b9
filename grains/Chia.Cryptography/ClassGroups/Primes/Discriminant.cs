using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Cryptography.ClassGroups;

/// <summary>The discriminant that belongs to a challenge: minus a prime p ≡ 7 mod 8 (VDF.md 2, CONSENSUS.md 17.1).</summary>
public static class Discriminant
{
    /// <summary>Shortest length that a challenge can be expanded to, in bits.</summary>
    public const int MinimumBits = 16;

    /// <summary>Longest length accepted, in bits; the network uses 1024.</summary>
    public const int MaximumBits = 4096;

    /// <summary>
    /// Creates the discriminant. It is negative: −p with p of <paramref name="bits"/> bits (one more in rare cases at
    /// lengths of a few bits).
    /// </summary>
    /// <param name="challenge">The seed, in practice a challenge hash of 32 bytes; any length is allowed.</param>
    /// <param name="bits">Length of p in bits, 16 to 4096.</param>
    /// <param name="parallelism">
    /// Threads to test candidates with, this one included. 1 is the cheapest in processor time; more lower the latency of
    /// a single block.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> or <paramref name="parallelism"/> out of range.</exception>
    public static BigInteger Create(ReadOnlySpan<byte> challenge, int bits, int parallelism = 1) =>
        Create(challenge, bits, parallelism, ClassGroupBackend.Default);

    /// <summary>
    /// Creates the discriminants of several challenges on this thread, which costs less than one by one: the wide vectors that
    /// candidates are tested in are never half empty.
    /// </summary>
    /// <param name="challenges">The seeds.</param>
    /// <param name="bits">Length of p in bits, 16 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> out of range.</exception>
    public static BigInteger[] CreateMany(IReadOnlyList<ReadOnlyMemory<byte>> challenges, int bits) =>
        CreateMany(challenges, bits, ClassGroupBackend.Default, StrongTestVectors.Chosen.Kind);

    internal static BigInteger[] CreateMany(
        IReadOnlyList<ReadOnlyMemory<byte>> challenges, int bits, LimbBackend backend, StrongTestVectors? vectors)
    {
        CheckLength(bits);
        var origins = challenges.Select(challenge => Origin(challenge.Span, bits)).ToArray();
        var primes = backend == LimbBackend.Gmp
            ? PrimeSearch<GmpLimbs>.FirstOfEach(origins, vectors)
            : PrimeSearch<ManagedLimbs>.FirstOfEach(origins, vectors);
        return Array.ConvertAll(primes, BigInteger.Negate);
    }

    internal static BigInteger Create(ReadOnlySpan<byte> challenge, int bits, int parallelism, LimbBackend backend) =>
        Create(challenge, bits, parallelism, backend, StrongTestVectors.Chosen.Kind);

    internal static BigInteger Create(
        ReadOnlySpan<byte> challenge, int bits, int parallelism, LimbBackend backend, StrongTestVectors? vectors)
    {
        CheckLength(bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var origin = Origin(challenge, bits);
        return -(backend == LimbBackend.Gmp
            ? PrimeSearch<GmpLimbs>.First(origin, parallelism, vectors)
            : PrimeSearch<ManagedLimbs>.First(origin, parallelism, vectors));
    }

    private static void CheckLength(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaximumBits);
    }

    /// <summary>Steps 1 to 5: the number n from which the search for a prime starts, upwards.</summary>
    internal static BigInteger Origin(ReadOnlySpan<byte> challenge, int bits)
    {
        var extraBits = bits % 8;
        var entropy = Expand(challenge, (bits / 8) + (extraBits == 0 ? 2 : 3));
        var n = new BigInteger(entropy.AsSpan()[..^2], isUnsigned: true, isBigEndian: true);
        if (extraBits != 0)
            n >>= 8 - extraBits;
        n |= BigInteger.One << (bits - 1);
        return n - (n % CandidateSieve.Step) + Residue(BinaryPrimitives.ReadUInt16BigEndian(entropy.AsSpan()[^2..]));
    }

    private static byte[] Expand(ReadOnlySpan<byte> seed, int length)
    {
        var input = new byte[seed.Length + sizeof(ushort)];
        seed.CopyTo(input);
        var entropy = new byte[length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (ushort counter = 0, offset = 0; offset < length; counter++, offset += SHA256.HashSizeInBytes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(seed.Length), counter);
            SHA256.HashData(input, digest);
            digest[..Math.Min(digest.Length, length - offset)].CopyTo(entropy.AsSpan(offset));
        }

        return entropy;
    }

    private static uint Residue(ushort selector) => Residues[selector % Residues.Length];

    private static uint[] Residues { get; } = ListResidues();

    /// <summary>The 5760 residues r ≡ 7 (mod 8) modulo 120120 that no prime up to 13 divides.</summary>
    private static uint[] ListResidues()
    {
        var residues = new List<uint>(5760);
        for (uint r = 7; r < CandidateSieve.Step; r += 8)
        {
            if (r % 3 != 0 && r % 5 != 0 && r % 7 != 0 && r % 11 != 0 && r % 13 != 0)
                residues.Add(r);
        }

        return [.. residues];
    }
}
