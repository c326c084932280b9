namespace Chia.Consensus.Queries;

/// <summary>
/// The space that took part, estimated from the blocks that it made: Σ difficulty·2³² ÷ Σ (iterations − minimum·ips), in bytes
/// (OPERATIONS 2). The iterations of the best of many proofs are distributed exponentially around difficulty·2³² ÷ space (CONSENSUS.md 7).
/// </summary>
public static class Netspace
{
    /// <summary>Units of a difficulty.</summary>
    private const double DifficultyUnit = 4294967296.0;

    /// <summary>Normal quantile of a 95 % band.</summary>
    private const double Quantile = 1.96;

    /// <summary>Bytes; null if nothing can be said of it.</summary>
    /// <param name="work">Σ difficulty.</param>
    /// <param name="variableIterations">Σ (iterations − minimum·ips).</param>
    public static double? Estimate(double work, double variableIterations) =>
        work > 0 && variableIterations > 0 ? work * DifficultyUnit / variableIterations : null;

    /// <summary>The 95 % band of an estimate from so many blocks: its relative error is 1 ÷ √blocks.</summary>
    public static (double Low, double High) Band(double estimate, int blocks)
    {
        var error = Quantile / Math.Sqrt(Math.Max(1, blocks));
        return (estimate / (1 + error), error < 1 ? estimate / (1 - error) : double.PositiveInfinity);
    }
}
