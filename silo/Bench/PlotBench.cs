using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench plot</c>: making a plot, and what a harvester asks of it.</summary>
internal static class PlotBench
{
    private const double Milliseconds = 1e3;
    private const double Megabyte = 1e6;

    /// <summary>How many proofs a challenge has is chance: so many for a mean that means something.</summary>
    private const int Challenges = 64;

    /// <summary>A plot of this size is made first; a second of work.</summary>
    private const int WarmUpSize = 20;

    /// <param name="k">Size of the plot.</param>
    /// <param name="threads">Threads to plot on; one is measured as well.</param>
    /// <param name="memory">Bytes of memory to aim for; 0 for the default.</param>
    /// <param name="clock">For the look-ups.</param>
    public static void Run(int k, int threads, long memory, BenchClock clock)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "bench.plot");

            // Otherwise the first of the two that are compared would also pay for the compiling.
            Plot(path, Math.Min(k, WarmUpSize), threads, memory, clock.Stopping);
            File.Delete(path);
            var (summary, seconds) = Plot(path, k, 1, memory, clock.Stopping);
            var table = new FigureTable(string.Create(CultureInfo.InvariantCulture, $"plot, k = {k}, {summary.FileBytes / 1e6:0.0} MB"))
                .Add(new Figure("plotting, 1 thread", seconds, "s", ReferenceFigures.Plotting(k)));
            if (threads > 1)
            {
                var alone = seconds;
                File.Delete(path);
                (summary, seconds) = Plot(path, k, threads, memory, clock.Stopping);
                table.Add(new Figure($"plotting, {threads} threads", seconds, "s", ReferenceFigures.Plotting(k)))
                    .Add(new Figure($"threads for one: {threads}", alone / seconds, "x", Goal: Goals.PlotThreads(threads)));
            }

            if (summary.SpilledBytes > 0)
                table.Add(new Figure("temporary file, for want of memory", summary.SpilledBytes / Megabyte, "MB"));
            table.Print(clock.Report);
            LookUp(path, clock);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (PlotSummary Summary, double Seconds) Plot(
        string path, int k, int threads, long memory, CancellationToken stopping)
    {
        var parameters = new PlotParameters(new Bytes32(SHA256.HashData("bench"u8)), k)
        {
            Threads = threads,
            MemoryLimitBytes = memory,
        };
        var started = Stopwatch.GetTimestamp();
        var summary = Plotter.Create(parameters, path, null, stopping);
        return (summary, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static void LookUp(string path, BenchClock clock)
    {
        using var prover = PlotProver.Open(path);
        var challenges = Enumerable.Range(0, Challenges).Select(i => new Bytes32(SHA256.HashData(BitConverter.GetBytes(i)))).ToArray();
        var proofs = challenges.SelectMany(c => prover.GetQualities(c).Select(q => (Challenge: c, q.Index))).ToArray();
        var qualities = clock.Seconds(Challenges, i => prover.GetQualities(challenges[i]));
        var table = new FigureTable($"look-ups, {proofs.Length} proofs for {Challenges} challenges, warm cache, one thread")
            .Add(new Figure("qualities of a challenge", qualities * Milliseconds, "ms", ReferenceFigures.QualityLookup(prover.K)));
        if (proofs.Length > 0)
        {
            var full = clock.Seconds(proofs.Length, i => prover.TryGetProof(proofs[i].Challenge, proofs[i].Index, out _));
            table.Add(new Figure("full proof", full * Milliseconds, "ms", ReferenceFigures.FullProof));
        }

        table.Print(clock.Report);
    }
}
