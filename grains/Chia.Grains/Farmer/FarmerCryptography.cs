using System.Security.Cryptography;
using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Farmer;

/// <summary>What a farmer computes for milliseconds at a time; runs on <see cref="FarmerThreads"/>.</summary>
internal sealed class FarmerCryptography(IProofVerifier proofs, FarmerKeys keys, ConsensusConstants constants)
{
    /// <summary>
    /// Verifies a proof and signs its coinbase. The reference signs with its first pool key whatever the plot carries, which makes an
    /// invalid block (ROLES.md 3.3); here the plot's own pool signs.
    /// </summary>
    /// <param name="challenge">The challenge that the quality answers.</param>
    /// <param name="height">Height of the block that the proof makes.</param>
    /// <param name="quality">The quality that the harvester claimed.</param>
    /// <param name="proof">What it delivered; its pool key is one of ours.</param>
    /// <returns>Null if the proof is not one for this challenge and quality.</returns>
    public VerifiedProof? Verify(Bytes32 challenge, uint height, Bytes32 quality, ProofOfSpace proof)
    {
        if (proof.ChallengeHash != challenge || !proofs.TryGetQuality(proof, out var actual) || actual != quality)
            return null;
        var poolKey = keys.FindPoolKey(proof.PoolPublicKey)
            ?? throw new ArgumentException("the proof's pool is not ours", nameof(proof));
        var coinbase = new CoinbaseInfo(height, constants.BlockReward, keys.PoolTarget);
        var signature = poolKey.SignPrependPrehashed(SignedMessages.OfCoinbase(coinbase));
        return new VerifiedProof(proof, proof.Sha256(), coinbase, signature);
    }

    /// <summary>True if a plot key signed these 32 bytes (CONSENSUS.md 4: the message is hashed, though it is a hash).</summary>
    public bool IsSigned(Bytes48 plotKey, Bytes32 message, Bytes96 signature) =>
        proofs.VerifySignature(plotKey, new Bytes32(SHA256.HashData(message.Span)), signature);

    /// <summary>Which of these headers a plot key signed; null if none. An answer does not say which of several it is for.</summary>
    public Bytes32? FindSigned(Bytes48 plotKey, IReadOnlyList<Bytes32> headers, Bytes96 signature)
    {
        foreach (var header in headers)
        {
            if (IsSigned(plotKey, header, signature))
                return header;
        }

        return null;
    }
}
