namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>How a prover divides its iterations into segments. Every division verifies; these are the two in use.</summary>
public enum SegmentRule
{
    /// <summary>
    /// The rule of the network's timelords: two thirds of what remains, rounded down to a multiple of 100 (VDF.md 9.4).
    /// </summary>
    TwoThirds,

    /// <summary>
    /// The rule of the reference's own slow prover, which made the genesis block: as much as lets the proof of a segment
    /// end together with the evaluation of the rest (VDF.md 9.3).
    /// </summary>
    Balanced,
}
