using System.Diagnostics;
using System.Globalization;
using Chia.Protocol.Networks;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;

namespace Chia.Silo.Bench;

/// <summary>
/// Cold syncs, for <c>bench sync</c> and <c>bench beside</c>: each from an empty folder in a process of its own, with all its code to load
/// and to compile, from one node of this build that serves it. The start of the process is told apart.
/// </summary>
internal static class ColdSyncs
{
    /// <summary>Syncs of each program, where nobody says otherwise; the best of them counts, figure by figure.</summary>
    public const int UsualCount = 3;

    /// <summary>A program that takes longer has failed: slow builds and busy machines take a tenth of it.</summary>
    private const int TimeoutSeconds = 300;

    /// <summary>What a node logs when it begins to check a target, before it asks for anything; an older build does not.</summary>
    public const string Beginning = "Sync begins";

    /// <summary>What it logs when the target is stored. Until it has asked for its height and says that line, a fifth of a second may
    /// pass.</summary>
    public const string End = "Sync finished";

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
            return (height, await InTurn.Measure(programs, syncs, (i, round) => Measure(
                programs[i], Path.Combine(folder, $"sync{round}-{i}"), input, serving, height, stopping)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the syncs of one program took.</summary>
    public static IEnumerable<Figure> Figures(List<Cost> costs, uint blocks)
    {
        var whole = costs.ConvertAll(cost => cost.Whole.Processor);
        var synced = costs.ConvertAll(cost => cost.AfterStart.Processor);
        yield return new Figure("blocks of a cold sync, start included, best", blocks / costs.Min(cost => cost.Whole.Seconds), "blocks/s");
        yield return new Figure(
            "blocks of a cold sync, from ready on, best", blocks / costs.Min(cost => cost.AfterStart.Seconds), "blocks/s");
        yield return new Figure("processor time of a cold sync, least", whole.Min(), "ms");
        yield return new Figure("processor time of a cold sync, median", StartBench.Median(whole), "ms");
        yield return new Figure("the same from ready on, least", synced.Min(), "ms");
        yield return new Figure("the same from ready on, median", StartBench.Median(synced), "ms");
    }

    /// <summary>One sync of one program.</summary>
    /// <param name="program">Its command line.</param>
    /// <param name="root">The node's folder, which is made.</param>
    /// <param name="input">The chain.</param>
    /// <param name="serving">Who has it.</param>
    /// <param name="height">Its height.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<Cost> Measure(
        string[] program, string root, ChainInput input, ServedNode serving, uint height, CancellationToken stopping)
    {
        Directory.CreateDirectory(root);
        // Every build has the testnet built in; an older one need not read the network file that this one writes.
        // Another chain may go by its name: its genesis block tells.
        string[] network = input.Network.Genesis().HeaderHash() == Testnet.Definition.Genesis().HeaderHash()
            ? []
            : ["--network", serving.NetworkFile];
        var start = OwnProgram.Start(
            program,
            [
                "start", "full_node", "--root", root, .. network, "--host", "127.0.0.1", "--port", "0", "--rpc-port", "0",
                "--introducer", "none", "--connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{serving.Port}"),
                "--until-height", height.ToString(CultureInfo.InvariantCulture),
                "--timeout", TimeoutSeconds.ToString(CultureInfo.InvariantCulture),
            ]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        Spent Now() => new(Stopwatch.GetElapsedTime(began).TotalSeconds, process.TotalProcessorTime.TotalMilliseconds);
        try
        {
            var last = "";
            Spent? ready = null, begun = null, ended = null;
            process.ErrorDataReceived += (_, line) =>
            {
                last = line.Data ?? last;
                if (line.Data?.Contains(Beginning, StringComparison.Ordinal) == true)
                    Interlocked.CompareExchange(ref begun, Now(), null);
                if (line.Data?.Contains(End, StringComparison.Ordinal) == true)
                    Volatile.Write(ref ended, Now());
            };
            process.BeginErrorReadLine();
            while (await process.StandardOutput.ReadLineAsync(stopping) is { } line)
            {
                if (line.StartsWith("ready ", StringComparison.Ordinal))
                    ready = Now();
                // It said so on another stream, which a busy machine may have read before it read here that the node was ready.
                if (ready is not null && line.StartsWith("height=", StringComparison.Ordinal))
                {
                    var end = Volatile.Read(ref ended) is { } told && told.Seconds > ready.Seconds ? told : Now();
                    return new Cost(end, ready, Volatile.Read(ref begun) ?? ready);
                }
            }

            await process.WaitForExitAsync(stopping);
            throw new UserException($"{program[^1]} did not sync: {last}", 1);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Since a process was started.</summary>
    /// <param name="Seconds">Time.</param>
    /// <param name="Processor">Of the process, ms.</param>
    internal sealed record Spent(double Seconds, double Processor)
    {
        public static Spent operator -(Spent x, Spent y) => new(x.Seconds - y.Seconds, x.Processor - y.Processor);
    }

    /// <summary>What one sync took.</summary>
    /// <param name="Whole">Until the last block was stored.</param>
    /// <param name="Start">Of that, until the process was ready.</param>
    /// <param name="Beginning">Of that, until the sync began, as the process said: it had connected and knew what to ask for.</param>
    internal sealed record Cost(Spent Whole, Spent Start, Spent Beginning)
    {
        /// <summary>From ready on: connecting, learning of the tip, and the sync.</summary>
        public Spent AfterStart => Whole - Start;

        /// <summary>The sync itself, from before its first request on.</summary>
        public Spent Sync => Whole - Beginning;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"ready after {Start.Seconds:F2} s, first request {(Beginning - Start).Seconds:F2} later, stored after {Sync.Seconds:F2} more, {Sync.Processor:F0} ms of processor time");
    }
}
