using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The final exponentiation's squarings in lanes against the scalar code, which has twins of its own.</summary>
public sealed unsafe class CyclotomicLanesTests : IDisposable
{
    /// <summary>A power takes 63 squarings: what grows from one to the next would be seen.</summary>
    private const int Squarings = 200;

    private readonly LaneMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Squares_are_the_scalar_codes_squares(int seed)
    {
        Pairing.EasyPart(out var x, Element(seed));
        var lanes = (Fq2Lanes*)_memory.Take<Fq2Lanes>();
        Fq12Across.Put(lanes, in x);
        for (var i = 0; i < Squarings; i++)
        {
            Fq12Across.Get(out var square, lanes);
            Assert.True(Fq12.AreEqual(in x, in square));
            CyclotomicLanes.Square(lanes);
            Cyclotomic.Square(out x, in x);
        }
    }

    [Fact]
    public void Powers_are_the_scalar_codes_powers()
    {
        Pairing.EasyPart(out var x, Element(4));
        foreach (var element in new[] { x, Fq12.One })
        {
            Fq2Lanes* lanes = _memory.Take<Fq2Lanes>(), power = _memory.Take<Fq2Lanes>();
            Fq12Across.Put(lanes, in element);
            CyclotomicLanes.PowerOfParameter(power, lanes);
            Fq12Across.Get(out var value, power);
            Cyclotomic.PowerOfParameter(out var expected, in element);
            Assert.True(Fq12.AreEqual(in value, in expected));
        }
    }

    [Fact]
    public void Elements_go_into_lanes_and_come_out_as_they_were()
    {
        Fq.Negate(out var minusOne, in Fq.One);
        Fq.Subtract(out var zeroAsQ, in Fq.Half, in Fq.Half);
        Fq.Multiply(out var other, in minusOne, in Fq.Half);
        Fq[] elements = [default, Fq.One, Fq.Half, minusOne, zeroAsQ, other, HashToG2.RootOfMinusThree, ScalarMultiplication.Beta];
        var lanes = (Fq2Lanes*)_memory.Take<Fq2Lanes>();
        for (var i = 0; i < elements.Length; i++)
        {
            FqLanes.PutScalar(&lanes->C0, i, in elements[i]);
            FqLanes.PutScalar(&lanes->C1, i, in elements[^(i + 1)]);
        }

        Fq2Lanes.MultiplyByFq(lanes, lanes, LaneConstants.FromScalar);
        for (var i = 0; i < elements.Length; i++)
        {
            FqLanes.Get(out var value, &lanes->C0, i);
            Assert.True(Fq.AreEqual(in value, in elements[i]));
        }

        Fq2Lanes.MultiplyByFq(lanes, lanes, LaneConstants.ToScalar);
        for (var i = 0; i < elements.Length; i++)
        {
            FqLanes.GetScalar(out var value, &lanes->C1, i);
            Assert.True(Fq.AreEqual(in value, in elements[^(i + 1)]));
        }
    }

    private static Fq12 Element(int seed)
    {
        var key = PrivateKey.FromSeed([(byte)seed]);
        PrependSignature.TryDecodeInSubgroup(out var sigma, key.SignPrependPrehashed(new Bytes32(new byte[32])));
        var x = Fq12.One;
        x.C0.C1 = sigma.X;
        x.C1.C0 = sigma.Y;
        x.C1.C2.C1 = sigma.X.C0;
        return x;
    }
}
