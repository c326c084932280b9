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

    /// <summary>Of the rate of validation alone, and of its processor time, that a sync reaches: percent.</summary>
    public const double OfValidation = 95;

    /// <summary>Peers that a gateway holds.</summary>
    public const double Peers = 10_000;

    /// <summary>KiB of a peer that is held.</summary>
    public const double PeerMemory = 30;

    /// <summary>ms of processor time of a block that is told to a thousand peers.</summary>
    public const double Broadcast = 50;

    /// <summary>Pings a second that one core answers.</summary>
    public const double Pings = 200_000;

    /// <summary>Bytes of live heap that the index keeps of a block.</summary>
    public const double IndexBlock = 64;

    /// <summary>ms until a full node is ready that loads so many blocks; null where nothing is aimed at.</summary>
    public static double? StartOf(int blocks) => blocks switch
    {
        0 => null,
        <= 100_000 => 1000,
        <= 1_000_000 => 5000,
        _ => null,
    };
}
