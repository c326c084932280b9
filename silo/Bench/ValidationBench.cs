using System.Globalization;
using Chia.Consensus.Validation;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench validate</c>: blocks per second, per core, and where the time goes.</summary>
internal static class ValidationBench
{
    private const double Milliseconds = 1e3;

    /// <summary>Blocks that are validated before the measurement, for the code to be compiled in its final form.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static void Run(ChainInput input, int threads, BenchClock clock)
    {
        new ChainValidation(input).Run(threads, WarmUp, clock.Stopping);
        var single = new ChainValidation(input);
        var processor = Environment.CpuUsage.TotalTime;
        single.Run(1, clock.Budget, clock.Stopping);
        processor = Environment.CpuUsage.TotalTime - processor;
        var table = new FigureTable("validation, all rules")
            .Add(new Figure("1 thread", single.Rate, "blocks/s", ReferenceFigures.Validation))
            .Add(new Figure("processor time of a block", processor.TotalSeconds / Math.Max(single.Blocks, 1) * Milliseconds, "ms", Goal: Goals.Block));
        if (threads > 1)
        {
            var all = new ChainValidation(input);
            all.Run(threads, clock.Budget, clock.Stopping);
            table.Add(new Figure($"{threads} threads", all.Rate, "blocks/s"))
                .Add(new Figure("the same, per thread", all.Rate / threads, "blocks/s", ReferenceFigures.Validation));
        }

        clock.Report.Say(string.Create(CultureInfo.InvariantCulture, $"{input.Name}: {input.Records.Count} blocks"));
        table.Print(clock.Report);
        PrintSplit(single, clock);
    }

    private static void PrintSplit(ChainValidation run, BenchClock clock)
    {
        var table = new FigureTable("a block's time, 1 thread");
        var left = run.Busy;
        void Add(string what, ValidationStage stage, ReferenceFigure reference)
        {
            left -= run.Timings[stage];
            AddTime(what, run.Timings[stage], reference);
        }

        void AddTime(string what, TimeSpan time, ReferenceFigure? reference = null) => table.Add(
            new Figure(what, time.TotalSeconds / Math.Max(run.Blocks, 1) * Milliseconds, "ms", reference)
            {
                Note = string.Create(CultureInfo.InvariantCulture, $" ({time / run.Busy:P0})"),
            });
        Add("discriminant", ValidationStage.Discriminant, ReferenceFigures.Discriminant);
        Add("proof of time without it", ValidationStage.ProofOfTime, ReferenceFigures.ThreeSegments);
        Add("proof of space", ValidationStage.ProofOfSpace, ReferenceFigures.OneProofOfSpace);
        Add("signatures", ValidationStage.Signatures, ReferenceFigures.TwoSignatures);
        AddTime("rest: decoding, hashing, contextual rules", left);
        AddTime("whole", run.Busy);
        table.Print(clock.Report);
    }
}
