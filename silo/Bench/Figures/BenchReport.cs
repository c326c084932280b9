using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chia.Silo.Api.Requests;
using Chia.Silo.Views;
using Chia.Storage.Files;
using Spectre.Console;

namespace Chia.Silo.Bench.Figures;

/// <summary>A figure as a report keeps it.</summary>
/// <param name="Table">Title of its table.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The result.</param>
/// <param name="Unit">Its unit: a time, a size, a part, or something per second.</param>
/// <param name="Goal">What is aimed at, in the same unit; null for nothing.</param>
internal sealed record ReportedFigure(string Table, string What, double Value, string Unit, double? Goal = null)
{
    /// <summary>How many times as fast as another measurement of the same; above 1 is better.</summary>
    public double SpeedAgainst(ReportedFigure other) =>
        Figure.IsBetterHigher(Unit) ? Value / other.Value : other.Value / Value;
}

/// <summary>
/// All figures of a run: printed as tables, or as JSON at the end, and compared with those of an earlier run (<c>bench --json</c>,
/// <c>bench --against FILE</c>).
/// </summary>
/// <param name="json">Nothing but JSON is printed.</param>
/// <param name="against">Figures of an earlier run; null to compare with nothing.</param>
internal sealed class BenchReport(bool json, IReadOnlyList<ReportedFigure>? against)
{
    /// <summary>Below this the run has failed: a fifth slower is more than repetitions on one machine differ.</summary>
    private const double Regression = 0.8;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<ReportedFigure> _figures = [];

    /// <summary>Reads the figures that an earlier run wrote with <c>--json</c>.</summary>
    /// <exception cref="UserException">There is no such file, or it is none of ours: longer than we read, a pipe, other text.</exception>
    public static IReadOnlyList<ReportedFigure> Read(string file)
    {
        try
        {
            return Parse(SharedFile.Read(file) ?? throw new FileNotFoundException("there is no such file"), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read {file}: {FileFault.OfFile(file, error)}");
        }
    }

    /// <summary>What <c>--json</c> has printed.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it comes from, for errors.</param>
    /// <exception cref="UserException">It is something else.</exception>
    public static IReadOnlyList<ReportedFigure> Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<ReportedFigure>>(json, Format) is { Count: > 0 } figures
                && figures.All(f => f is { Table: not null, What: not null, Unit: not null, Value: > 0 and < double.PositiveInfinity })
                ? figures
                : throw new UserException($"{source}: not the figures that bench --json writes");
        }
        catch (JsonException error)
        {
            throw new UserException($"{source}: not the figures that bench --json writes: {error.Message}");
        }
    }

    /// <summary>Words around the figures; left out of JSON.</summary>
    public void Say(string line)
    {
        if (!json)
            Console.Out.WriteLine(line);
    }

    /// <summary>Keeps a table's figures, and prints it.</summary>
    public void Add(IReportedTable table)
    {
        _figures.AddRange(table.Figures);
        if (!json)
            table.Write();
    }

    /// <summary>Prints what is due at the end.</summary>
    /// <returns>True unless something is much slower than it was.</returns>
    public bool Finish()
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(_figures, Format));
        if (against is null)
            return true;

        var pairs = _figures.DistinctBy(Key)
            .Join(against.DistinctBy(Key), Key, Key, (now, then) => (now, then, Speed: now.SpeedAgainst(then)))
            .ToList();
        if (pairs.Count == 0)
            throw new UserException("--against: that run measured nothing of what this one did");
        if (!json)
            Print(pairs);
        foreach (var (now, _, speed) in pairs.Where(p => p.Speed < Regression))
            Console.Error.WriteLine(
                string.Create(
                CultureInfo.InvariantCulture, $"chia: slower than it was, {speed:F2} times as fast: {now.Table}: {now.What}"));
        return pairs.All(p => p.Speed >= Regression);
    }

    private static (string, string, string) Key(ReportedFigure figure) => (figure.Table, figure.What, figure.Unit);

    private static void Print(IEnumerable<(ReportedFigure Now, ReportedFigure Then, double Speed)> pairs)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        table.AddColumn(new TableColumn("against the earlier run"));
        foreach (var heading in (string[])["now", "then", "speed"])
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        foreach (var (now, then, speed) in pairs)
        {
            table.AddRow(
                Markup.Escape($"{now.Table}: {now.What}"),
                $"{FigureTable.Number(now.Value)} {now.Unit}",
                $"{FigureTable.Number(then.Value)} {then.Unit}",
                string.Create(CultureInfo.InvariantCulture, $"{speed:F2}x"));
        }

        Terminal.Tables.Write(table);
    }
}
