using Chia.Cryptography.Bls12381;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>The cryptography that the rules need. Implementations are pure and safe for many threads.</summary>
/// <remarks>No member has a default body: one that wraps another must pass every question on as it is asked, or several proofs that are
/// verified together would be verified one by one behind it.</remarks>
public interface IProofVerifier
{
    /// <summary>True if a public key decodes to a point of the curve (BLS.md 4.3); the subgroup is not asked for (DECISIONS 4).</summary>
    bool IsPublicKey(Bytes48 publicKey);

    /// <summary>True if a prepend signature decodes to a point.</summary>
    bool IsPrependSignature(Bytes96 signature);

    /// <summary>True if a plain signature decodes to a point.</summary>
    bool IsPlainSignature(Bytes96 signature);

    /// <summary>Verifies a prepend signature over a message given by its SHA-256 (CONSENSUS.md 4). False also for what does not
    /// decode.</summary>
    bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature);

    /// <summary>
    /// Verifies several prepend signatures together, which costs less than one by one and does not tell which is bad.
    /// </summary>
    bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks);

    /// <summary>Verifies a proof of space against the challenge that it names; its quality if valid (CONSENSUS.md 17.2).</summary>
    bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality);

    /// <summary>Verifies a proof of time for the challenge and iterations that it names (CONSENSUS.md 17.1). Null if valid, else the
    /// fault's name.</summary>
    string? FindFault(ProofOfTime proof, int discriminantBits);

    /// <summary>
    /// Verifies several proofs of time together, which costs less than one by one: their discriminants are searched for in the lanes of
    /// one vector. The faults in the order of the proofs, null for a valid one.
    /// </summary>
    IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits);
}
