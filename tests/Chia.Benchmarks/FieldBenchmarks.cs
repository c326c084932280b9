using BenchmarkDotNet.Attributes;
using Chia.Cryptography.Bls12381;

namespace Chia.Benchmarks;

/// <summary>The base field of BLS12-381. blst multiplies in 28 ns.</summary>
public class FieldBenchmarks
{
    /// <summary>Each result is the next operand: latency, as in the formulas of the curve.</summary>
    private const int Operations = 1000;

    private Fq _x = Fq.Half;

    [Benchmark(OperationsPerInvoke = Operations)]
    public bool Multiply()
    {
        for (var i = 0; i < Operations; i++)
            Fq.Multiply(out _x, in _x, in Fq.Half);
        return _x.IsZero();
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public bool Square()
    {
        for (var i = 0; i < Operations; i++)
            Fq.Square(out _x, in _x);
        return _x.IsZero();
    }
}
