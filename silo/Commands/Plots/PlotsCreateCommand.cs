using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;
using Chia.Silo.Commands.Options;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Plots;

namespace Chia.Silo.Commands.Plots;

/// <summary><c>chia plots create</c> (ROLES.md 2.4).</summary>
internal static class PlotsCreateCommand
{
    private const int DefaultSize = 20;
    private const int DefaultNumber = 10;

    public static Command Create()
    {
        var size = new Option<int>("-k")
        {
            Description = $"Size: {PlotParameters.MinK} to {PlotParameters.MaxK}; each step doubles the file.",
            HelpName = "K",
            DefaultValueFactory = _ => DefaultSize,
        };
        var number = new Option<int>("-n")
        {
            Description = "Number of plots; those that are there already count.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultNumber,
        };
        var pool = new Option<string?>("--pool-key")
        {
            Description = "The pool's public key; the first one of keys.yaml by default.",
            HelpName = "HEX",
        };
        var folder = PlotsCommand.Folder("Where to put them; 'plots' under the root folder by default.");
        var mkdir = new Option<bool>("--mkdir")
        {
            Description = "Make the folder if it is not there: without this that is an error, lest plots land beside a drive that is away.",
        };
        var json = CommonOptions.Json();
        var threads = new Option<int>("--threads") { Description = "Threads; 0, the default, for one a core.", HelpName = "T" };
        var memory = CommonOptions.PlotMemory();
        var root = new RootOptions();
        var command = new Command("create", "Makes plots and lists them in plots.yaml. Made again, goes on where it was.")
        {
            size, number, pool, folder, mkdir, threads, memory, json,
        };
        root.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(mkdir) && parsed.GetValue(folder) is null)
                throw new UserException("--mkdir goes with --dir only: the folder of the node's own plots is made anyhow");
            var path = root.Folder(parsed);
            var request = new Request(
                InRange(parsed.GetValue(size), PlotParameters.MinK, PlotParameters.MaxK, "-k"),
                InRange(parsed.GetValue(number), 1, int.MaxValue, "-n"),
                InRange(parsed.GetValue(threads), 0, 1024, "--threads"));
            if (parsed.GetValue(folder) is { } wanted && !Directory.Exists(wanted) && !parsed.GetValue(mkdir))
                throw new UserException($"there is no folder {wanted}: is its drive there? --mkdir makes it");
            var maker = Maker(path, parsed.GetValue(pool), parsed.GetValue(folder), CommonOptions.PlotMemoryOf(parsed, memory));
            return Interruption.Run(stopping => Task.FromResult(Run(maker, request, parsed.GetValue(json), stopping)), cancellation);
        });
        return command;
    }

    private static PlotMaker Maker(string root, string? poolKey, string? folder, long memory)
    {
        var keys = NodePaths.KeysFile(root);
        var harvester = KeysFile.ReadHarvester(keys);
        if (poolKey is not null && !Bytes48.TryFromHex(poolKey, out _))
            throw new UserException($"--pool-key must be a public key of {2 * Bytes48.Size} hexadecimal digits");
        var pool = poolKey is null ? KeysFile.ReadFarmer(keys).PoolPublicKeys[0] : Bytes48.FromHex(poolKey);
        var list = PlotsFile.Of(root);
        return new PlotMaker(harvester, pool, list, Path.GetFullPath(folder ?? list.PlotRoot)) { MemoryLimitBytes = memory };
    }

    private static int Run(PlotMaker maker, Request request, bool isJson, CancellationToken cancellation)
    {
        var failed = 0;
        List<MadePlot> all = [];
        for (uint i = 0; i < request.Number; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var view = new PlotProgressView($"plot {i + 1} of {request.Number}");
            try
            {
                var made = maker.Make((byte)request.Size, i, request.Threads, view, cancellation);
                view.Dispose();
                all.Add(made);
                if (isJson)
                    continue;
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"plot={made.Path} bytes={made.Bytes} {(made.Existed ? "existed" : $"seconds={Stopwatch.GetElapsedTime(started).TotalSeconds:F1}")}"));
            }
            catch (Exception error) when (error is PlottingException or PlotTakenException)
            {
                view.Dispose();
                Console.Error.WriteLine($"chia: plot {i} cannot be made, the others can: {error.Message}");
                failed++;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                view.Dispose();
                Console.Error.WriteLine(
                    $"chia: stopped; {i - failed} of {request.Number} plots are there, the same command makes the rest");
                return Interruption.ExitCode;
            }
        }

        foreach (var leftover in PlotMaker.Leftovers(maker.Folder))
            Console.Error.WriteLine($"chia: {leftover} was left by a plotter that was killed: delete it, or make its plot again");
        if (isJson)
            Console.Out.Write(JsonSerializer.Serialize([.. all], PlotsJson.Default.MadePlotArray) + Environment.NewLine);
        return failed == 0 ? 0 : 1;
    }

    private static int InRange(int value, int minimum, int maximum, string name) =>
        value >= minimum && value <= maximum
            ? value
            : throw new UserException(
                maximum == int.MaxValue
                ? $"{name} must be {minimum} or more, not {value}"
                : $"{name} must be {minimum} to {maximum}, not {value}");

    private sealed record Request(int Size, int Number, int Threads);
}
