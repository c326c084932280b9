using Chia.Cryptography.Bls12381;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>One element of Fq12 across lanes against its readable twin.</summary>
public sealed unsafe class Fq12AcrossTests : IDisposable
{
    private const int Rounds = 200;

    private readonly LaneMemory _memory = new();
    private readonly Random _random = new(16);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Products_and_squares_are_those_of_the_field()
    {
        Fq2Lanes* x = _memory.Take<Fq2Lanes>(), y = _memory.Take<Fq2Lanes>(), r = _memory.Take<Fq2Lanes>();
        for (var round = 0; round < Rounds; round++)
        {
            SlowFq12 a = Sample(round), b = Sample(round / 3);
            Fq12Across.Put(x, a.Fast());
            Fq12Across.Put(y, b.Fast());
            Fq12Across.Multiply(r, x, y);
            Expect(a * b, r);
            Fq12Across.Square(r, x);
            Expect(a * a, r);

            // Into the factors.
            Fq12Across.Multiply(y, x, y);
            Expect(a * b, y);
            Fq12Across.Square(x, x);
            Expect(a * a, x);
        }
    }

    [Fact]
    public void Lines_are_multiplied_from_either_half()
    {
        Fq2Lanes* x = _memory.Take<Fq2Lanes>(), line = _memory.Take<Fq2Lanes>(), r = _memory.Take<Fq2Lanes>();
        for (var round = 0; round < Rounds; round++)
        {
            var a = Sample(round);
            SlowFq2[] c = [.. Enumerable.Range(0, FqLanes.Lanes).Select(i => round % 9 == i ? SlowFq2.Zero : SlowFq2.Sample(_random))];
            Fq12Across.Put(x, a.Fast());
            for (var lane = 0; lane < FqLanes.Lanes; lane++)
                Fq12Across.PutScalar(line, lane, c[lane].Fast());
            Fq2Lanes.MultiplyByFq(line, line, LaneConstants.FromScalar);
            foreach (var lane in new[] { 0, 4 })
            {
                Fq12Across.MultiplyByLine(r, x, line, lane);
                Expect(a * new SlowFq12(c[lane], SlowFq2.Zero, c[lane + 1], c[lane + 2], SlowFq2.Zero, SlowFq2.Zero), r);
            }
        }
    }

    [Fact]
    public void Products_upon_products_stay_right()
    {
        // What grows from one to the next would be seen; a Miller loop has some two hundred.
        Fq2Lanes* x = _memory.Take<Fq2Lanes>(), y = _memory.Take<Fq2Lanes>();
        SlowFq12 a = Sample(7), b = Sample(8);
        var slow = a;
        Fq12Across.Put(x, a.Fast());
        Fq12Across.Put(y, b.Fast());
        for (var i = 0; i < Rounds; i++)
        {
            Fq12Across.Square(x, x);
            Fq12Across.Multiply(x, x, y);
            Fq12Across.Conjugate(x, x);
            slow *= slow;
            slow *= b;
            slow = Conjugate(slow);
        }

        Expect(slow, x);
    }

    [Fact]
    public void Conjugates_and_Frobenius_powers_are_those_of_the_scalar_code()
    {
        Fq2Lanes* x = _memory.Take<Fq2Lanes>(), r = _memory.Take<Fq2Lanes>();
        for (var round = 0; round < Rounds; round++)
        {
            var a = Sample(round).Fast();
            Fq12Across.Put(x, in a);
            Fq12Across.Conjugate(r, x);
            Fq12.Conjugate(out var expected, in a);
            Expect(SlowFq12.Of(in expected), r);
            Fq12Across.FrobeniusPower(r, x);
            Frobenius.Power(out expected, in a);
            Expect(SlowFq12.Of(in expected), r);
            Fq12Across.SquaredFrobeniusPower(r, x);
            Frobenius.SquaredPower(out expected, in a);
            Expect(SlowFq12.Of(in expected), r);
        }

        Fq12Across.SetOne(r);
        Expect(SlowFq12.One, r);
    }

    private static SlowFq12 Conjugate(SlowFq12 x) =>
        new([.. x.C.Select((c, i) => i % 2 == 0 ? c : new SlowFq2(SlowField.Mod(-c.C0), SlowField.Mod(-c.C1)))]);

    // 0, 1, -1, a single coefficient that is the largest there is, then anything.
    private SlowFq12 Sample(int number)
    {
        var minusOne = new SlowFq2(SlowField.Q - 1, SlowField.Q - 1);
        return number switch
        {
            0 => new SlowFq12([.. Enumerable.Repeat(SlowFq2.Zero, 6)]),
            1 => SlowFq12.One,
            < 8 => new SlowFq12([.. Enumerable.Range(0, 6).Select(i => i == number - 2 ? minusOne : SlowFq2.Zero)]),
            8 => new SlowFq12([.. Enumerable.Repeat(minusOne, 6)]),
            _ => SlowFq12.Sample(_random),
        };
    }

    private static void Expect(SlowFq12 expected, Fq2Lanes* x)
    {
        LaneMemory.IsTight(&x->C0);
        LaneMemory.IsTight(&x->C1);
        Fq12Across.Get(out var value, x);
        Assert.Equal(expected.C, SlowFq12.Of(in value).C);

        // What follows counts on it.
        Assert.Equal((0, 0), (LaneMemory.Raw(&x->C0, 6), LaneMemory.Raw(&x->C1, 7)));
    }
}
