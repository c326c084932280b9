using Chia.Silo.Bench.Figures;
using Chia.Silo.Bench.Overview;

namespace Chia.Silo.Tests.Bench.Overview;

/// <summary>What <c>chia bench table</c> makes of the figures of its measurements.</summary>
public sealed class OverviewTableTests
{
    private static readonly OverviewPart Part = new(
        ["part"],
        new OverviewRow("time", "time of one"),
        new OverviewRow("rate", "rate") { Table = "second", TimesAnchor = 1.5 },
        new OverviewRow("what this machine has not", "AVX-1024"));

    private static readonly ReportedFigure[] Figures =
    [
        new("first", "time of one (of ten)", 2, "ms", Goal: 4),
        new("first", "rate", 100, "blocks/s", Goal: 60),
        new("second", "rate", 300, "blocks/s", Goal: 60),
    ];

    [Fact]
    public void Rows_are_taken_by_the_names_of_figures_and_of_their_tables()
    {
        var table = new OverviewTable([]);
        table.Add(Part, Figures);

        Assert.Equal(
            [new ReportedFigure("goals", "time", 2, "ms", 4), new ReportedFigure("goals", "rate", 300, "blocks/s", 60)], table.Figures);
    }

    [Fact]
    public void An_anchor_of_this_machine_is_the_measure_where_another_program_is()
    {
        var table = new OverviewTable(
            [new("theirs", "rate", 250, "blocks/s"), new("theirs", "time", 1, "ms"), new("theirs", "rate", 1, "us")]);
        table.Add(Part, Figures);

        Assert.Equal(1.5 * 250, table.Figures.Single(f => f.What == "rate").Goal);
        Assert.Equal(4, table.Figures.Single(f => f.What == "time").Goal);
    }

    [Theory]
    [InlineData(4, "2 of 2 goals reached.")]
    [InlineData(1, "1 of 2 goals reached; docs/performance.md says what keeps the others.")]
    public void What_keeps_goals_from_being_reached_is_spoken_of_where_one_is_not(double goal, string sum)
    {
        var table = new OverviewTable([]);
        table.Add(Part, [Figures[0] with { Goal = goal }, Figures[2]]);

        Assert.Equal(sum, table.Sum());
    }

    /// <summary>Rows are told apart by their names: by --against, and in a file of anchors.</summary>
    [Fact]
    public void Every_row_has_a_name_of_its_own()
    {
        var names = OverviewParts.All.SelectMany(part => part.Rows).Select(row => row.What).ToList();

        Assert.Equal(names.Distinct(), names);
    }
}
