using BenchmarkDotNet.Attributes;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Benchmarks;

/// <summary>Prepend signatures. The reference verifies in 2 to 3 ms and signs in 0.85 ms, blst verifies in 1.05 ms.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private const int BatchSize = 64;

    private readonly PrivateKey _key = PrivateKey.FromSeed("benchmark"u8);
    private SignatureCheck[] _checks = [];

    [GlobalSetup]
    public void Setup() => _checks =
    [
        .. Enumerable.Range(0, BatchSize).Select(i =>
        {
            var hash = new Bytes32([.. Enumerable.Repeat((byte)i, Bytes32.Size)]);
            return new SignatureCheck(_key.PublicKey, hash, _key.SignPrependPrehashed(hash));
        }),
    ];

    [Benchmark]
    public bool Verify() => PrependSignature.Verify(_checks[0].PublicKey, _checks[0].MessageHash, _checks[0].Signature);

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public bool VerifyInBatch() => PrependSignature.VerifyAll(_checks);

    [Benchmark]
    public Bytes96 Sign() => _key.SignPrependPrehashed(_checks[0].MessageHash);
}
