using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Reference;

/// <summary>Takes the qualities from the index and everything else as valid: for the rules about ancestors on the reference's own
/// chains.</summary>
internal sealed class RecordedQualities(ReferenceChain chain) : IProofVerifier
{
    /// <summary>The first block of a branch may use the proof of its rival.</summary>
    private readonly Dictionary<ProofOfSpace, Bytes32> _qualities = chain.All
        .DistinctBy(b => b.Block.HeaderBlock.ProofOfSpace)
        .ToDictionary(b => b.Block.HeaderBlock.ProofOfSpace, b => b.Record.Quality);

    public bool IsPublicKey(Bytes48 publicKey) => true;

    public bool IsPrependSignature(Bytes96 signature) => true;

    public bool IsPlainSignature(Bytes96 signature) => true;

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => _qualities.TryGetValue(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;
}
