namespace Chia.Silo.Bench.Figures;

/// <summary>
/// What is aimed at (docs/performance.md, Overview): where a library is the measure, from its figure in <see cref="ReferenceFigures"/>,
/// so that the goal and it belong to one machine.
/// </summary>
internal static class Goals
{
    /// <summary>How many times as fast as blst a single verification is, and one of a batch.</summary>
    public const double TimesVerify = 0.9, TimesVerifyInBatch = 1.2;

    /// <summary>ms of a single verification.</summary>
    public static readonly double Verify = ReferenceFigures.BlstVerify.Low / TimesVerify;

    /// <summary>ms of one of a batch; blst's cost 0.58 of its single verification.</summary>
    public static readonly double VerifyInBatch = ReferenceFigures.BlstVerify.Low * 0.58 / TimesVerifyInBatch;

    /// <summary>ms, 1024 bits, where the processor has AVX-512.</summary>
    public const double DiscriminantWide = 4;

    /// <summary>ms, 1024 bits, on AVX2 alone.</summary>
    public const double DiscriminantNarrow = 9;

    /// <summary>How many times as fast as the reference's evaluator, proof included.</summary>
    public const double TimesTimelord = 1.5;

    /// <summary>Iterations per second, proof included.</summary>
    public static readonly double TimelordWithProof = TimesTimelord * ReferenceFigures.TimelordWithProof.Low;

    /// <summary>Of the squarings without a proof, that those with one reach: percent.</summary>
    public const double OfSquarings = 95;

    /// <summary>ns of a product of 16 by 16 limbs in our own arithmetic.</summary>
    public const double Product = 200;

    /// <summary>How many times as fast two threads plot as one; nothing is aimed at for more.</summary>
    public static double? PlotThreads(int threads) => threads == 2 ? 1.8 : null;

    /// <summary>ms of processor time of a block of chains/real300.</summary>
    public const double Block = 8;

    /// <summary>Of the rate of validation alone, and of its processor time, that a sync reaches: percent.</summary>
    public const double OfValidation = 95;

    /// <summary>The same of a sync of 300 blocks by a process that has just started, from the sync's first request on: percent.</summary>
    public const double ColdOfValidation = 80;

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
