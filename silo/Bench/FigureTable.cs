using System.Globalization;
using Spectre.Console;

namespace Chia.Silo.Bench;

/// <summary>Prints figures: a table, without frames and colours when it does not go to a terminal.</summary>
internal sealed class FigureTable
{
    /// <summary>Redirected output is not wrapped.</summary>
    private const int PlainWidth = 200;

    private readonly Table _table;
    private readonly List<Figure> _figures = [];

    public FigureTable(string title)
    {
        Title = title;
        _table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        _table.AddColumn(new TableColumn(Markup.Escape(title)).NoWrap());
        foreach (var heading in (string[])["measured", "goal", "of it", "reference", "speed"])
            _table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        _table.AddColumn(new TableColumn("of").NoWrap());
    }

    public string Title { get; }

    public IReadOnlyList<Figure> Figures => _figures;

    public FigureTable Add(Figure figure)
    {
        _figures.Add(figure);
        var reference = figure.Reference is { } r ? $"{Range(r.Low, r.High)} {figure.Unit}" : "";
        var speed = figure.Speed is { } s ? $"{Range(s.Low, s.High)}x" : "";
        var goal = figure.Goal is { } g ? $"{Number(g)} {figure.Unit}" : "";
        var reached = figure.SpeedOfGoal is { } of ? $"{Number(of)}x" : "";
        _table.AddRow(
            Markup.Escape(figure.What + figure.Note), $"{Number(figure.Value)} {figure.Unit}", goal, reached, reference, speed,
            Markup.Escape(figure.Reference?.What ?? ""));
        return this;
    }

    /// <summary>Hands the figures to the report, which prints them or keeps them for the end.</summary>
    public void Print(BenchReport report) => report.Add(this);

    internal void Write()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = PlainWidth;
        }

        AnsiConsole.Write(_table);
        Console.Out.WriteLine();
    }

    private static string Range(double low, double high) => low == high ? Number(low) : $"{Number(low)}-{Number(high)}";

    /// <summary>Three digits that count.</summary>
    internal static string Number(double value)
    {
        var decimals = value switch { >= 100 => 0, >= 10 => 1, >= 1 => 2, >= 0.1 => 3, _ => 4 };
        return value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);
    }
}
