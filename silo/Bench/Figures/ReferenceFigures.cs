namespace Chia.Silo.Bench.Figures;

/// <summary>
/// Figures of the reference client of December 2019 and of today's C++ libraries (tests/vectors/README.md). CPU time on a 2-core AMD EPYC
/// virtual machine: on another machine only the ratios between them carry over.
/// </summary>
internal static class ReferenceFigures
{
    private const string Relic = "reference (relic, C++)";
    private const string Blst = "blst (C, assembly)";
    private const string ChiaVdf = "chiavdf (C++, GMP)";
    private const string ReferenceCpp = "reference (C++)";
    private const string ReferenceServer = "vdf_server (C++, assembly)";
    private const string ReferenceNode = "reference node (Python)";

    /// <summary>ms, prepend verification.</summary>
    public static readonly ReferenceFigure RelicVerify = new(2.0, 3.0, Relic);

    /// <summary>ms, decompression, subgroup check and its own hash to the curve included.</summary>
    public static readonly ReferenceFigure BlstVerify = new(1.05, Blst);

    /// <summary>ms.</summary>
    public static readonly ReferenceFigure RelicSign = new(0.85, Relic);

    /// <summary>ms, 1024 bits.</summary>
    public static readonly ReferenceFigure Discriminant = new(12.3, ChiaVdf);

    /// <summary>Microseconds, 1024 bits.</summary>
    public static readonly ReferenceFigure Squaring = new(5.4, ChiaVdf);

    /// <summary>ms, one Wesolowski segment: two 128-bit powers.</summary>
    public static readonly ReferenceFigure Segment = new(1.83, ChiaVdf);

    /// <summary>ms, witness type 2: the discriminant and three segments.</summary>
    public static readonly ReferenceFigure ProofOfTime = new(17.8, ChiaVdf);

    /// <summary>ms, the same proof as the reference node verifies it.</summary>
    public static readonly ReferenceFigure ProofOfTimePython = new(211, ReferenceNode);

    /// <summary>Microseconds, k = 19.</summary>
    public static readonly ReferenceFigure ProofOfSpace = new(70, 130, ReferenceCpp);

    /// <summary>ms a block: the same.</summary>
    public static readonly ReferenceFigure OneProofOfSpace = new(ProofOfSpace.Low / 1e3, ProofOfSpace.High / 1e3, ReferenceCpp);

    /// <summary>Blocks per second of one core: 312 ms to receive a block of chains/real300, its 24 database reads included.</summary>
    public static readonly ReferenceFigure Validation = new(1000.0 / 312, ReferenceNode);

    /// <summary>ms a block: both signatures.</summary>
    public static readonly ReferenceFigure TwoSignatures = new(2 * RelicVerify.Low, 2 * RelicVerify.High, Relic);

    /// <summary>ms a block: the three segments of a proof of time.</summary>
    public static readonly ReferenceFigure ThreeSegments = new(3 * Segment.Low, ChiaVdf);

    /// <summary>Blocks per second: full sync of chains/real300 over loopback, fresh node.</summary>
    public static readonly ReferenceFigure Sync = new(2.93, ReferenceNode);

    /// <summary>Iterations per second, one thread, 1024 bits, with the proof.</summary>
    public static readonly ReferenceFigure TimelordWithProof = new(128_000, ReferenceServer);

    /// <summary>Squarings per second, one thread, 1024 bits, no proof.</summary>
    public static readonly ReferenceFigure TimelordSquarings = new(185_000, ReferenceServer);

    /// <summary>ms, all six table reads of a full proof, warm cache.</summary>
    public static readonly ReferenceFigure FullProof = new(4.2, ReferenceCpp);

    /// <summary>Seconds, one thread; null for a k that was not measured.</summary>
    public static ReferenceFigure? Plotting(int k) => k switch
    {
        17 => new(0.75, ReferenceCpp),
        18 => new(1.6, ReferenceCpp),
        19 => new(3.4, 4.1, ReferenceCpp),
        20 => new(7.5, ReferenceCpp),
        _ => null,
    };

    /// <summary>ms a plot, warm cache; null for a k that was not measured.</summary>
    public static ReferenceFigure? QualityLookup(int k) => k switch
    {
        19 => new(0.42, ReferenceCpp),
        20 => new(0.47, ReferenceCpp),
        _ => null,
    };
}
