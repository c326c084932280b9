using System.Numerics;
using BenchmarkDotNet.Attributes;
using Chia.Cryptography.ClassGroups;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Benchmarks;

/// <summary>
/// A proof of time of a real block (1024 bits, witness type 2), on each arithmetic that the machine has. chiavdf: discriminant 12.3 ms
/// (the mean of many; one is chance), squaring 5.4 µs, segment 1.83 ms.
/// </summary>
[MemoryDiagnoser]
public class ProofOfTimeBenchmarks
{
    private const int Bits = 1024;
    private const int Squarings = 1000;

    private ProofOfTime _proof = null!;
    private BigInteger _discriminant;

    /// <summary>The arithmetics by name.</summary>
    public static IEnumerable<string> Names => ClassGroupKernels.Available.Select(k => k.Name);

    /// <summary>The arithmetic.</summary>
    [ParamsSource(nameof(Names))]
    public string Arithmetic { get; set; } = "";

    private ClassGroupKernels Kernels => ClassGroupKernels.Available.Single(k => k.Name == Arithmetic);

    [GlobalSetup]
    public void Setup()
    {
        _proof = StreamableExtensions.Decode<FullBlock>(Vectors.Records("chains", "real300", "blocks.bin")[1]).HeaderBlock.ProofOfTime!;
        _discriminant = Discriminant.Create(_proof.ChallengeHash.Span, Bits);
    }

    [Benchmark]
    public BigInteger CreateDiscriminant() => Kernels.CreateDiscriminant(_proof.ChallengeHash.Span, Bits);

    [Benchmark(OperationsPerInvoke = Squarings)]
    public void Square() => Kernels.Square(_discriminant, Squarings);

    [Benchmark]
    public ProofOfTimeVerdict VerifyThreeSegments() => Kernels.Verify(_proof, _discriminant);
}
