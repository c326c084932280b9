using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Validation;

/// <summary>
/// Takes every proof on its word but the quality, which the chain's rules calculate with: for blocks that somebody has verified before,
/// and for no others.
/// </summary>
/// <param name="proofs">Computes the qualities.</param>
public sealed class TrustingVerifier(IProofVerifier proofs) : IProofVerifier
{
    /// <inheritdoc/>
    public bool IsPublicKey(Bytes48 publicKey) => true;

    /// <inheritdoc/>
    public bool IsPrependSignature(Bytes96 signature) => true;

    /// <inheritdoc/>
    public bool IsPlainSignature(Bytes96 signature) => true;

    /// <inheritdoc/>
    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    /// <inheritdoc/>
    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks) => true;

    /// <inheritdoc/>
    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => proofs.TryGetQuality(proof, out quality);

    /// <inheritdoc/>
    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;

    /// <inheritdoc/>
    public IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits) => new string?[proofs.Count];
}
