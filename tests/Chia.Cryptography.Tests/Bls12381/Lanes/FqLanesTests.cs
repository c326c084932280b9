using System.Numerics;
using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The field in lanes against its readable twin.</summary>
public sealed unsafe class FqLanesTests : IDisposable
{
    private readonly LaneMemory _memory = new();
    private readonly Random _random = new(12);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Products_are_those_of_the_field()
    {
        for (var round = 0; round < 20; round++)
        {
            using var memory = new LaneMemory();
            BigInteger[] x = Numbers(), y = Numbers(), z = Numbers(), w = Numbers();
            FqLanes* fx = memory.Of(x), fy = memory.Of(y), fz = memory.Of(z), fw = memory.Of(w), r = memory.Take<FqLanes>();
            FqLanes.Multiply(r, fx, fy);
            LaneMemory.IsTight(r);
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
                Assert.Equal(SlowField.Mod(x[lane] * y[lane]), LaneMemory.Value(r, lane));
            FqLanes.MultiplyAdd(r, fx, fy, fz, fw);
            LaneMemory.IsTight(r);
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
                Assert.Equal(SlowField.Mod((x[lane] * y[lane]) + (z[lane] * w[lane])), LaneMemory.Value(r, lane));

            var s = memory.Take<FqLanes>();
            FqLanes.MultiplyTwo(r, fx, fy, s, fz, fw);
            Expect(i => x[i] * y[i], i => z[i] * w[i]);

            void Expect(Func<int, BigInteger> first, Func<int, BigInteger> second)
            {
                LaneMemory.IsTight(r);
                LaneMemory.IsTight(s);
                for (var lane = 0; lane < FqLanes.Lanes; lane++)
                {
                    Assert.Equal(SlowField.Mod(first(lane)), LaneMemory.Value(r, lane));
                    Assert.Equal(SlowField.Mod(second(lane)), LaneMemory.Value(s, lane));
                }
            }
        }
    }

    [Fact]
    public void Factors_may_be_as_loose_as_promised()
    {
        // Limbs at the ends of what loosenesses 1 and 7, 3 and 2 allow, in all mixtures of signs.
        var most = (double)((1L << 49) + 256);
        foreach (var (left, right) in new[] { (1.0, 7.0), (3.0, 2.0), (2.0, 3.5), (1.0, 1.0) })
        {
            FqLanes* x = _memory.Take<FqLanes>(), y = _memory.Take<FqLanes>(), r = _memory.Take<FqLanes>(),
                other = _memory.Take<FqLanes>();
            for (var round = 0; round < 50; round++)
            {
                Fill(x, left * most);
                Fill(y, right * most);
                FqLanes.Multiply(r, x, y);
                LaneMemory.IsTight(r);
                Expect(r, lane => LaneMemory.Raw(x, lane) * LaneMemory.Raw(y, lane) * SlowField.Inverse(FqLanes.R));
                FqLanes.MultiplyAdd(r, x, y, y, x);
                LaneMemory.IsTight(r);
                Expect(r, lane => 2 * LaneMemory.Raw(x, lane) * LaneMemory.Raw(y, lane) * SlowField.Inverse(FqLanes.R));
                FqLanes.MultiplyTwo(r, x, y, other, y, x);
                LaneMemory.IsTight(other);
                Expect(r, lane => LaneMemory.Raw(x, lane) * LaneMemory.Raw(y, lane) * SlowField.Inverse(FqLanes.R));
                Expect(other, lane => LaneMemory.Raw(x, lane) * LaneMemory.Raw(y, lane) * SlowField.Inverse(FqLanes.R));
                FqLanes.Tighten(r, y);
                LaneMemory.IsTight(r);
                Expect(r, lane => LaneMemory.Raw(y, lane));
            }
        }

        void Expect(FqLanes* r, Func<int, BigInteger> expected)
        {
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
                Assert.Equal(SlowField.Mod(expected(lane)), LaneMemory.Raw(r, lane));
        }
    }

