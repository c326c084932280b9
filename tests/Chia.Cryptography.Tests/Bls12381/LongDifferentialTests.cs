using System.Numerics;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>
/// The comparisons of the other tests again, many times over, each with a seed of its own:
/// <c>dotnet run -c Release --project tests/Chia.Cryptography.Tests -- -explicit only -class "*LongDifferentialTests" -showLiveOutput</c>.
/// </summary>
public sealed class LongDifferentialTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Two_million_operations_in_Fq()
    {
        for (var seed = 0; seed < 200; seed++)
            FqTests.CompareOperations(new Random(1000 + seed), rounds: 1000);
    }

    [Fact(Explicit = true)]
    public void Ten_thousand_pairings_and_hashes_in_lanes_and_in_scalar_code()
    {
        Assert.SkipUnless(FqLanes.IsSupported, "no AVX-512 here");
        var random = new Random(77);
        Span<byte> bytes = stackalloc byte[32];
        for (var round = 0; round < 5000; round++)
        {
            MillerPair first = Pair(random, bytes), second = Pair(random, bytes);
            PairingLanes.MillerLoop(out var lanes, in first, in second);
            Pairing.MillerLoop(out var scalar, [first, second]);
            Pairing.EasyPart(out lanes, in lanes);
            Pairing.EasyPart(out scalar, in scalar);
            Assert.True(Fq12.AreEqual(in lanes, in scalar), $"loop, round {round}");
            PairingLanes.HardPart(out lanes, in lanes);
            Pairing.HardPart(out scalar, in scalar);
            Assert.True(Fq12.AreEqual(in lanes, in scalar), $"hard part, round {round}");
        }
    }

    [Fact(Explicit = true)]
    public void A_thousand_batches_with_and_without_a_bad_signature()
    {
        Assert.SkipUnless(FqLanes.IsSupported, "no AVX-512 here");
        var random = new Random(78);
        var bad = 0;
        for (var round = 0; round < 1000; round++)
        {
            var checks = new SignatureCheck[2 + random.Next(15)];
            for (var i = 0; i < checks.Length; i++)
            {
                var bytes = new byte[32];
                random.NextBytes(bytes);
                var key = PrivateKey.FromSeed(bytes);
                random.NextBytes(bytes);
                checks[i] = new SignatureCheck(key.PublicKey, new Bytes32(bytes), key.SignPrependPrehashed(new Bytes32(bytes)));
            }

            if (random.Next(2) == 0)
            {
                ref var spoilt = ref checks[random.Next(checks.Length)];
                var signature = spoilt.Signature.Span.ToArray();
                signature[random.Next(1, signature.Length)] ^= (byte)(1 << random.Next(8));
                spoilt = spoilt with { Signature = new Bytes96(signature) };
                bad++;
            }

            var verdict = SignatureBatch.VerifyScalar(checks);
            Assert.Equal(verdict, LaneBatch.Verify(checks) ?? verdict);
            Assert.Equal(verdict, Array.TrueForAll(
                checks, check => PrependSignature.Verify(check.PublicKey, check.MessageHash, check.Signature)));
        }

        output.WriteLine($"{bad} of 1000 batches had a bad signature");
    }

    private static MillerPair Pair(Random random, Span<byte> bytes)
    {
        random.NextBytes(bytes);
        Assert.True(PointEncoding.TryDecode(out G1Affine key, PrivateKey.FromSeed(bytes).PublicKey.Span));
        HashToG2.Map(out var point, new Bytes32(bytes));
        G2Point.ToAffine(out var affine, in point);
        MillerPair pair = default;
        pair.Start(in key, in affine);
        return pair;
    }
}
