namespace Chia.Silo.Bench.Figures;

/// <summary>A measured row of a table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The result.</param>
/// <param name="Unit">Its unit: a time, a size, a part, or something per second.</param>
/// <param name="Reference">What to compare with; null for none.</param>
/// <param name="Goal">What is aimed at, in the same unit (docs/performance.md, Overview); null for nothing.</param>
internal sealed record Figure(string What, double Value, string Unit, ReferenceFigure? Reference = null, double? Goal = null)
{
    /// <summary>Said behind <see cref="What"/>, but no part of its name: it may differ from run to run.</summary>
    public string Note { get; init; } = "";

    /// <summary>Rates, parts, multiples and counts are better when higher, times and sizes when lower.</summary>
    public static bool IsBetterHigher(string unit) => unit.EndsWith("/s", StringComparison.Ordinal) || unit is "%" or "x" or "peers";

    /// <summary>How many times as fast as the reference, for both ends of its range, the smaller first.</summary>
    public (double Low, double High)? Speed => Reference is not { } r
        ? null
        : IsBetterHigher(Unit) ? (Value / r.High, Value / r.Low) : (r.Low / Value, r.High / Value);

    /// <summary>How many times as fast as the goal; above 1 it is reached.</summary>
    public double? SpeedOfGoal => Goal is not { } goal ? null : IsBetterHigher(Unit) ? Value / goal : goal / Value;
}

/// <summary>What somebody else's implementation takes, in the unit of the row it stands beside.</summary>
/// <param name="Low">The figure, or the lower end of its range.</param>
/// <param name="High">The upper end; the same for a single figure.</param>
/// <param name="What">Whose figure it is.</param>
internal sealed record ReferenceFigure(double Low, double High, string What)
{
    public ReferenceFigure(double value, string what)
        : this(value, value, what)
    {
    }
}
