using System.Diagnostics;
using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Validation;

/// <summary>Verifies the proofs of one block one by one, and notes the verdict on each and the time it took. For one thread.</summary>
internal sealed class MeasuringVerifier(IProofVerifier inner, FullBlock block, int discriminantBits) : IProofVerifier
{
    private const string DoesNotHold = "it does not hold";

    private readonly Dictionary<BlockProof, ProofVerdict> _verdicts = [];
    private readonly Bytes32 _headerMessage = SignedMessages.OfHeader(block.HeaderBlock.Header.Data);

    /// <summary>Every proof that the block has; those that the checks did not come to are verified now.</summary>
    public ProofVerdict[] All()
    {
        var space = block.HeaderBlock.ProofOfSpace;
        if (!_verdicts.ContainsKey(BlockProof.ProofOfSpace))
            TryGetQuality(space, out _);
        if (!_verdicts.ContainsKey(BlockProof.HarvesterSignature))
            VerifySignature(space.PlotPublicKey, _headerMessage, block.HeaderBlock.Header.HarvesterSignature);
        if (!_verdicts.ContainsKey(BlockProof.CoinbaseSignature))
            VerifySignature(space.PoolPublicKey, SignedMessages.OfCoinbase(block.Body.Coinbase), block.Body.CoinbaseSignature);
        if (!_verdicts.ContainsKey(BlockProof.ProofOfTime) && block.HeaderBlock.ProofOfTime is { } time)
            FindFault(time, discriminantBits);
        return [.. _verdicts.Values.OrderBy(verdict => verdict.Proof)];
    }

    public bool IsPublicKey(Bytes48 publicKey) => inner.IsPublicKey(publicKey);

    public bool IsPrependSignature(Bytes96 signature) => inner.IsPrependSignature(signature);

    public bool IsPlainSignature(Bytes96 signature) => inner.IsPlainSignature(signature);

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature)
    {
        var started = Stopwatch.GetTimestamp();
        var holds = inner.VerifySignature(publicKey, messageHash, signature);
        var isHarvester = messageHash == _headerMessage;
        Note(isHarvester ? BlockProof.HarvesterSignature : BlockProof.CoinbaseSignature, holds ? null : DoesNotHold, started);
        return holds;
    }

    public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks)
    {
        var hold = true;
        foreach (ref readonly var check in checks)
            hold &= VerifySignature(check.PublicKey, check.MessageHash, check.Signature);
        return hold;
    }

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality)
    {
        var started = Stopwatch.GetTimestamp();
        var holds = inner.TryGetQuality(proof, out quality);
        Note(BlockProof.ProofOfSpace, holds ? null : DoesNotHold, started);
        return holds;
    }

    public string? FindFault(ProofOfTime proof, int discriminantBits)
    {
        var started = Stopwatch.GetTimestamp();
        var fault = inner.FindFault(proof, discriminantBits);
        Note(BlockProof.ProofOfTime, fault, started);
        return fault;
    }

    public IReadOnlyList<string?> FindFaults(IReadOnlyList<ProofOfTime> proofs, int discriminantBits) =>
        [.. proofs.Select(proof => FindFault(proof, discriminantBits))];

    private void Note(BlockProof proof, string? fault, long started) =>
        _verdicts.TryAdd(proof, new ProofVerdict(proof, fault, Stopwatch.GetElapsedTime(started)));
}
