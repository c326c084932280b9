using Chia.Cryptography.Plots;

namespace Chia.Cryptography.Tests.Plots;

public class DeltaCodingTests
{
    private static readonly Dictionary<string, int> TableOfParameter = new()
    {
        ["4.7"] = 1,
        ["2.75"] = 2,
        ["2.7"] = 4,
        ["2.6"] = 5,
        ["2.45"] = 6,
    };

    public static TheoryData<string> Parameters => ["4.7", "2.75", "2.7", "2.6", "2.45", "1.0"];

    [Theory, MemberData(nameof(Parameters))]
    public void Counts_are_the_references(string parameter)
    {
        var vector = PlotVectors.Object("fse_normalized_counts").GetProperty(parameter);
        var (counts, low) = Counts(parameter);
        Assert.Equal(vector.Int("symbols"), counts.Count + low);
        var expected = counts.Concat(Enumerable.Repeat(1, low)).Select(c => (ushort)c).ToArray();
        Assert.Equal(expected, Model(parameter).Counts.ToArray());
        Assert.Equal(DeltaModel.States, expected.Sum(c => c));
    }

    [Fact]
    public void Table_3_uses_the_model_of_table_2() => Assert.Same(DeltaModel.ForTable(2), DeltaModel.ForTable(3));

    [Fact]
    public void Stream_vectors_in_both_directions()
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("fse"))
        {
            var model = Model(vector.GetProperty("R").ToString() is var r && r == "1" ? "1.0" : r);
            byte[] deltas = vector.Bytes("deltas"), encoded = vector.Bytes("encoded"), buffer = new byte[3000];
            Assert.Equal(encoded.Length, model.Encoder.Encode(deltas, buffer));
            Assert.Equal(encoded, buffer[..encoded.Length]);
            if (encoded.Length > 0)
            {
                Assert.Equal(deltas.Length, model.Decoder.Decode(encoded, buffer));
                Assert.Equal(deltas, buffer[..deltas.Length]);
            }

            seen++;
        }

        Assert.Equal(48, seen);
    }

    [Theory, MemberData(nameof(Parameters))]
    public void Both_directions_agree_with_the_slow_twin(string parameter)
    {
        var random = new Random(7);
        var model = Model(parameter);
        var (counts, low) = Counts(parameter);
        var twin = new ReferenceDeltaCoder(counts, low);
        foreach (var length in new[] { 1, 2, 3, 4, 5, 9, 20, 41 })
        {
            var symbols = new byte[length];
            for (var i = 0; i < length; i++)
                symbols[i] = (byte)(random.Next(4) == 0 ? random.Next(counts.Count + low) : random.Next(4));
            var expected = twin.Encode(symbols);
            var buffer = new byte[200];
            Assert.Equal(expected.Length, model.Encoder.Encode(symbols, buffer));
            Assert.Equal(expected, buffer[..expected.Length]);
            if (expected.Length > 0)
            {
                Assert.Equal(symbols, twin.Decode(expected));
                Assert.Equal(length, model.Decoder.Decode(expected, buffer));
                Assert.Equal(symbols, buffer[..length]);
            }
        }
    }

    [Theory, MemberData(nameof(Parameters))]
    public void Every_length_and_every_symbol_survive(string parameter)
    {
        var random = new Random(8);
        var model = Model(parameter);
        var symbols = new byte[10000];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = (byte)(i % 3 == 0 ? random.Next(model.Encoder.SymbolCount) : random.Next(5));
        byte[] stream = new byte[20000], decoded = new byte[10001];
        foreach (var length in Enumerable.Range(3, 300).Concat([2046, 2047, 9998, 9999]))
        {
            var size = model.Encoder.Encode(symbols.AsSpan(0, length), stream);
            Assert.True(size > 0);
            Assert.Equal(length, model.Decoder.Decode(stream.AsSpan(0, size), decoded));
            Assert.Equal(symbols[..length], decoded[..length]);
            // Exactly full is enough, one less is not, and a prefix may be had without the rest.
            Assert.Equal(length, model.Decoder.Decode(stream.AsSpan(0, size), decoded.AsSpan(0, length)));
            Assert.Equal(-1, model.Decoder.Decode(stream.AsSpan(0, size), decoded.AsSpan(0, length - 1)));
            decoded.AsSpan().Clear();
            Assert.Equal(length / 2, model.Decoder.Decode(stream.AsSpan(0, size), decoded.AsSpan(0, length / 2), partial: true));
            Assert.Equal(symbols[..(length / 2)], decoded[..(length / 2)]);
        }
    }

    [Fact]
    public void Too_little_room_and_too_large_symbols_are_refused()
    {
        var symbols = Enumerable.Range(0, 100).Select(i => (byte)(i % 7)).ToArray();
        var encoder = DeltaModel.ForTable(1).Encoder;
        var buffer = new byte[200];
        var size = encoder.Encode(symbols, buffer);
        for (var room = 0; room < size; room++)
            Assert.Equal(-1, encoder.Encode(symbols, buffer.AsSpan(0, room)));
        Assert.Equal(size, encoder.Encode(symbols, buffer.AsSpan(0, size)));
        Assert.Equal(-1, encoder.Encode([1, 255, 1], buffer));
        Assert.Equal(-1, DeltaModel.Checkpoints.Encoder.Encode([1, 116, 1], buffer));
    }

    [Fact]
    public void Damaged_streams_are_refused_or_end_within_the_room()
    {
        var random = new Random(9);
        var decoder = DeltaModel.ForTable(2).Decoder;
        var output = new byte[2047];
        Assert.Equal(-1, decoder.Decode([], output));
        Assert.Equal(-1, decoder.Decode([0, 0, 0, 0], output));
        Assert.Equal(-1, decoder.Decode([255, 255, 1], output));
        for (var i = 0; i < 5000; i++)
        {
            var stream = new byte[random.Next(900)];
            random.NextBytes(stream);
            Assert.InRange(decoder.Decode(stream, output.AsSpan(0, random.Next(2048))), -1, 2047);
        }
    }

    [Fact]
    public void Line_point_vectors()
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("line_points"))
        {
            ulong x = vector.GetProperty("x").GetUInt64(), y = vector.GetProperty("y").GetUInt64();
            var linePoint = PlotVectors.Wide(vector.Text("line_point"));
            Assert.Equal(linePoint, LinePoint.Encode(x, y));
            Assert.Equal(linePoint, LinePoint.Encode(y, x));
            Assert.Equal((Math.Max(x, y), Math.Min(x, y)), LinePoint.Decode(linePoint));
            seen++;
        }

        Assert.Equal(11, seen);
    }

    [Fact]
    public void Line_points_of_every_width_and_at_every_border()
    {
        var random = new Random(10);
        for (var linePoint = 0u; linePoint < 5000; linePoint++)
        {
            var (x, y) = LinePoint.Decode(linePoint);
            Assert.True(y < x);
            Assert.Equal(linePoint, (uint)LinePoint.Encode(x, y));
        }

        for (var bits = 2; bits <= 59; bits++)
        {
            for (var i = 0; i < 50; i++)
            {
                var x = (1ul << (bits - 1)) | ((ulong)random.NextInt64() & ((1ul << (bits - 1)) - 1));
                foreach (var y in new[] { 0ul, x - 1, (ulong)random.NextInt64((long)x) })
                    Assert.Equal((x, y), LinePoint.Decode(LinePoint.Encode(x, y)));
            }
        }
    }

    [Fact]
    public void Sizes_are_the_references()
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("sizes"))
        {
            var layout = new PlotLayout(vector.Int("k"));
            Assert.Equal(vector.Int("line_point"), layout.LinePointBytes);
            Assert.Equal(vector.Int("stubs"), layout.StubsBytes);
            Assert.Equal(vector.Int("deltas_table1"), PlotLayout.DeltasBytes(1));
            Assert.Equal(vector.Int("deltas_other"), PlotLayout.DeltasBytes(2));
            Assert.Equal(vector.Int("park_table1"), layout.ParkBytes(1));
            Assert.Equal(vector.Int("park_other"), layout.ParkBytes(6));
            Assert.Equal(vector.Int("c3"), layout.CheckpointParkBytes);
            Assert.Equal(vector.Int("p7_park"), layout.ParkBytes(7));
            Assert.Equal(vector.Int("c_entry"), layout.CheckpointBytes);
            seen++;
        }

        Assert.Equal(11, seen);
    }

    private static DeltaModel Model(string parameter) =>
        parameter == "1.0" ? DeltaModel.Checkpoints : DeltaModel.ForTable(TableOfParameter[parameter]);

    private static (List<int> Counts, int Low) Counts(string parameter)
    {
        var vector = PlotVectors.Object("fse_normalized_counts").GetProperty(parameter);
        var counts = vector.GetProperty("counts_then_minus_ones").EnumerateArray().Select(c => c.GetInt32()).Where(c => c > 0).ToList();
        return (counts, vector.Int("minus_ones"));
    }
}