    [Fact]
    public void Sums_of_products_may_be_as_long_and_loose_as_promised()
    {
        var most = (double)((1L << 49) + 256);
        Fq2Lanes* x = Terms(), y = Terms(), r = _memory.Take<Fq2Lanes>();
        foreach (var (left, right) in new[] { (1.0, 7.0), (3.0, 2.0), (1.0, 1.0) })
        {
            for (var count = 1; count <= FqLanes.MaximumTerms; count++)
            {
                for (var round = 0; round < 10; round++)
                {
                    for (var k = 0; k < count; k++)
                    {
                        Fill(&x[k].C0, left * most);
                        Fill(&x[k].C1, left * most);
                        Fill(&y[k].C0, right * most);
                        Fill(&y[k].C1, right * most);
                    }

                    var inverse = SlowField.Inverse(FqLanes.R);
                    var expected = Enumerable.Range(0, FqLanes.Lanes).Select(lane =>
                    {
                        var sum = SlowFq2.Zero;
                        for (var k = 0; k < count; k++)
                            sum += Raw(&x[k], lane) * Raw(&y[k], lane);
                        return sum * new SlowFq2(inverse, 0);
                    }).ToArray();
                    FqLanes.SumOfProducts(r, x, y, count);
                    LaneMemory.IsTight(&r->C0);
                    LaneMemory.IsTight(&r->C1);
                    for (var lane = 0; lane < FqLanes.Lanes; lane++)
                        Assert.Equal(expected[lane], Raw(r, lane));

                    // Into a factor.
                    FqLanes.SumOfProducts(y, x, y, count);
                    for (var lane = 0; lane < FqLanes.Lanes; lane++)
                        Assert.Equal(expected[lane], Raw(y, lane));
                }
            }
        }

        Fq2Lanes* Terms()
        {
            var first = _memory.Take<Fq2Lanes>();
            for (var k = 1; k < FqLanes.MaximumTerms; k++)
                _memory.Take<Fq2Lanes>();
            return first;
        }

        static SlowFq2 Raw(Fq2Lanes* x, int lane) => new(LaneMemory.Raw(&x->C0, lane), LaneMemory.Raw(&x->C1, lane));
    }

    [Fact]
    public void A_hundred_thousand_products_are_the_scalar_codes()
    {
        // Its twin is FqTests'. Operands at the edges meet each other and random ones.
        Fq[] edges = [default, Fq.One, Negated(Fq.One), Fq.Half, Negated(Fq.Half), ScalarMultiplication.Beta, HashToG2.RootOfMinusThree];
        Fq2Lanes* x = _memory.Take<Fq2Lanes>(), y = _memory.Take<Fq2Lanes>(), r = _memory.Take<Fq2Lanes>();
        var bytes = new byte[Fq.Size];
        Fq2[] a = new Fq2[FqLanes.Lanes], b = new Fq2[FqLanes.Lanes];
        for (var round = 0; round < 100_000 / FqLanes.Lanes; round++)
        {
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
            {
                a[lane] = new Fq2 { C0 = Next(), C1 = Next() };
                b[lane] = new Fq2 { C0 = Next(), C1 = Next() };
                Fq12Across.PutScalar(x, lane, in a[lane]);
                Fq12Across.PutScalar(y, lane, in b[lane]);
            }

            Fq2Lanes.MultiplyByFq(x, x, LaneConstants.FromScalar);
            Fq2Lanes.MultiplyByFq(y, y, LaneConstants.FromScalar);
            Fq2Lanes.Multiply(r, x, y);
            Fq2Lanes.MultiplyByFq(r, r, LaneConstants.ToScalar);
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
            {
                Fq2.Multiply(out var expected, in a[lane], in b[lane]);
                FqLanes.GetScalar(out var real, &r->C0, lane);
                FqLanes.GetScalar(out var imaginary, &r->C1, lane);
                Assert.True(Fq.AreEqual(in expected.C0, in real) && Fq.AreEqual(in expected.C1, in imaginary), $"round {round}");
            }
        }

        Fq Next()
        {
            var choice = _random.Next(3 * edges.Length);
            if (choice < edges.Length)
                return edges[choice];

            // Unreduced on the way in.
            _random.NextBytes(bytes);
            Fq.FromBytes(out var value, bytes);
            return value;
        }

        static Fq Negated(Fq value)
        {
            Fq.Negate(out var negated, in value);
            return negated;
        }
    }

    [Fact]
    public void Sums_and_choices_keep_to_their_lanes()
    {
        BigInteger[] x = Numbers(), y = Numbers();
        FqLanes* fx = _memory.Of(x), fy = _memory.Of(y), r = _memory.Take<FqLanes>();
        var mask = FqLanes.MaskOf(0b10110001);
        Check(() => FqLanes.Add(r, fx, fy), i => x[i] + y[i]);
        Check(() => FqLanes.Subtract(r, fx, fy), i => x[i] - y[i]);
        Check(() => FqLanes.Negate(r, fx), i => -x[i]);
        Check(() => FqLanes.Scale(r, fx, 12), i => 12 * x[i]);
        Check(() => FqLanes.Select(r, mask, fx, fy), i => ((0b10110001 >> i) & 1) != 0 ? x[i] : y[i]);
        Check(() => FqLanes.NegateWhere(r, mask, fx), i => ((0b10110001 >> i) & 1) != 0 ? -x[i] : x[i]);
        foreach (var distance in new[] { 1, 2, 4 })
            Check(() => FqLanes.Exchange(r, fx, distance), i => x[i ^ distance]);

        void Check(Action operation, Func<int, BigInteger> expected)
        {
            operation();
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
                Assert.Equal(SlowField.Mod(expected(lane)), LaneMemory.Value(r, lane));
        }
    }

