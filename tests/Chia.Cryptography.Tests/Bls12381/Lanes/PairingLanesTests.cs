using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>Miller loop and hard part in lanes against the scalar code, which has twins of its own.</summary>
public sealed class PairingLanesTests
{
    public PairingLanesTests() => Assert.SkipUnless(FqLanes.IsSupported, "no AVX-512 here: the scalar path is the only one");

    [Fact]
    public void The_self_check_passes()
    {
        Assert.True(PairingLanes.IsUsable);
        Assert.Equal("AVX-512", PairingLanes.Description);
    }

    [Fact]
    public void Loops_differ_from_the_scalar_codes_by_nothing_that_the_final_exponentiation_sees()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            MillerPair first = Pair(seed), second = Pair(seed + 1000);
            PairingLanes.MillerLoop(out var lanes, in first, in second);
            Pairing.MillerLoop(out var scalar, [first, second]);
            Assert.Equal(Value(lanes), Value(scalar));

            // Which pair lies in which half makes no difference.
            PairingLanes.MillerLoop(out lanes, in second, in first);
            Assert.Equal(Value(lanes), Value(scalar));
        }
    }

    [Fact]
    public void Keys_outside_their_subgroup_pair_as_in_the_scalar_code()
    {
        // (0, 2), of order 3; what it pairs to with anything is 1 (BLS.md 9).
        Assert.True(PointEncoding.TryDecode(out G1Affine order3, new byte[48]));
        MillerPair small = default, other = Pair(3);
        small.Start(in order3, Pair(4).Q);
        PairingLanes.MillerLoop(out var lanes, in small, in other);
        Pairing.MillerLoop(out var scalar, [other]);
        Assert.Equal(Value(scalar), Value(lanes));
    }

    [Fact]
    public void Opposite_points_cancel()
    {
        MillerPair pair = Pair(5), opposite = default;
        G1Affine.Negate(out var minus, pair.P);
        opposite.Start(in minus, pair.Q);
        PairingLanes.MillerLoop(out var lanes, in pair, in opposite);
        Assert.Equal(SlowFq12.One.C, Value(lanes));
    }

    [Fact]
    public void Hard_parts_are_the_scalar_codes()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Pairing.MillerLoop(out var f, [Pair(seed)]);
            Pairing.EasyPart(out var easy, in f);
            PairingLanes.HardPart(out var lanes, in easy);
            Pairing.HardPart(out var scalar, in easy);
            Assert.True(Fq12.AreEqual(in lanes, in scalar));
        }

        PairingLanes.HardPart(out var one, in Fq12.One);
        Assert.True(Fq12.AreEqual(in one, in Fq12.One));
    }

    [Fact]
    public void Verdicts_are_the_scalar_codes_good_and_bad()
    {
        var key = PrivateKey.FromSeed("pairing lanes"u8);
        for (byte i = 0; i < 20; i++)
        {
            Bytes32 hash = new([.. Enumerable.Repeat(i, 32)]), other = new([.. Enumerable.Repeat((byte)(i + 1), 32)]);
            var signature = key.SignPrependPrehashed(hash);
            Assert.True(PrependSignature.Verify(key.PublicKey, hash, signature));
            Assert.False(PrependSignature.Verify(key.PublicKey, other, signature));
        }
    }

    private static SlowFq2[] Value(Fq12 f)
    {
        Pairing.EasyPart(out var easy, in f);
        Pairing.HardPart(out var value, in easy);
        return SlowFq12.Of(in value).C;
    }

    // A key and a point that a hash is mapped to.
    private static MillerPair Pair(int seed)
    {
        var bytes = new byte[32];
        BitConverter.TryWriteBytes(bytes, seed);
        Assert.True(PointEncoding.TryDecode(out G1Affine key, PrivateKey.FromSeed(bytes).PublicKey.Span));
        HashToG2.Map(out var point, new Bytes32(bytes));
        G2Point.ToAffine(out var affine, in point);
        MillerPair pair = default;
        pair.Start(in key, in affine);
        return pair;
    }
}
