using BenchmarkDotNet.Attributes;
using Chia.Cryptography.Bls12381;

namespace Chia.Benchmarks;

/// <summary>Eight elements of the base field at a time (needs AVX-512), and what the final exponentiation makes of them.</summary>
public unsafe class LaneBenchmarks : IDisposable
{
    private const int Operations = 1000;

    private readonly Fq2Lanes* _x = Allocate();
    private readonly Fq2Lanes* _y = Allocate();
    private readonly Fq2Lanes* _coefficients = Allocate();
    private readonly MillerPair[] _pairs = new MillerPair[2];
    private MillerPair _first;
    private MillerPair _second;
    private Fq12 _element;

    [GlobalSetup]
    public void Setup()
    {
        var seed = Fq12.One;
        seed.C1.C1.C0 = Fq.Half;
        Pairing.EasyPart(out _element, in seed);
        Fq12Across.Put(_coefficients, in _element);
        Fq2Lanes.Copy(_x, _coefficients);
        Fq2Lanes.Copy(_y, _coefficients);
        _first.Start(in AffinePoint<Fq>.Generator, in AffinePoint<Fq2>.Generator);
        _second.Start(in PrependSignature.MinusGenerator, in AffinePoint<Fq2>.Generator);
    }

    /// <summary>Each result is the next operand: latency.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void MultiplyEight()
    {
        for (var i = 0; i < Operations; i++)
            FqLanes.Multiply(&_x->C0, &_x->C0, &_y->C0);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void MultiplyEightInFq2()
    {
        for (var i = 0; i < Operations; i++)
            Fq2Lanes.Multiply(_x, _x, _y);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CyclotomicSquareInLanes()
    {
        for (var i = 0; i < Operations; i++)
            CyclotomicLanes.Square(_coefficients);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CyclotomicSquare()
    {
        for (var i = 0; i < Operations; i++)
            Cyclotomic.Square(out _element, in _element);
    }

    [Benchmark]
    public void MillerLoop()
    {
        _pairs[0] = _first;
        _pairs[1] = _second;
        Pairing.MillerLoop(out _, _pairs);
    }

    [Benchmark]
    public void MillerLoopInLanes() => PairingLanes.MillerLoop(out _, in _first, in _second);

    [Benchmark]
    public void FinalExponentiation() => Pairing.FinalExponentiation(out _, in _element);

    public void Dispose()
    {
        foreach (var memory in (nint[])[(nint)_x, (nint)_y, (nint)_coefficients])
            System.Runtime.InteropServices.NativeMemory.AlignedFree((void*)memory);
        GC.SuppressFinalize(this);
    }

    private static Fq2Lanes* Allocate() =>
        (Fq2Lanes*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc((nuint)sizeof(Fq2Lanes), FqLanes.Alignment);
}
