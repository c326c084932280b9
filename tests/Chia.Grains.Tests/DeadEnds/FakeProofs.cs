using System.Security.Cryptography;
using Chia.Consensus.Validation;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Tests.DeadEnds;

/// <summary>Cryptography that costs nothing: what a fake plot, key or clock made is good. The genesis block's proof is real, and so is its
/// quality.</summary>
internal sealed class FakeProofs(Bytes32 genesisChallenge) : IProofVerifier
{
    public bool IsPublicKey(Bytes48 publicKey) => true;

    public bool IsPrependSignature(Bytes96 signature) => true;

    public bool IsPlainSignature(Bytes96 signature) => true;

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        if (proof.ChallengeHash == genesisChallenge)
            return ProofOfSpaceVerifier.TryGetQuality(proof, out quality);
        quality = proof.Sha256();
        return true;
    }

    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;
}

/// <summary>A plot without entries: how many proofs it has for a challenge is a Poisson number that depends on the two alone.</summary>
/// <param name="number">Which plot of the network.</param>
/// <param name="mean">Proofs per challenge, on average.</param>
/// <param name="poolKey">Its pool.</param>
/// <param name="seed">Another network's plots answer otherwise.</param>
internal sealed class FakePlot(int number, double mean, Bytes48 poolKey, int seed)
{
    public const byte Size = 19;

    private const int ProofBytesPerSize = 8;

    /// <summary>All proofs for a challenge.</summary>
    public IEnumerable<ProofOfSpace> Proofs(Bytes32 challenge)
    {
        for (var index = 0; index < Count(challenge); index++)
        {
            var proof = new byte[ProofBytesPerSize * Size];
            Hash(challenge, index + 1).CopyTo(proof, 0);
            yield return new ProofOfSpace(
                challenge, poolKey, new Bytes48([.. Hash(default, -1), .. new byte[16]]), Size, ByteString.Copy(proof));
        }
    }

    private int Count(Bytes32 challenge)
    {
        var chance = BitConverter.ToUInt32(Hash(challenge, 0)) / (uint.MaxValue + 1.0);
        var probability = Math.Exp(-mean);
        var count = 0;
        for (var sum = probability; chance >= sum && count < 100; sum += probability)
            probability *= mean / ++count;
        return count;
    }

    private byte[] Hash(Bytes32 challenge, int index) =>
        SHA256.HashData(
            [.. challenge.Span, .. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(number), .. BitConverter.GetBytes(index)]);
}
