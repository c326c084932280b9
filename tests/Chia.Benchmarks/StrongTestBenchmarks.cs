using System.Numerics;
using BenchmarkDotNet.Attributes;
using Chia.Cryptography.ClassGroups;

namespace Chia.Benchmarks;

/// <summary>The strong test of 1024 bits, as many numbers at a time as the vectors have lanes.</summary>
public class StrongTestBenchmarks
{
    private const int Bits = 1024;

    private VectorStrongTest _test = null!;
    private BigInteger[] _numbers = [];

    /// <summary>The vectors by name.</summary>
    public static IEnumerable<string> Names => StrongTestVectors.Kinds.Where(kind => kind.IsSupported).Select(kind => kind.Name);

    /// <summary>The vectors.</summary>
    [ParamsSource(nameof(Names))]
    public string Vectors { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _test = StrongTestVectors.Kinds.Single(kind => kind.Name == Vectors).Create(Bits + 1);
        _numbers = [.. Enumerable.Range(0, _test.Lanes).Select(i => -Discriminant.Create([(byte)i], Bits))];
    }

    [Benchmark]
    public int Test() => _test.Test(_numbers);
}
