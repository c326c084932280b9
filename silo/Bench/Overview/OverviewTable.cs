using Chia.Silo.Api.Requests;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Views;
using Spectre.Console;

namespace Chia.Silo.Bench.Overview;

/// <summary>The table of all goals, for 80 columns: names are wrapped, figures are not.</summary>
/// <param name="anchors">What others' programs take: by the rows' names, each under the name of its program.</param>
internal sealed class OverviewTable(IReadOnlyList<ReportedFigure> anchors) : IReportedTable
{
    private const string Title = "goals";

    private readonly List<Line> _lines = [];

    public IEnumerable<ReportedFigure> Figures => _lines.Select(line => line.Figure).OfType<ReportedFigure>();

    /// <summary>Takes its rows from the figures of a measurement; a machine may lack one, as those without AVX-512 do.</summary>
    public void Add(OverviewPart part, IReadOnlyList<ReportedFigure> figures)
    {
        foreach (var row in part.Rows)
        {
            var found = figures.FirstOrDefault(f =>
                f.What.StartsWith(row.Figure, StringComparison.Ordinal) && f.Table.Contains(row.Table, StringComparison.Ordinal));
            var anchor = anchors.FirstOrDefault(a => a.What == row.What && a.Unit == found?.Unit);
            var figure = found is null ? null : found with { Table = Title, What = row.What, Goal = GoalOf(row, found, anchor) };
            _lines.Add(new Line(row.What, figure, anchor));
        }
    }

    public void Write()
    {
        var table = new Table { Border = TableBorder.None };
        string[] headings = anchors.Count == 0 ? ["measured", "goal", "", "met"] : ["measured", "goal", "", "met", "anchor", "speed"];
        table.AddColumn(new TableColumn("").Padding(0, 0));
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap().Padding(1, 0));
        foreach (var line in _lines)
        {
            string[] cells = [Markup.Escape(line.What), .. MeasuredOf(line.Figure)];
            table.AddRow(anchors.Count == 0 ? cells : [.. cells, .. BesideOf(line)]);
        }

        FigureTable.PrepareConsole();
        Terminal.Tables.Write(table);
        Console.Out.WriteLine();
        Console.Out.WriteLine(Sum());
    }

    /// <summary>The line below the table: how many goals are reached, and where to read on if some are not.</summary>
    internal string Sum()
    {
        var goals = Figures.Where(f => f.Goal is not null).ToList();
        var reached = goals.Count(IsReached);
        return $"{reached} of {goals.Count} goals reached{(reached == goals.Count ? "." : "; docs/performance.md says what keeps the others.")}";
    }

    private static string[] MeasuredOf(ReportedFigure? figure) => figure is null
        ? ["none", "", "", ""]
        :
        [
            FigureTable.Number(figure.Value), Goal(figure), UnitOf(figure),
            figure.Goal is null ? "" : IsReached(figure) ? "yes" : "no",
        ];

    private static string[] BesideOf(Line line) => line is { Figure: { } figure, Anchor: { } anchor }
        ? [Markup.Escape($"{anchor.Table} {FigureTable.Number(anchor.Value)}"), $"{FigureTable.Number(figure.SpeedAgainst(anchor))}x"]
        : ["", ""];

    /// <summary>Where an anchor is the measure, it is that of this machine.</summary>
    private static double? GoalOf(OverviewRow row, ReportedFigure figure, ReportedFigure? anchor) => (row.TimesAnchor, anchor) switch
    {
        ({ } times, { } other) => Figure.IsBetterHigher(figure.Unit) ? other.Value * times : other.Value / times,
        _ => figure.Goal,
    };

    private static bool IsReached(ReportedFigure figure) =>
        figure.Goal is { } goal && figure.SpeedAgainst(figure with { Value = goal }) >= 1;

    private static string Goal(ReportedFigure figure) => figure.Goal is not { } goal
        ? ""
        : $"{(Figure.IsBetterHigher(figure.Unit) ? "≥" : "≤")} {FigureTable.Number(goal)}";

    /// <summary>A rate's row says what is counted.</summary>
    private static string UnitOf(ReportedFigure figure) => figure.Unit.EndsWith("/s", StringComparison.Ordinal) ? "/s" : figure.Unit;

    /// <summary>A row: what was measured for it, if anything, and what stands beside it.</summary>
    private sealed record Line(string What, ReportedFigure? Figure, ReportedFigure? Anchor);
}
