using System.Buffers.Binary;
using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench;

/// <summary><c>bench bls</c>: prepend signatures.</summary>
internal static class BlsBench
{
    private const int Batch = 64;
    private const double Milliseconds = 1e3;

    public static void Run(BenchClock clock)
    {
        var key = PrivateKey.FromSeed("bench"u8);
        var checks = new SignatureCheck[Batch];
        for (var i = 0; i < Batch; i++)
        {
            var message = MessageHash(i);
            checks[i] = new SignatureCheck(key.PublicKey, message, key.SignPrependPrehashed(message));
        }

        var verify = clock.Seconds(Batch, i => Expect(Verify(checks[i])));
        var sign = clock.Seconds(Batch, i => key.SignPrependPrehashed(checks[i].MessageHash));
        var hash = clock.Seconds(Batch, i => PrependSignature.MapToG2(key.PublicKey, checks[i].MessageHash));
        var batch = clock.Seconds(() => Expect(PrependSignature.VerifyAll(checks)), Batch);
        new FigureTable($"BLS12-381 prepend signatures, one thread, batches: {PrependSignature.BatchMethod}")
            .Add(new Figure(
                "verify (decompression, subgroup check, hash to curve)", verify * Milliseconds, "ms", ReferenceFigures.BlstVerify,
                Goals.Verify))
            .Add(new Figure("the same", verify * Milliseconds, "ms", ReferenceFigures.RelicVerify))
            .Add(new Figure(
                $"verify, each of a batch of {Batch}", batch * Milliseconds, "ms", ReferenceFigures.BlstVerify, Goals.VerifyInBatch))
            .Add(new Figure("hash to G2", hash * Milliseconds, "ms"))
            .Add(new Figure("sign", sign * Milliseconds, "ms", ReferenceFigures.RelicSign))
            .Print(clock.Report);
    }

    private static bool Verify(in SignatureCheck check) => PrependSignature.Verify(check.PublicKey, check.MessageHash, check.Signature);

    private static Bytes32 MessageHash(int number)
    {
        Span<byte> message = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(message, number);
        return new Bytes32(SHA256.HashData(message));
    }

    private static void Expect(bool valid)
    {
        if (!valid)
            throw new InvalidOperationException("a signature of ours does not verify");
    }
}
