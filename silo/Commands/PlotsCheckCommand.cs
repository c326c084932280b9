using System.CommandLine;
using System.Globalization;
using Chia.Cryptography.Plots;
using Chia.Grains.Harvester;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Silo.Views;

namespace Chia.Silo.Commands;

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
        var root = new RootOptions();
        var command = new Command("check", "Has plots answer challenges and verifies their proofs.") { challenges, folder };
        root.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var count = parsed.GetValue(challenges);
            if (count < 1)
                throw new UserException($"-n must be 1 or more, not {count}");
            var files = parsed.GetValue(folder) is { } given
                ? [.. PlotFolders.Files(given)]
                : Listed(root.Folder(parsed));
            return Interruption.Run(stopping => Run(files, count, stopping), cancellation);
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

    private static async Task<int> Run(List<string> files, int challenges, CancellationToken cancellation)
    {
        var bad = 0;
        using var view = new ProgressView("checking", "plots", files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            view.Report(i, Path.GetFileName(files[i]));
            try
            {
                var file = files[i];
                // A drive that does not answer is left behind when the person has waited long enough.
                bad += await Task.Run(() => Check(file, challenges, view, cancellation), CancellationToken.None).WaitAsync(cancellation)
                    ? 0 : 1;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                view.Dispose();
                Console.Error.WriteLine($"chia: stopped after {i} of {files.Count} plots");
                return Interruption.ExitCode;
            }
        }

        view.Dispose();
        Console.Out.WriteLine($"plots={files.Count} bad={bad}");
        return bad == 0 ? 0 : BadExitCode;
    }

    /// <summary>One plot, one line. False if it is bad.</summary>
    private static bool Check(string file, int challenges, ProgressView view, CancellationToken cancellation)
    {
        try
        {
            FilePlot.Open(file).Dispose();
            using var prover = PlotProver.Open(file);
            var result = PlotCheck.Run(prover, challenges, cancellation: cancellation);
            var verdict = result.IsHealthy ? "ok" : $"BAD: {result.FirstFailure ?? "far from the expected number of proofs"}";
            view.Print(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file)} k={prover.K} challenges={result.Challenges} proofs={result.Proofs} expected={result.ExpectedProofs:F1} failures={result.Failures} {verdict}"));
            return result.IsHealthy;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            view.Print($"{Path.GetFileName(file)} BAD: {error.Message}");
            return false;
        }
    }
}
