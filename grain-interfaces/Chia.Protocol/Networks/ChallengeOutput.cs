namespace Chia.Protocol.Networks;

/// <summary>What a block above genesis may carry as its challenge's <c>proof_of_time_output_hash</c> (DECISIONS 1,
/// CONSENSUS.md 18.1).</summary>
public enum ChallengeOutput
{
    /// <summary>H(ser(output)) only, which every full node writes: one block has one challenge.</summary>
    OutputOnly,

    /// <summary>
    /// H(ser(proof of time)) as well, which the reference's test tools write. Whoever evaluates the proof of time can then choose among
    /// challenges by the lengths of its segments, so this is for networks that those tools made.
    /// </summary>
    WholeProofAllowed,
}
