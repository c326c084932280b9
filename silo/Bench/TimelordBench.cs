using System.Diagnostics;
using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench timelord</c>: evaluating the delay function and proving it.</summary>
internal static class TimelordBench
{
    private const int Bits = 1024;

    /// <summary>Enough squarings to know the speed, for choosing how many to ask for.</summary>
    private const int Trial = 20_000;

    /// <summary>Evaluations of each kind, in turn and equally long: the least of many short ones beside one long one would count against
    /// the proof what else the machine did meanwhile.</summary>
    private const int Rounds = 3;

    /// <summary>Of the budget of a figure, each evaluation: the proof of the last segment comes at its end, and is a part of it.</summary>
    private const double Share = 0.5;

    public static void Run(BenchClock clock)
    {
        var challenge = new Bytes32(SHA256.HashData("bench"u8));
        var kernels = ClassGroupKernels.Available[0];
        var discriminant = Discriminant.Create(challenge.Span, Bits);
        kernels.Square(discriminant, Trial); // For its code to be compiled.
        var iterations = (int)(Share * clock.Budget.TotalSeconds / Time(() => kernels.Square(discriminant, Trial)) * Trial);
        var (alone, beside, proved) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            clock.Stopping.ThrowIfCancellationRequested();
            alone = Math.Min(alone, Time(() => kernels.Square(discriminant, iterations)));
            beside = Math.Min(beside, BesideCounting(() => Time(() => kernels.Square(discriminant, iterations))));
            proved = Math.Min(proved, Prove(challenge, (ulong)iterations, clock.Stopping));
        }

        new FigureTable($"delay function, {Bits} bits, {kernels.Name}")
            .Add(new Figure("squarings, one thread", iterations / alone, "iterations/s", ReferenceFigures.TimelordSquarings))
            .Add(new Figure("squarings beside a thread that counts in a register", iterations / beside, "iterations/s"))
            .Add(new Figure(
                "with the proof (a second thread), until it is verified", iterations / proved, "iterations/s",
                ReferenceFigures.TimelordWithProof, Goals.TimelordWithProof))
            .Add(new Figure("the same, of the squarings alone", 100 * alone / proved, "%", Goal: Goals.OfSquarings))
            .Add(new Figure("the same, of those beside a thread that counts", 100 * beside / proved, "%"))
            .Print(clock.Report);
    }

    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>While another core is busy, the clock of all is lower: that much any work beside the evaluation costs it.</summary>
    private static double BesideCounting(Func<double> measure)
    {
        var goesOn = true;
        var counting = new Thread(() =>
        {
            for (var count = 0UL; Volatile.Read(ref goesOn); count++)
            {
            }
        })
        { IsBackground = true, Name = "bench counts" };
        counting.Start();
        try
        {
            return measure();
        }
        finally
        {
            Volatile.Write(ref goesOn, false);
            counting.Join();
        }
    }

    /// <summary>Seconds from nothing to a proof that our own verifier has accepted.</summary>
    private static double Prove(Bytes32 challenge, ulong iterations, CancellationToken stopping)
    {
        var evaluator = new VdfEvaluator(challenge, Bits);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var started = Stopwatch.GetTimestamp();
        var seconds = 0.0;
        evaluator.ProofReady += _ =>
        {
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            done.Cancel();
        };
        evaluator.Request(iterations);
        evaluator.Run(done.Token);
        stopping.ThrowIfCancellationRequested();
        return seconds;
    }
}
