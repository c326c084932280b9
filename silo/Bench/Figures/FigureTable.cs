using System.Globalization;
using Chia.Silo.Views;
using Spectre.Console;

namespace Chia.Silo.Bench.Figures;

/// <summary>
/// Prints figures: a table, without frames and colours when it does not go to a terminal. Where a terminal is too narrow for all columns,
/// what a figure is compared with stands below it.
/// </summary>
internal sealed class FigureTable(string title) : IReportedTable
{
    /// <summary>Redirected output is not wrapped.</summary>
    private const int PlainWidth = 200;

    /// <summary>What the table with the longest names takes with all its columns.</summary>
    private const int WholeWidth = 150;

    private readonly List<Figure> _figures = [];

    public IEnumerable<ReportedFigure> Figures =>
        _figures.Select(f => new ReportedFigure(title, f.What, f.Value, f.Unit, f.Goal));

    public FigureTable Add(Figure figure)
    {
        _figures.Add(figure);
        return this;
    }

    /// <summary>Hands the figures to the report, which prints them or keeps them for the end.</summary>
    public void Print(BenchReport report) => report.Add(this);

    public void Write()
    {
        PrepareConsole();
        Terminal.Tables.Write(Console.IsOutputRedirected || Terminal.Width >= WholeWidth ? Whole() : Narrow());
        Console.Out.WriteLine();
    }

    /// <summary>Output that does not go to a terminal has no colours, and lines as long as they are.</summary>
    internal static void PrepareConsole()
    {
        if (!Console.IsOutputRedirected)
            return;
        Terminal.Tables.Profile.Capabilities.Ansi = false;
        Terminal.Tables.Profile.Width = PlainWidth;
    }

    private Table Whole()
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        table.AddColumn(new TableColumn(Markup.Escape(title)).NoWrap());
        foreach (var heading in (string[])["measured", "goal", "of it", "reference", "speed"])
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("of").NoWrap());
        foreach (var figure in _figures)
        {
            table.AddRow(
                Markup.Escape(figure.What + figure.Note), Measured(figure), Goal(figure), Reached(figure), Reference(figure),
                Speed(figure), Markup.Escape(figure.Reference?.What ?? ""));
        }

        return table;
    }

    /// <summary>Names are wrapped, figures are not.</summary>
    private Table Narrow()
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn(Markup.Escape(title)));
        table.AddColumn(new TableColumn("measured").RightAligned().NoWrap());
        foreach (var figure in _figures)
        {
            var comparisons = new List<string>();
            if (figure.Goal is not null)
                comparisons.Add($"  {Reached(figure)} of the goal, {Goal(figure)}");
            if (figure.Reference is { } reference)
                comparisons.Add($"  {Speed(figure)} of {reference.What}, {Reference(figure)}");
            table.AddRow(Markup.Escape(string.Join('\n', comparisons.Prepend(figure.What + figure.Note))), Measured(figure));
        }

        return table;
    }

    private static string Measured(Figure figure) => $"{Number(figure.Value)} {figure.Unit}";

    private static string Goal(Figure figure) => figure.Goal is { } goal ? $"{Number(goal)} {figure.Unit}" : "";

    private static string Reached(Figure figure) => figure.SpeedOfGoal is { } of ? $"{Number(of)}x" : "";

    private static string Reference(Figure figure) => figure.Reference is { } r ? $"{Range(r.Low, r.High)} {figure.Unit}" : "";

    private static string Speed(Figure figure) => figure.Speed is { } speed ? $"{Range(speed.Low, speed.High)}x" : "";

    private static string Range(double low, double high) => low == high ? Number(low) : $"{Number(low)}-{Number(high)}";

    /// <summary>Three digits that count.</summary>
    internal static string Number(double value)
    {
        var decimals = value switch { >= 100 => 0, >= 10 => 1, >= 1 => 2, >= 0.1 => 3, _ => 4 };
        return value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);
    }
}
