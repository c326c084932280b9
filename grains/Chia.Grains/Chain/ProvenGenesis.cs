using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Chain;

/// <summary>
/// The cryptography for a genesis block that is built into the program: its signatures and its proof of time are taken as proven, which a
/// test does once (<c>ProvenGenesisTests</c>). A first start compiles none of that code, a tenth of a second of its processor time.
/// </summary>
internal sealed class ProvenGenesis(IProofVerifier proofs) : IProofVerifier
{
    /// <summary>What a network's genesis block is checked with. That of a network file comes from outside, and is checked whole.</summary>
    public static IProofVerifier VerifierOf(NetworkDefinition network, IProofVerifier proofs) =>
        network.Constants == Testnet.Definition.Constants && network.GenesisBytes.Span.SequenceEqual(Testnet.Definition.GenesisBytes.Span)
            ? new ProvenGenesis(proofs)
            : proofs;

    public bool IsPublicKey(Bytes48 publicKey) => true;

    public bool IsPrependSignature(Bytes96 signature) => true;

    public bool IsPlainSignature(Bytes96 signature) => true;

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks) => true;

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => proofs.TryGetQuality(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;
}
