using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Bench;

/// <summary>
/// Takes every proof on its word but the quality, which the chain's rules calculate with: a measured chain is put into the serving node's
/// store without being the measurement. The node that is measured verifies everything.
/// </summary>
internal sealed class TrustingVerifier : IProofVerifier
{
    private readonly ProofVerifier _real = new();

    public bool IsPublicKey(Bytes48 publicKey) => true;

    public bool IsPrependSignature(Bytes96 signature) => true;

    public bool IsPlainSignature(Bytes96 signature) => true;

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => _real.TryGetQuality(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;
}
