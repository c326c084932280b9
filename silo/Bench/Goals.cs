namespace Chia.Silo.Bench;

/// <summary>
/// What is aimed at (docs/performance.md, Overview): where a library is the measure, from its figure in <see cref="ReferenceFigures"/>,
/// so that the goal and it belong to one machine.
/// </summary>
internal static class Goals
{
    /// <summary>ms: nine tenths of blst's speed.</summary>
    public static readonly double Verify = ReferenceFigures.BlstVerify.Low / 0.9;

    /// <summary>ms: 1.2 times as fast as blst, whose batches cost 0.58 of its single verification.</summary>
    public static readonly double VerifyInBatch = ReferenceFigures.BlstVerify.Low * 0.58 / 1.2;

    /// <summary>ms, 1024 bits, where the processor has AVX-512.</summary>
    public const double DiscriminantWide = 4;

    /// <summary>ms, 1024 bits, on AVX2 alone.</summary>
    public const double DiscriminantNarrow = 9;

    /// <summary>Iterations per second, proof included: 1.5 times the reference's evaluator.</summary>
    public static readonly double TimelordWithProof = 1.5 * ReferenceFigures.TimelordWithProof.Low;

    /// <summary>ms of processor time of a block of chains/real300.</summary>
    public const double Block = 8;
}
