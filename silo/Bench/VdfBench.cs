using System.Numerics;
using System.Security.Cryptography;
using Chia.Cryptography.ClassGroups;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench vdf</c>: proofs of time at 1024 bits, with the native arithmetic and with our own.</summary>
internal static class VdfBench
{
    private const int Bits = 1024;

    /// <summary>How long a search for a prime takes is chance: so many challenges for a mean that means something.</summary>
    private const int Challenges = 16;

    /// <summary>Enough for every power to have 128-bit exponents, as in a block, and few enough to be evaluated in a moment.</summary>
    private const ulong Iterations = 4_000;

    private const int Segments = 3;
    private const int Squarings = 5_000;
    private const double Milliseconds = 1e3;
    private const double Microseconds = 1e6;
    private const double Nanoseconds = 1e9;

    /// <summary>Limbs of a discriminant of 1024 bits.</summary>
    private const int ProductLimbs = 16;

    private const int Products = 10_000;

    public static void Run(BenchClock clock)
    {
        var proofs = Enumerable.Range(0, Challenges).Select(Evaluate).ToArray();
        var discriminants = proofs.Select(p => Discriminant.Create(p.ChallengeHash.Span, Bits)).ToArray();
        MeasureVectors(clock, proofs);
        foreach (var kernels in ClassGroupKernels.Available)
            Measure(clock, kernels, proofs, discriminants);
    }

    private static void MeasureVectors(BenchClock clock, ProofOfTime[] proofs)
    {
        var table = new FigureTable($"discriminant, {Bits} bits, {ClassGroupKernels.Available[0].Name}, one thread");
        foreach (var vectors in ClassGroupKernels.PrimeTests)
        {
            var create = clock.Seconds(
                Challenges, i => ClassGroupKernels.Available[0].CreateDiscriminant(proofs[i].ChallengeHash.Span, Bits, vectors));
            double? goal = vectors switch
            {
                "AVX-512" => Goals.DiscriminantWide,
                "AVX2" => Goals.DiscriminantNarrow,
                _ => null,
            };
            table.Add(new Figure(vectors, create * Milliseconds, "ms", ReferenceFigures.Discriminant, goal));
        }

        table.Print(clock.Report);
    }

    private static void Measure(BenchClock clock, ClassGroupKernels kernels, ProofOfTime[] proofs, BigInteger[] discriminants)
    {
        var create = clock.Seconds(Challenges, i => kernels.CreateDiscriminant(proofs[i].ChallengeHash.Span, Bits));
        var square = clock.Seconds(() => kernels.Square(discriminants[0], Squarings), Squarings);
        var product = clock.Seconds(() => kernels.Multiply(ProductLimbs, Products), Products);
        var segments = clock.Seconds(Challenges, i => Expect(kernels.Verify(proofs[i], discriminants[i]))) / Segments;
        var whole = clock.Seconds(
            Challenges, i => Expect(kernels.Verify(proofs[i], kernels.CreateDiscriminant(proofs[i].ChallengeHash.Span, Bits))));
        new FigureTable($"proof of time, {Bits} bits, {kernels.Name}, {ClassGroupBackend.PrimeTests}, one thread")
            .Add(new Figure("discriminant", create * Milliseconds, "ms", ReferenceFigures.Discriminant))
            .Add(new Figure("squaring", square * Microseconds, "us", ReferenceFigures.Squaring))
            .Add(new Figure("segment", segments * Milliseconds, "ms", ReferenceFigures.Segment))
            .Add(new Figure(
                $"{ProductLimbs} x {ProductLimbs} limbs", product * Nanoseconds, "ns",
                Goal: kernels.IsManaged ? Goals.Product : null))
            .Add(new Figure("proof of witness type 2", whole * Milliseconds, "ms", ReferenceFigures.ProofOfTime))
            .Add(new Figure("the same", whole * Milliseconds, "ms", ReferenceFigures.ProofOfTimePython))
            .Print(clock.Report);
    }

    private static ProofOfTime Evaluate(int number)
    {
        var challenge = new Bytes32(SHA256.HashData(BitConverter.GetBytes(number)));
        var evaluator = new VdfEvaluator(challenge, Bits);
        using var done = new CancellationTokenSource();
        ProofOfTime? proof = null;
        evaluator.ProofReady += p =>
        {
            proof = p;
            done.Cancel();
        };
        evaluator.Request(Iterations);
        evaluator.Run(done.Token);
        return proof ?? throw new InvalidOperationException("the evaluation ended without a proof");
    }

    private static void Expect(ProofOfTimeVerdict verdict)
    {
        if (verdict != ProofOfTimeVerdict.Valid)
            throw new InvalidOperationException($"a proof of ours does not verify: {verdict}");
    }
}
