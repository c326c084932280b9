using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench.Overview;

/// <summary>A line of the table of all goals.</summary>
/// <param name="What">What it is called there, and in a file of anchors.</param>
/// <param name="Figure">How the name of the figure begins that a measurement prints.</param>
internal sealed record OverviewRow(string What, string Figure)
{
    /// <summary>What the title of the figure's table says, where several tables have a figure of that name.</summary>
    public string Table { get; init; } = "";

    /// <summary>Where somebody else's figure is the measure: how many times as fast we mean to be; taken from an anchor if there is
    /// one.</summary>
    public double? TimesAnchor { get; init; }
}

/// <summary>A measurement in a process of its own.</summary>
/// <param name="Arguments">Of <c>chia bench</c>.</param>
/// <param name="Rows">What is taken from it.</param>
internal sealed record OverviewPart(string[] Arguments, params IReadOnlyList<OverviewRow> Rows)
{
    /// <summary>Whether <c>--seconds</c> says how long it takes.</summary>
    public bool TakesSeconds { get; init; } = true;

    /// <summary>Variables of its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of its measurement.</summary>
    public string Name => Arguments[0];
}
