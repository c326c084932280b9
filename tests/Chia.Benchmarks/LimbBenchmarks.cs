using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Chia.Cryptography.ClassGroups.Limbs;

namespace Chia.Benchmarks;

/// <summary>Products and squares of our own limb arithmetic, by rows and on each kind of vectors that the processor has. libgmp multiplies
/// 16 by 16 limbs in 90 ns.</summary>
public unsafe class LimbBenchmarks : IDisposable
{
    private const string Rows = "rows";
    private const int Operations = 1000;
    private const int MostLimbs = 16;

    private readonly ulong* _x = Allocate();
    private readonly ulong* _y = Allocate();
    private readonly ulong* _r = Allocate();
    private ProductVectors.Product _multiply = ManagedLimbs.MultiplyByRows;

    /// <summary>The ways by name.</summary>
    public static IEnumerable<string> Names =>
        ProductVectors.Kinds.Where(kind => kind.IsSupported).Select(kind => kind.Name).Append(Rows);

    /// <summary>The way.</summary>
    [ParamsSource(nameof(Names))]
    public string Way { get; set; } = Rows;

    /// <summary>Limbs of each factor: a form's coefficient of 1,024 bits, and a product of two.</summary>
    [Params(8, 16)]
    public int Limbs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(new Span<byte>(_x, 8 * MostLimbs));
        new Random(2).NextBytes(new Span<byte>(_y, 8 * MostLimbs));
        if (Way != Rows)
            _multiply = ProductVectors.Kinds.Single(kind => kind.Name == Way).Multiply;
    }

    /// <summary>A limb of each result is one of the next operand's.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Multiply()
    {
        for (var i = 0; i < Operations; i++)
        {
            _multiply(_r, _x, Limbs, _y, Limbs);
            _x[0] = _r[Limbs];
        }
    }

    public void Dispose()
    {
        foreach (var memory in (nint[])[(nint)_x, (nint)_y, (nint)_r])
            NativeMemory.Free((void*)memory);
        GC.SuppressFinalize(this);
    }

    private static ulong* Allocate() => (ulong*)NativeMemory.Alloc(2 * MostLimbs, sizeof(ulong));
}
