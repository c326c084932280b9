using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chia.Cryptography.Plots;
using Chia.Grains.Harvester;
using Chia.Silo.Commands.Options;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Plots;

/// <summary><c>chia plots check</c>: proofs found against expected, bad plots named.</summary>
internal static class PlotsCheckCommand
{
    private const int DefaultChallenges = 100;

    /// <summary>At least one plot is bad.</summary>
    private const int BadExitCode = 1;

    public static Command Create()
    {
        var challenges = new Option<int>("-n")
        {
            Description = "Challenges to put to each plot.",
            HelpName = "CHALLENGES",
            DefaultValueFactory = _ => DefaultChallenges,
        };
        var folder = PlotsCommand.Folder("Check every plot in this folder instead of those that plots.yaml lists.");
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("check", "Has plots answer challenges and verifies their proofs.") { challenges, folder, json };
        root.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var count = parsed.GetValue(challenges);
            if (count < 1)
                throw new UserException($"-n must be 1 or more, not {count}");
            var files = parsed.GetValue(folder) is { } given
                ? [.. PlotFolders.Files(given)]
                : Listed(root.Path(parsed));
            return Interruption.Run(stopping => Run(files, count, parsed.GetValue(json), stopping), cancellation);
        });
        return command;
    }

    private static List<string> Listed(string root)
    {
        var list = PlotsFile.Of(root);
        var files = list.Load().Select(entry => entry.Path).ToList();
        return files.Count > 0
            ? files
            : throw new UserException($"{NodePaths.PlotsFile(root)} lists no plots: make some with: chia plots create --root {root}");
    }

    private static async Task<int> Run(List<string> files, int challenges, bool isJson, CancellationToken cancellation)
    {
        List<CheckedPlot> plots = [];
        using var view = new ProgressView("checking", "plots", files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            view.Report(i, Path.GetFileName(files[i]));
            try
            {
                var file = files[i];
                // A drive that does not answer is left behind when the person has waited long enough.
                var plot = await Task.Run(() => Check(file, challenges, cancellation), CancellationToken.None).WaitAsync(cancellation);
                plots.Add(plot);
                if (!isJson)
                    view.Print(Line(plot));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                view.Dispose();
                Console.Error.WriteLine($"chia: stopped after {i} of {files.Count} plots");
                return Interruption.ExitCode;
            }
        }

        view.Dispose();
        var report = new CheckedPlots(plots, plots.Count(plot => plot.Fault is not null));
        Console.Out.Write(
            (isJson ? JsonSerializer.Serialize(report, PlotsJson.Default.CheckedPlots) : $"plots={plots.Count} bad={report.Bad}")
            + Environment.NewLine);
        return report.Bad == 0 ? 0 : BadExitCode;
    }

    private static CheckedPlot Check(string file, int challenges, CancellationToken cancellation)
    {
        try
        {
            FilePlot.Open(file).Dispose();
            using var prover = PlotProver.Open(file);
            var result = PlotCheck.Run(prover, challenges, cancellation: cancellation);
            var fault = result.IsHealthy ? null : result.FirstFailure ?? "far from the expected number of proofs";
            return new CheckedPlot(file, prover.K, result.Challenges, result.Proofs, result.ExpectedProofs, result.Failures, fault);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CheckedPlot(file, null, null, null, null, null, error.Message);
        }
    }

    private static string Line(CheckedPlot plot)
    {
        var verdict = plot.Fault is { } fault ? $"BAD: {fault}" : "ok";
        var name = Path.GetFileName(plot.Path);
        return plot.K is null
            ? $"{name} {verdict}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{name} k={plot.K} challenges={plot.Challenges} proofs={plot.Proofs} expected={plot.ExpectedProofs:F1} failures={plot.Failures} {verdict}");
    }
}
