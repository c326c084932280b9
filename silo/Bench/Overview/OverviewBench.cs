using System.Diagnostics;
using System.Globalization;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;
using Chia.Silo.Views;

namespace Chia.Silo.Bench.Overview;

/// <summary>
/// <c>bench table</c>: every goal beside what this machine reaches, in one run. Each measurement is a process of its own, so that none
/// finds the memory or the compiled code of another.
/// </summary>
internal static class OverviewBench
{
    /// <param name="names">Measurements to take; all if there are none.</param>
    /// <param name="seconds">For each figure; null for as long as each measurement takes by itself.</param>
    /// <param name="anchors">What others' programs take on this machine.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task Run(
        IReadOnlyCollection<string> names, double? seconds, IReadOnlyList<ReportedFigure> anchors, BenchReport report,
        CancellationToken stopping)
    {
        var parts = OverviewParts.All.Where(part => names.Count == 0 || names.Contains(part.Name)).ToList();
        var table = new OverviewTable(anchors);
        var failed = new List<string>();
        using (var progress = new ProgressView("measuring", "parts", parts.Count))
        {
            foreach (var part in parts)
            {
                progress.Report(parts.IndexOf(part), string.Join(' ', part.Arguments));
                if (await Measure(part, seconds, stopping) is { } figures)
                    table.Add(part, figures);
                else
                    failed.Add(string.Join(' ', part.Arguments));
            }
        }

        report.Add(table);
        if (failed.Count > 0)
            throw new UserException($"missing from the table, since it failed: bench {string.Join(", bench ", failed)}", 1);
    }

    /// <summary>The figures of a measurement; null if it failed, which it has then said itself.</summary>
    private static async Task<IReadOnlyList<ReportedFigure>?> Measure(OverviewPart part, double? seconds, CancellationToken stopping)
    {
        string[] budget = seconds is { } s && part.TakesSeconds ? ["--seconds", s.ToString(CultureInfo.InvariantCulture)] : [];
        var start = OwnProgram.Start(OwnProgram.Command, ["bench", .. part.Arguments, .. budget, "--json"]);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in part.Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(stopping);
            await process.WaitForExitAsync(stopping);
            return process.ExitCode == 0 ? BenchReport.Parse(output, "bench " + part.Name) : null;
        }
        catch (UserException error)
        {
            // What others have measured is not lost with it.
            await Console.Error.WriteLineAsync($"chia: {error.Message}");
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
