namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>What can be chosen about an evaluation; the defaults are a timelord's.</summary>
public sealed record VdfEvaluatorOptions
{
    /// <summary>Largest accepted <see cref="WitnessType"/>; the wire could carry 255, each costing 268 bytes.</summary>
    public const int MaximumWitnessType = 64;

    /// <summary>Segments of a proof less one; the network's timelords use 2.</summary>
    public int WitnessType { get; init; } = 2;

    /// <summary>How the iterations are divided into segments.</summary>
    public SegmentRule SegmentRule { get; init; } = SegmentRule.TwoThirds;

    /// <summary>Threads that compute proofs beside the evaluation; one keeps up with it several times over.</summary>
    public int ProverThreads { get; init; } = 1;

    /// <summary>
    /// Most intermediate forms kept. Each takes 136 bytes at 1024 bits, so the default of 262,144 stands for 36 MB
    /// (for a moment half as much again, whenever every other one is dropped). They are 10 iterations apart at first and
    /// twice as far each time the limit is reached, after 2.6, 5.2, 10.5 … million iterations.
    /// </summary>
    public int MaximumCheckpoints { get; init; } = 1 << 18;

    /// <summary>The clock behind <see cref="VdfProgress.IterationsPerSecond"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

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
