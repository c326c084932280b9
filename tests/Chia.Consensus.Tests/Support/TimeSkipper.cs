using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Support;

/// <summary>The real cryptography, except for the proofs of time that are not <paramref name="wanted"/>.</summary>
internal sealed class TimeSkipper(IProofVerifier real, Func<ProofOfTime, bool> wanted) : IProofVerifier
{
    private int _verified;

    /// <summary>Proofs of time that were really verified.</summary>
    public int Verified => _verified;

    public bool IsPublicKey(Bytes48 publicKey) => real.IsPublicKey(publicKey);

    public bool IsPrependSignature(Bytes96 signature) => real.IsPrependSignature(signature);

    public bool IsPlainSignature(Bytes96 signature) => real.IsPlainSignature(signature);

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) =>
        real.VerifySignature(publicKey, messageHash, signature);

    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks) => real.VerifySignatures(checks);

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => real.TryGetQuality(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        if (!wanted(proof))
            return null;
        Interlocked.Increment(ref _verified);
        return real.FindFault(proof, discriminantBits);
    }
}
