namespace Chia.Silo.Bench;

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
