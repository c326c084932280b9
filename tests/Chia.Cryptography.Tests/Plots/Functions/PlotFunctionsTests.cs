using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Plots;

public class PlotFunctionsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void F1_vectors(bool software)
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("f1"))
        {
            var functions = new PlotFunctions(vector.Bytes32("plot_id"), vector.Int("k"), software);
            foreach (var (x, y) in vector.GetProperty("x").EnumerateArray().Zip(vector.GetProperty("y").EnumerateArray()))
                Assert.Equal(PlotVectors.Number(y.GetString()!), functions.F1(PlotVectors.Number(x.GetString()!)));
            seen++;
        }

        Assert.Equal(17, seen);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Fx_vectors(bool software)
    {
        var seen = 0;
        foreach (var vector in PlotVectors.Section("fx"))
        {
            int k = vector.Int("k"), table = vector.Int("table"), bits = vector.Int("meta_bits_in");
            var functions = new PlotFunctions(vector.Bytes32("plot_id"), k, software);
            Assert.Equal(bits, functions.MetadataBits(table));
            var y = functions.F(
                table, vector.Number("y_left"), Metadata(vector.BitString("meta_left", bits)),
                Metadata(vector.BitString("meta_right", bits)), out var metadata);
            Assert.Equal(vector.Number("y_out"), y);
            var bitsOut = vector.Int("meta_bits_out");
            Assert.Equal(bitsOut == 0 ? default : Metadata(vector.BitString("meta_out", bitsOut)), metadata);
            seen++;
        }

        Assert.Equal(82, seen);
    }

    /// <summary>Every k, so every block count, the four-block one included, which has no vector.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Every_size_agrees_with_the_slow_twin(bool software)
    {
        var random = new Random(4);
        for (var k = PlotConstants.MinSize; k <= PlotConstants.MaxSize; k++)
        {
            var id = RandomId(random);
            var fast = new PlotFunctions(id, k, software);
            var slow = new ReferenceFunctions(id, k);
            foreach (var x in new[] { 0ul, (1ul << k) - 1, (ulong)random.NextInt64() & ((1ul << k) - 1) })
                Assert.Equal(slow.F1(x), ReferenceFunctions.Bits(fast.F1(x), k + 5));
            for (var table = 2; table <= 7; table++)
            {
                var bits = fast.MetadataBits(table);
                var leftY = RandomBits(random, k + 5);
                string left = RandomBits(random, bits), right = RandomBits(random, bits);
                var expected = slow.F(table, leftY, left, right);
                var y = fast.F(table, (ulong)ReferenceFunctions.Value(leftY), Metadata(left), Metadata(right), out var metadata);
                Assert.Equal(expected.Y, ReferenceFunctions.Bits(y, k + 5));
                Assert.Equal(expected.Metadata.Length == 0 ? default : Metadata(expected.Metadata), metadata);
            }
        }
    }

    /// <summary>Every x of small plots: all ways in which a slice lies in its blocks, ends on a border, or spans one.</summary>
    [Theory, InlineData(5), InlineData(8), InlineData(11), InlineData(12)]
    public void F1_of_every_x(int k)
    {
        var id = RandomId(new Random(k));
        var fast = new PlotFunctions(id, k);
        var slow = new ReferenceFunctions(id, k);
        for (var x = 0ul; x < 1ul << Math.Min(k, 11); x++)
            Assert.Equal(slow.F1(x), ReferenceFunctions.Bits(fast.F1(x), k + 5));
    }

    [Fact]
    public void Match_vectors()
    {
        var seen = (Yes: 0, No: 0);
        foreach (var vector in PlotVectors.Section("matches"))
        {
            ulong left = vector.GetProperty("y_left").GetUInt64(), right = vector.GetProperty("y_right").GetUInt64();
            var expected = vector.GetProperty("match").GetBoolean();
            Assert.Equal(expected, PlotMatching.Matches(left, right));
            Assert.Equal(expected, ReferenceFunctions.Matches(left, right));
            seen = expected ? (seen.Yes + 1, seen.No) : (seen.Yes, seen.No + 1);
        }

        Assert.Equal(80, seen.Yes + seen.No);
        Assert.True(seen.Yes > 10 && seen.No > 10);
    }

    [Fact]
    public void Matching_agrees_with_the_slow_twin()
    {
        var random = new Random(5);
        var matches = 0;
        for (var i = 0; i < 20000; i++)
        {
            var left = (ulong)random.NextInt64(1L << 40);
            var right =
                ((left / PlotConstants.BucketSize) + (ulong)random.Next(3)) * PlotConstants.BucketSize + (
                ulong)random.Next((int)PlotConstants.BucketSize);
            var expected = ReferenceFunctions.Matches(left, right);
            Assert.Equal(expected, PlotMatching.Matches(left, right));
            matches += expected ? 1 : 0;
        }

        Assert.True(matches > 0);
    }

    internal static Bytes32 RandomId(Random random)
    {
        Span<byte> id = stackalloc byte[32];
        random.NextBytes(id);
        return new Bytes32(id);
    }

    internal static PlotMetadata Metadata(string bits)
    {
        var padded = bits.PadRight(256, '0');
        return new PlotMetadata(ReferenceFunctions.Value(padded[..128]), ReferenceFunctions.Value(padded[128..]));
    }

    private static string RandomBits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? '0' : '1'));
}
