using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Support;

/// <summary>The real proofs of space and signatures; the roles under test ask for nothing else.</summary>
internal sealed class TestProofVerifier : IProofVerifier
{
    public bool IsPublicKey(Bytes48 publicKey) => throw new NotSupportedException();

    public bool IsPrependSignature(Bytes96 signature) => throw new NotSupportedException();

    public bool IsPlainSignature(Bytes96 signature) => throw new NotSupportedException();

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) =>
        PrependSignature.Verify(publicKey, messageHash, signature);

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => ProofOfSpaceVerifier.TryGetQuality(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits) => throw new NotSupportedException();
}
