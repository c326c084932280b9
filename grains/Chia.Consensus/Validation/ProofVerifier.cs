using System.Diagnostics;
using Chia.Cryptography.Bls12381;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>The real cryptography.</summary>
/// <param name="timings">Where the time is accounted for; null to save the stopwatch.</param>
/// <param name="parallelism">
/// Threads for one proof of time, the caller's included. More than one shortens the wait for a single block;
/// many blocks at once are better served by a thread each.
/// </param>
public sealed class ProofVerifier(ValidationTimings? timings = null, int parallelism = 1) : IProofVerifier
{
    /// <inheritdoc/>
    public bool IsPublicKey(Bytes48 publicKey)
    {
        var started = Start();
        var error = PointEncoding.CheckPublicKey(publicKey);
        Stop(ValidationStage.Signatures, started);
        return error == PointDecodingError.None;
    }

    /// <inheritdoc/>
    public bool IsPrependSignature(Bytes96 signature)
    {
        var started = Start();
        var error = PointEncoding.CheckPrependSignature(signature);
        Stop(ValidationStage.Signatures, started);
        return error == PointDecodingError.None;
    }

    /// <inheritdoc/>
    public bool IsPlainSignature(Bytes96 signature)
    {
        var started = Start();
        var error = PointEncoding.CheckPlainSignature(signature);
        Stop(ValidationStage.Signatures, started);
        return error == PointDecodingError.None;
    }

    /// <inheritdoc/>
    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature)
    {
        var started = Start();
        var valid = PrependSignature.Verify(publicKey, messageHash, signature);
        Stop(ValidationStage.Signatures, started);
        return valid;
    }

    /// <inheritdoc/>
    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks)
    {
        var started = Start();
        var valid = PrependSignature.VerifyAll(checks);
        Stop(ValidationStage.Signatures, started);
        return valid;
    }

    /// <inheritdoc/>
    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        var started = Start();
        var valid = ProofOfSpaceVerifier.TryGetQuality(proof, out quality);
        Stop(ValidationStage.ProofOfSpace, started);
        return valid;
    }

    /// <inheritdoc/>
    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        // Impossible lengths and counts before the discriminant, the dearest part of all: garbage costs its sender nothing.
        var verdict = ProofOfTimeVerifier.CheckShape(proof, discriminantBits);
        if (verdict != ProofOfTimeVerdict.Valid)
            return verdict.ToString();
        var started = Start();
        var discriminant = Discriminant.Create(proof.ChallengeHash.Span, discriminantBits, parallelism);
        Stop(ValidationStage.Discriminant, started);
        started = Start();
        verdict = ProofOfTimeVerifier.Verify(proof, discriminant, parallelism);
        Stop(ValidationStage.ProofOfTime, started);
        return verdict == ProofOfTimeVerdict.Valid ? null : verdict.ToString();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits)
    {
        if (proofs.Count == 1 || parallelism > 1)
            return [.. proofs.Select(proof => FindFault(proof, discriminantBits))];
        var verdicts = proofs.Select(proof => ProofOfTimeVerifier.CheckShape(proof, discriminantBits)).ToArray();
        var shapely = Enumerable.Range(0, verdicts.Length).Where(i => verdicts[i] == ProofOfTimeVerdict.Valid).ToArray();
        var started = Start();
        var discriminants =
            Discriminant.CreateMany([.. shapely.Select(i => (ReadOnlyMemory<byte>)proofs[i].ChallengeHash.ToArray())], discriminantBits);
        Stop(ValidationStage.Discriminant, started);
        started = Start();
        foreach (var (i, discriminant) in shapely.Zip(discriminants))
            verdicts[i] = ProofOfTimeVerifier.Verify(proofs[i], discriminant);
        Stop(ValidationStage.ProofOfTime, started);
        return [.. verdicts.Select(verdict => verdict == ProofOfTimeVerdict.Valid ? null : verdict.ToString())];
    }

    private long Start() => timings is null ? 0 : Stopwatch.GetTimestamp();

    private void Stop(ValidationStage stage, long started) => timings?.AddSince(stage, started);
}
