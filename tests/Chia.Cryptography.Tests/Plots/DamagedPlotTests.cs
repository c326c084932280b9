using System.Buffers.Binary;
using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>Whatever is done to a plot file, the answer is a correct one or one error that names the file.</summary>
public sealed class DamagedPlotTests : IDisposable
{
    private const int PointersOffset = PlotHeader.FixedBytes;
    private readonly byte[] _plot = File.ReadAllBytes(Vectors.PathOf("plot-k16.plot"));
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"damaged-{Guid.NewGuid():N}.plot");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0, PlotFileError.NotAPlot)]
    [InlineData(18, PlotFileError.Truncated)]
    [InlineData(145, PlotFileError.Truncated)]
    [InlineData(146, PlotFileError.Truncated)]
    [InlineData(300000, PlotFileError.Truncated)]
    [InlineData(526013, PlotFileError.Truncated)]
    [InlineData(546013 - 1, PlotFileError.Truncated)]
    [InlineData(546013, PlotFileError.Truncated)]
    [InlineData(556013 - 1, PlotFileError.Truncated)]
    public void Truncated_files(int length, PlotFileError expected) => AssertRefused(_plot[..length], expected);

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 1; length < _plot.Length; length += 997)
            AssertRefused(_plot[..length], PlotFileError.Truncated);
    }

    /// <summary>At each table and park boundary, and a byte on either side.</summary>
    [Fact]
    public void A_truncation_at_every_boundary_is_refused()
    {
        var layout = new PlotLayout(16);
        var boundaries = new List<long>();
        for (var pointer = 0; pointer < PlotLayout.Pointers; pointer++)
            boundaries.Add((long)BinaryPrimitives.ReadUInt64BigEndian(_plot.AsSpan(PointersOffset + (8 * pointer))));
        for (var table = 1; table <= 7; table++)
            boundaries.Add(boundaries[table - 1] + layout.ParkBytes(table));
        for (var park = 1; park < 3; park++)
            boundaries.Add(boundaries[9] + (park * layout.CheckpointParkBytes));
        foreach (var boundary in boundaries)
        {
            for (var length = boundary - 1; length <= boundary + 1; length++)
                AssertRefused(_plot[..(int)length], PlotFileError.Truncated);
        }
    }

    /// <summary>A table that loses or gains a park, with every pointer behind it moved: the file is whole, the tables do not fit each
    /// other.</summary>
    [Fact]
    public void Park_counts_that_contradict_each_other()
    {
        for (var table = 5; table <= 7; table++)
        {
            var size = new PlotLayout(16).ParkBytes(table);
            var end = (int)BinaryPrimitives.ReadUInt64BigEndian(_plot.AsSpan(PointersOffset + (8 * table)));
            foreach (var parks in new[] { -2, -1, 1, 2, 30 })
            {
                if (table < 6 && parks != 30)
                    continue;
                byte[] changed = parks < 0
                    ? [.. _plot[..(end + (parks * size))], .. _plot[end..]]
                    : [.. _plot[..end], .. new byte[parks * size], .. _plot[end..]];
                for (var pointer = table; pointer < PlotLayout.Pointers; pointer++)
                {
                    var place = changed.AsSpan(PointersOffset + (8 * pointer));
                    BinaryPrimitives.WriteUInt64BigEndian(place, BinaryPrimitives.ReadUInt64BigEndian(place) + (ulong)(parks * size));
                }

                AssertRefused(changed, PlotFileError.DamagedHeader, PlotFileError.Truncated);
            }
        }
    }

    [Fact]
    public void Surplus_bytes() => AssertRefused([.. _plot, 0], PlotFileError.DamagedHeader);

    [Theory]
    [InlineData(0, PlotFileError.NotAPlot)]
    [InlineData(51, PlotFileError.UnsupportedSize)]
    [InlineData(53, PlotFileError.UnsupportedFormat)]
    [InlineData(63, PlotFileError.UnsupportedFormat)]
    [InlineData(64, PlotFileError.DamagedHeader)]
    [InlineData(65, PlotFileError.DamagedHeader)]
    public void Changed_header_bytes(int offset, PlotFileError expected)
    {
        _plot[offset] ^= 0xff;
        AssertRefused(_plot, expected);
    }

    [Theory, InlineData(0), InlineData(14), InlineData(60), InlineData(255)]
    public void Sizes_without_a_plot_format(byte k)
    {
        _plot[51] = k;
        AssertRefused(_plot, PlotFileError.UnsupportedSize);
    }

    [Fact]
    public void Another_size_contradicts_the_offsets()
    {
        for (byte k = 15; k <= 59; k++)
        {
            _plot[51] = k;
            if (k != 16)
                AssertRefused(_plot, PlotFileError.DamagedHeader, PlotFileError.Truncated, PlotFileError.DamagedCheckpoints);
        }
    }

    [Fact]
    public void Offsets_out_of_range_or_order()
    {
        ulong[] values = [0, 1, 145, 147, 200000, 556013, 556014, 1ul << 40, long.MaxValue, 1ul << 63, ulong.MaxValue];
        for (var pointer = 0; pointer < PlotLayout.Pointers; pointer++)
        {
            foreach (var value in values)
            {
                var changed = _plot.ToArray();
                BinaryPrimitives.WriteUInt64BigEndian(changed.AsSpan(PointersOffset + (8 * pointer)), value);
                AssertRefused(changed, PlotFileError.DamagedHeader, PlotFileError.Truncated, PlotFileError.DamagedCheckpoints);
            }
        }
    }

    [Fact]
    public void Damaged_first_level_checkpoints()
    {
        _plot[526001 + 2] = 0;
        _plot[526001 + 3] = 0;
        AssertRefused(_plot, PlotFileError.DamagedCheckpoints);
    }

    [Fact]
    public void Damaged_second_level_checkpoints()
    {
        _plot[526009] ^= 1;
        AssertRefused(_plot, PlotFileError.DamagedCheckpoints);
    }

    [Theory]
    [InlineData(0xff, 0xff)]
    [InlineData(0x27, 0x0f)]
    [InlineData(0x00, 0x00)]
    [InlineData(0x00, 0x03)]
    public void Damaged_size_of_a_checkpoint_park(byte high, byte low)
    {
        _plot[526013] = high;
        _plot[526014] = low;
        File.WriteAllBytes(_path, _plot);
        using var prover = PlotProver.Open(_path);
        var error = Assert.Throws<PlotFileException>(() => prover.GetQualities(Challenge(1234)));
        Assert.Equal(PlotFileError.DamagedCheckpoints, error.Error);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xff, 0x7f)]
    [InlineData(0x00, 0x00)]
    [InlineData(0x00, 0x80)]
    [InlineData(0xff, 0xff)]
    [InlineData(0x02, 0x00)]
    public void Damaged_sizes_of_all_parks(byte low, byte high)
    {
        using (var intact = PlotProver.Open(Vectors.PathOf("plot-k16.plot")))
        {
            var layout = intact.File.Layout;
            for (var table = 1; table <= 6; table++)
            {
                for (var park = 0; park < intact.File.Parks(table); park++)
                {
                    var size =
                        (int)intact.File.Offset(table - 1) + (park * layout.ParkBytes(table)) + layout.LinePointBytes + layout.StubsBytes;
                    (_plot[size], _plot[size + 1]) = (low, high);
                }
            }
        }

        File.WriteAllBytes(_path, _plot);
        using var prover = PlotProver.Open(_path);
        var failures = 0;
        for (var f7 = 0; f7 < 200; f7++)
        {
            foreach (var index in new[] { 0, 1 })
            {
                try
                {
                    prover.TryGetProof(Challenge((ushort)f7), index, out _);
                }
                catch (PlotFileException e) when (e.Error is PlotFileError.DamagedPark or PlotFileError.InvalidProof)
                {
                    failures++;
                }
            }
        }

        Assert.True(failures > 50);
    }

    /// <summary>Random damage anywhere: each look-up gives a valid proof or the plot's own error, never another exception.</summary>
    [Fact]
    public void Random_damage_never_yields_a_wrong_proof()
    {
        var random = new Random(12);
        int proofs = 0, errors = 0, refused = 0;
        var quality = new byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        for (var round = 0; round < 60; round++)
        {
            var changed = _plot.ToArray();
            for (var i = random.Next(1, 400); i > 0; i--)
                changed[random.Next(round % 4 == 0 ? 0 : 146, changed.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_path, changed);
            try
            {
                using var prover = PlotProver.Open(_path);
                for (var i = 0; i < 40; i++)
                {
                    var challenge = Challenge((ushort)random.Next(1 << 16));
                    try
                    {
                        prover.GetQualities(challenge);
                        if (!prover.TryGetProof(challenge, 0, out var proof))
                            continue;
                        Assert.Equal(
                            ProofOfSpaceVerdict.Valid,
                            ProofOfSpaceVerifier.Verify(prover.PlotId, prover.K, challenge, proof.Span, quality, out _));
                        proofs++;
                    }
                    catch (PlotFileException)
                    {
                        errors++;
                    }
                }
            }
            catch (PlotFileException)
            {
                refused++;
            }
        }

        Assert.True(proofs > 0 && errors > 0 && refused > 0, $"{proofs} {errors} {refused}");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(_path, Assert.ThrowsAny<IOException>(() => PlotProver.Open(_path)).Message, StringComparison.Ordinal);

    private void AssertRefused(byte[] content, params PlotFileError[] expected)
    {
        File.WriteAllBytes(_path, content);
        var error = Assert.Throws<PlotFileException>(() => PlotProver.Open(_path));
        Assert.Contains(error.Error, expected);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Equal(_path, error.Path);
    }

    private static Bytes32 Challenge(ushort f7)
    {
        Span<byte> challenge = stackalloc byte[32];
        BinaryPrimitives.WriteUInt16BigEndian(challenge, f7);
        challenge[31] = (byte)f7;
        return new Bytes32(challenge);
    }
}