    [Fact]
    public void Zero_and_size_are_told_of_the_canonical_value()
    {
        var half = (SlowField.Q - 1) / 2;
        BigInteger[] values = [0, 1, half, half + 1, SlowField.Q - 1, 0, 2, 0];
        var x = _memory.Of(values);
        Assert.Equal(0b10100001, FqLanes.ZeroLanes(x));
        Assert.Equal(0b00011000, FqLanes.BigLanes(x));

        // 0 as q, as -q, as the difference of equals.
        var r = _memory.Take<FqLanes>();
        FqLanes.Fill(r, SlowField.Q);
        Assert.Equal(0xff, FqLanes.ZeroLanes(r));
        Assert.Equal(0, FqLanes.BigLanes(r));
        FqLanes.Negate(r, r);
        Assert.Equal(0xff, FqLanes.ZeroLanes(r));
        FqLanes.Subtract(r, x, x);
        Assert.Equal(0xff, FqLanes.ZeroLanes(r));
        Assert.Equal(0xff, FqLanes.EqualLanes(x, x));
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            FqLanes.Get(out var fast, x, lane);
            Assert.Equal(SlowField.Hex(values[lane]), Convert.ToHexStringLower(Bytes(fast)));
        }
    }

    [Fact]
    public void Roots_and_inverses_are_those_of_the_field()
    {
        var values = Numbers();
        (values[3], values[5]) = (0, 1);
        var x = _memory.Of(values);
        FqLanes* root = _memory.Take<FqLanes>(), inverse = _memory.Take<FqLanes>();
        var squares = FqLanes.SquareRoot(root, x);
        FqLanes.Invert(inverse, x);
        for (var lane = 0; lane < FqLanes.Lanes; lane++)
        {
            var (ok, expected) = SlowField.Root1(values[lane]);
            Assert.Equal(ok, (squares & (1 << lane)) != 0);
            Assert.Equal(expected, LaneMemory.Value(root, lane));
            Assert.Equal(SlowField.Inverse(values[lane]), LaneMemory.Value(inverse, lane));
        }
    }

    [Fact]
    public void Products_of_Fq2_are_those_of_the_field()
    {
        for (var round = 0; round < 10; round++)
        {
            using var memory = new LaneMemory();
            SlowFq2[] x = Samples(), y = Samples();
            Fq2Lanes* fx = memory.Of(x), fy = memory.Of(y);
            Fq2Lanes* product = memory.Take<Fq2Lanes>(), square = memory.Take<Fq2Lanes>(), xi = memory.Take<Fq2Lanes>();
            Fq2Lanes.Multiply(product, fx, fy);
            Fq2Lanes.Square(square, fx);
            Fq2Lanes.MultiplyByXi(xi, fx);
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
            {
                Assert.Equal(x[lane] * y[lane], LaneMemory.Value(product, lane));
                Assert.Equal(x[lane] * x[lane], LaneMemory.Value(square, lane));
                Assert.Equal(x[lane] * new SlowFq2(1, 1), LaneMemory.Value(xi, lane));
            }
        }
    }

    // The top limb stays small: values are below 2^9 q.
    private void Fill(FqLanes* x, double most)
    {
        for (var i = 0; i < FqLanes.Length; i++)
        {
            var limit = i / FqLanes.Lanes < FqLanes.Limbs - 1 ? most : 1L << 38;
            var share = _random.Next(3) == 0 ? (2 * _random.NextDouble()) - 1 : (2 * _random.Next(2)) - 1;
            ((double*)x)[i] = Math.Truncate(limit * share);
        }
    }

    private static byte[] Bytes(Fq value)
    {
        var bytes = new byte[Fq.Size];
        value.ToBytes(bytes);
        return bytes;
    }

    private SlowFq2[] Samples() => [.. Enumerable.Range(0, FqLanes.Lanes).Select(_ => SlowFq2.Sample(_random))];

    private BigInteger[] Numbers()
    {
        var bytes = new byte[48];
        return [.. Enumerable.Range(0, FqLanes.Lanes).Select(_ =>
        {
            _random.NextBytes(bytes);
            return SlowField.Mod(new BigInteger(bytes, isUnsigned: true));
        })];
    }
}
