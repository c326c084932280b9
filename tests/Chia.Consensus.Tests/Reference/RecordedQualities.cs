using Chia.Testing;

namespace Chia.Consensus.Tests.Reference;

/// <summary>Takes the qualities from the index and everything else as valid: for the rules about ancestors on the reference's own
/// chains.</summary>
internal static class RecordedQualities
{
    public static ScriptedVerifier Of(ReferenceChain chain)
    {
        // The first block of a branch may use the proof of its rival.
        var qualities = chain.All
            .DistinctBy(b => b.Block.HeaderBlock.ProofOfSpace)
            .ToDictionary(b => b.Block.HeaderBlock.ProofOfSpace, b => b.Record.Quality);
        return new ScriptedVerifier { Space = proof => qualities.TryGetValue(proof, out var quality) ? quality : null };
    }
}
