using System.Globalization;
using System.Text.RegularExpressions;

namespace Chia.Silo.Simulation.Plan;

/// <summary>Conditions on the result of a simulation, for a script's exit code: <c>height&gt;=20; orphans&lt;0.3</c>.</summary>
/// <param name="All">The conditions, all of which must hold at the end.</param>
internal sealed partial record Assertions(IReadOnlyList<Assertion> All)
{
    /// <summary>The height at which a run can be judged; null if no condition names one.</summary>
    public uint? Height => All.Where(a => a is { Figure: "height", Comparison: ">=" or ">" or "==" })
        .Select(a => (uint?)Math.Ceiling(a.Value + (a.Comparison == ">" ? 1 : 0))).Max();

    /// <exception cref="UserException">A condition is none; the message says which, and what there is.</exception>
    public static Assertions Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 ? new Assertions([.. parts.Select(ParseOne)]) : throw Fault(text);
    }

    /// <summary>The conditions that do not hold, each with the actual value.</summary>
    public IReadOnlyList<string> Broken(SimulationFigures figures) =>
        [.. All.Where(a => !a.Holds(figures))
            .Select(a => string.Create(CultureInfo.InvariantCulture, $"{a} does not hold: {a.Figure} is {figures[a.Figure]:0.###}"))];

    private static Assertion ParseOne(string text) =>
        Condition().Match(text) is { Success: true } match
        && SimulationFigures.Names.Contains(match.Groups[1].Value)
        && double.TryParse(match.Groups[3].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? new Assertion(match.Groups[1].Value, match.Groups[2].Value, value)
            : throw Fault(text);

    private static UserException Fault(string text) => new(
        $"--assert: '{text}' is no condition: expected something like height>=20; orphans<0.3, of {string.Join(", ", SimulationFigures.Names)}");

    [GeneratedRegex(@"^([a-z_]+)\s*(>=|<=|==|!=|>|<)\s*([0-9.]+)$")]
    private static partial Regex Condition();
}

/// <summary>One condition.</summary>
/// <param name="Figure">One of <see cref="SimulationFigures.Names"/>.</param>
/// <param name="Comparison">&gt;=, &lt;=, ==, !=, &gt; or &lt;.</param>
/// <param name="Value">What it is compared with.</param>
internal sealed record Assertion(string Figure, string Comparison, double Value)
{
    public bool Holds(SimulationFigures figures)
    {
        var figure = figures[Figure];
        return Comparison switch
        {
            ">=" => figure >= Value,
            "<=" => figure <= Value,
            "==" => figure == Value,
            "!=" => figure != Value,
            ">" => figure > Value,
            _ => figure < Value,
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Figure}{Comparison}{Value}");
}
