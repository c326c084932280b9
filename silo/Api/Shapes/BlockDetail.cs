namespace Chia.Silo.Api.Shapes;

/// <summary>A block with all that is in it, and its place.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Header hash.</param>
/// <param name="Parent">Header hash of the parent; zeros for genesis.</param>
/// <param name="Children">Header hashes of its stored children.</param>
/// <param name="OnChain">It is the heaviest tip or an ancestor of it.</param>
/// <param name="IsTip">It is one of the tips.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="Weight">Total weight.</param>
/// <param name="TotalIterations">Sum of iterations up to and with it.</param>
/// <param name="Difficulty">Difficulty in force for it, units of 2³².</param>
/// <param name="Ips">Iterations per second in force for it.</param>
/// <param name="SizeBytes">Bytes of the whole block.</param>
/// <param name="ProofOfSpace">Who won it, and with what.</param>
/// <param name="ProofOfTime">What was squared; absent if there is none.</param>
/// <param name="Iterations">How the iterations follow from the quality.</param>
/// <param name="Challenge">What it poses to the next; absent if there is none.</param>
/// <param name="Header">What the harvester signed.</param>
/// <param name="Coinbase">The reward.</param>
/// <param name="Fees">Where fees go.</param>
/// <param name="Body">The rest.</param>
internal sealed record BlockDetail(
    uint Height,
    string Hash,
    string Parent,
    IReadOnlyList<string> Children,
    bool OnChain,
    bool IsTip,
    ulong Timestamp,
    ulong Weight,
    ulong TotalIterations,
    ulong Difficulty,
    ulong Ips,
    int SizeBytes,
    BlockSpace ProofOfSpace,
    BlockTime? ProofOfTime,
    BlockIterations Iterations,
    BlockChallenge? Challenge,
    BlockHeader Header,
    BlockCoinbase Coinbase,
    BlockFees Fees,
    BlockBody Body);

/// <summary>A proof of space: its plot answered the parent's challenge.</summary>
internal sealed record BlockSpace(
    string Challenge, int K, string PlotId, string PlotPublicKey, string PoolPublicKey, string Quality, string Proof, string Hash);

/// <summary>A proof of time.</summary>
internal sealed record BlockTime(
    string Challenge, ulong Iterations, int WitnessType, string OutputA, string OutputB, string Witness, int DiscriminantBits);

/// <summary>From the quality to the iterations (CONSENSUS.md 7).</summary>
/// <param name="Formula">In letters.</param>
/// <param name="Filled">The same with the numbers.</param>
/// <param name="MinBlockTimeSeconds">m₀.</param>
/// <param name="Ips">Speed in force.</param>
/// <param name="MinimumIterations">m₀ · ips.</param>
/// <param name="VariableIterations">What the quality asks for beyond.</param>
/// <param name="Iterations">Their sum.</param>
/// <param name="ExpectedPlotBytes">0.762 · k · 2^k.</param>
/// <param name="QualityLogarithm">−ln(quality ÷ 2²⁵⁶), approximately.</param>
internal sealed record BlockIterations(
    string Formula,
    string Filled,
    uint MinBlockTimeSeconds,
    ulong Ips,
    ulong MinimumIterations,
    ulong VariableIterations,
    ulong Iterations,
    double ExpectedPlotBytes,
    double QualityLogarithm);

/// <summary>The challenge that a block poses.</summary>
internal sealed record BlockChallenge(string Hash, string PrevChallenge, string ProofOfSpaceHash, string ProofOfTimeOutputHash);

/// <summary>Header data and its signature.</summary>
internal sealed record BlockHeader(
    string FilterHash, string ProofOfSpaceHash, string BodyHash, string ExtensionData, string HarvesterSignature);

/// <summary>The reward and the pool's signature.</summary>
internal sealed record BlockCoinbase(uint Height, ulong Amount, string PuzzleHash, string Signature);

/// <summary>Where fees go.</summary>
internal sealed record BlockFees(ulong Amount, string PuzzleHash);

/// <summary>The rest of a body.</summary>
internal sealed record BlockBody(string SolutionsGenerator, ulong Cost, string? AggregatedSignature);
