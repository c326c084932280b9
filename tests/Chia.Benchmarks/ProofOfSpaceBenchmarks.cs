using BenchmarkDotNet.Attributes;
using Chia.Cryptography.Plots;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Benchmarks;

/// <summary>f1, fx and the verification of the testnet's genesis proof (k = 19), with AES instructions and without. The reference verifies
/// in 0.07 to 0.13 ms.</summary>
[MemoryDiagnoser]
public class ProofOfSpaceBenchmarks
{
    private const int Values = 1024;

    private readonly ProofOfSpace _proof = Testnet.Definition.Genesis().HeaderBlock.ProofOfSpace;
    private readonly ulong[] _ys = new ulong[Values];
    private PlotFunctions _functions;

    /// <summary>Without AES instructions?</summary>
    [Params(false, true)]
    public bool Software { get; set; }

    [GlobalSetup]
    public void Setup() => _functions = new PlotFunctions(_proof.PlotId(), _proof.Size, Software);

    [Benchmark(OperationsPerInvoke = Values)]
    public ulong F1()
    {
        _functions.F1(0, _ys);
        return _ys[^1];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public ulong F4()
    {
        ulong y = 1;
        for (ulong i = 0; i < Values; i++)
            y ^= _functions.F(4, y, (UInt128)i << 64, (UInt128)i << 60, out _);
        return y;
    }

    [Benchmark]
    public ProofOfSpaceVerdict Verify()
    {
        Span<byte> quality = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        return ProofOfSpaceVerifier.Verify(
            _proof.PlotId(), _proof.Size, _proof.ChallengeHash, _proof.Proof.Span, quality, out _, Software);
    }
}
