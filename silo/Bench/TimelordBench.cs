using System.Diagnostics;
using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Bench;

/// <summary><c>bench timelord</c>: evaluating the delay function and proving it.</summary>
internal static class TimelordBench
{
    private const int Bits = 1024;

    /// <summary>Enough squarings to know the speed, for choosing how many to ask for.</summary>
    private const int Trial = 20_000;

    public static void Run(BenchClock clock)
    {
        var challenge = new Bytes32(SHA256.HashData("bench"u8));
        var kernels = ClassGroupKernels.Available[0];
        var discriminant = Discriminant.Create(challenge.Span, Bits);
        var squaring = clock.Seconds(() => kernels.Square(discriminant, Trial), Trial);
        var iterations = (ulong)(clock.Budget.TotalSeconds / squaring);
        var seconds = Prove(challenge, iterations, clock.Stopping);
        new FigureTable($"delay function, {Bits} bits, {kernels.Name}")
            .Add(new Figure("squarings, one thread", 1 / squaring, "iterations/s", ReferenceFigures.TimelordSquarings))
            .Add(new Figure(
                "with the proof (a second thread), until it is verified", iterations / seconds, "iterations/s",
                ReferenceFigures.TimelordWithProof, Goals.TimelordWithProof))
            .Add(new Figure("the same, of the squarings alone", 100 * iterations / seconds * squaring, "%", Goal: Goals.OfSquarings))
            .Print(clock.Report);
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
