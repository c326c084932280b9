using System.Diagnostics;
using System.Globalization;
using Chia.Silo.Hosting;

namespace Chia.Silo.Bench;

/// <summary>
/// Cold syncs, for <c>bench beside</c>: several builds sync the same chain in turn, each from an empty folder in a process of its own, with
/// all its code to load and to compile, from one node of this build that serves it.
/// </summary>
internal static class ColdSyncs
{
    /// <summary>A program that takes longer has failed: slow builds and busy machines take a tenth of it.</summary>
    private const int TimeoutSeconds = 300;

    /// <summary>Syncs of several programs in turn, so that what else the machine does meets all of them.</summary>
    /// <param name="programs">Their command lines.</param>
    /// <param name="input">The chain.</param>
    /// <param name="syncs">Syncs of each.</param>
    /// <param name="stopping">Ends it.</param>
    /// <returns>Blocks of a sync, and what each took.</returns>
    public static async Task<(uint Blocks, List<Cost>[] Costs)> MeasureInTurn(
        string[][] programs, ChainInput input, int syncs, CancellationToken stopping)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var root = Directory.CreateDirectory(Path.Combine(folder, "serving")).FullName;
            var height = await ServedNode.Fill(root, input, input.Records.Count, stopping);
            await using var serving = await ServedNode.Start(root, input, "", stopping);
            var costs = programs.Select(_ => new List<Cost>()).ToArray();
            for (var round = 0; round < syncs; round++)
            {
                for (var i = 0; i < programs.Length; i++)
                {
                    var own = Directory.CreateDirectory(Path.Combine(folder, $"sync{round}-{i}")).FullName;
                    costs[i].Add(await Measure(programs[i], own, Path.Combine(root, "network.yaml"), serving.Port, height, stopping));
                }
            }

            return (height, costs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the syncs of one program took.</summary>
    public static IEnumerable<Figure> Figures(List<Cost> costs, uint blocks)
    {
        yield return new Figure("blocks of a cold sync, start included, best", blocks / costs.Min(cost => cost.Seconds), "blocks/s");
        yield return new Figure("processor time of a cold sync, least", costs.Min(cost => cost.Processor), "ms");
        yield return new Figure("processor time of a cold sync, median", StartBench.Median(costs.Select(cost => cost.Processor)), "ms");
    }

    private static async Task<Cost> Measure(
        string[] program, string root, string network, ushort port, uint height, CancellationToken stopping)
    {
        var start = OwnProgram.Start(
            program,
            [
                "start", "full_node", "--root", root, "--network", network, "--host", "127.0.0.1", "--port", "0", "--rpc-port", "0",
                "--introducer", "none", "--connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
                "--until-height", height.ToString(CultureInfo.InvariantCulture),
                "--timeout", TimeoutSeconds.ToString(CultureInfo.InvariantCulture),
            ]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var last = "";
            while (await process.StandardOutput.ReadLineAsync(stopping) is { } line)
            {
                if (line.StartsWith("height=", StringComparison.Ordinal))
                    return new Cost(Stopwatch.GetElapsedTime(began).TotalSeconds, process.TotalProcessorTime.TotalMilliseconds);
                last = line;
            }

            throw new UserException($"{program[^1]} did not sync: {last}", 1);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>What one sync took, the program's start included.</summary>
    /// <param name="Seconds">Time.</param>
    /// <param name="Processor">Of its process, ms.</param>
    internal sealed record Cost(double Seconds, double Processor);
}
