using Chia.GrainInterfaces.Chain;

namespace Chia.Silo.Simulation.Plan;

/// <summary>What a simulation's chain came to.</summary>
/// <param name="Tip">The heaviest tip.</param>
/// <param name="Chain">Of the whole chain.</param>
/// <param name="Seconds">That the run took.</param>
/// <param name="Winners">Plots that won a block in it.</param>
internal sealed record SimulationFigures(TipInfo Tip, ChainFigures Chain, double Seconds, int Winners)
{
    /// <summary>What a condition may name.</summary>
    public static readonly IReadOnlyList<string> Names = ["height", "weight", "difficulty", "orphans", "block_time", "seconds", "winners"];

    /// <summary>A figure by its name.</summary>
    public double this[string name] => name switch
    {
        "height" => Tip.Height,
        "weight" => Tip.TotalWeight,
        "difficulty" => Tip.NextDifficulty,
        "orphans" => Chain.OrphanRate,
        "block_time" => Chain.Newest is { Blocks: > 0 } all ? all.Seconds / all.Blocks : 0,
        "seconds" => Seconds,
        "winners" => Winners,
        _ => throw new ArgumentException($"no figure is called {name}", nameof(name)),
    };
}
