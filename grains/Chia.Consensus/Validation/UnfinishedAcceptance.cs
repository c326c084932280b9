using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>What follows from a valid unfinished block (SYNC.md 4.1).</summary>
/// <param name="Difficulty">Difficulty in force for it, units of 2^32.</param>
/// <param name="Iterations">Iterations of the proof of time that it waits for.</param>
public sealed record UnfinishedAcceptance(ulong Difficulty, ulong Iterations);

/// <summary>Turns an unfinished block and a proof of time into a block (SYNC.md 4.2).</summary>
public static class BlockCompletion
{
    /// <summary>
    /// Fills in proof of time and challenge, as a full node does: output hash = H(ser(output)).
    /// Nothing is verified; sums wrap where they could not be valid anyway.
    /// </summary>
    public static FullBlock Complete(FullBlock unfinished, ProofOfTime proofOfTime, BlockRecord parent, ulong difficulty)
    {
        var challenge = new Challenge(
            proofOfTime.ChallengeHash,
            unfinished.HeaderBlock.ProofOfSpace.Sha256(),
            proofOfTime.Output.Sha256(),
            parent.Height + 1,
            unchecked(parent.TotalWeight + difficulty),
            unchecked(parent.TotalIterations + proofOfTime.NumberOfIterations));
        return unfinished with
        {
            HeaderBlock = unfinished.HeaderBlock with { ProofOfTime = proofOfTime, Challenge = challenge },
        };
    }
}
