using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Diagnostics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Validation;

/// <summary>Records how long each part of a validation takes (OPERATIONS 4); proofs that are verified together are one part.</summary>
/// <param name="inner">Verifies.</param>
/// <param name="time">The clock.</param>
public sealed class MeteredVerifier(IProofVerifier inner, TimeProvider time) : IProofVerifier
{
    private const string Space = "proof_of_space";
    private const string Time = "proof_of_time";
    private const string Signatures = "signatures";

    /// <inheritdoc/>
    public bool IsPublicKey(Bytes48 publicKey) => inner.IsPublicKey(publicKey);

    /// <inheritdoc/>
    public bool IsPrependSignature(Bytes96 signature) => inner.IsPrependSignature(signature);

    /// <inheritdoc/>
    public bool IsPlainSignature(Bytes96 signature) => inner.IsPlainSignature(signature);

    /// <inheritdoc/>
    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature)
    {
        var started = time.GetTimestamp();
        var holds = inner.VerifySignature(publicKey, messageHash, signature);
        ChiaMeter.Validated(Signatures, time.GetElapsedTime(started));
        return holds;
    }

    /// <inheritdoc/>
    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks)
    {
        var started = time.GetTimestamp();
        var holds = inner.VerifySignatures(checks);
        ChiaMeter.Validated(Signatures, time.GetElapsedTime(started));
        return holds;
    }

    /// <inheritdoc/>
    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        var started = time.GetTimestamp();
        var holds = inner.TryGetQuality(proof, out quality);
        ChiaMeter.Validated(Space, time.GetElapsedTime(started));
        return holds;
    }

    /// <inheritdoc/>
    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        var started = time.GetTimestamp();
        var fault = inner.FindFault(proof, discriminantBits);
        ChiaMeter.Validated(Time, time.GetElapsedTime(started));
        return fault;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits)
    {
        var started = time.GetTimestamp();
        var faults = inner.FindFaults(proofs, discriminantBits);
        ChiaMeter.Validated(Time, time.GetElapsedTime(started));
        return faults;
    }
}
