using System.Numerics;
using System.Security.Cryptography;
using Chia.Grains.Harvester;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Harvester;

/// <summary>Plot keys, ids and file names (ROLES.md 2.4).</summary>
public class PlotKeyTests
{
    private static readonly BigInteger GroupOrder =
        BigInteger.Parse("073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", System.Globalization.NumberStyles.HexNumber);

    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(20, 0u)]
    [InlineData(20, 1u)]
    [InlineData(20, 255u)]
    [InlineData(20, 256u)]
    [InlineData(32, 0u)]
    [InlineData(32, 0x01020304u)]
    public void A_plot_key_comes_from_seed_size_and_number(byte k, uint index)
    {
        byte[] message = [.. Seed, k, (byte)(index >> 24), (byte)(index >> 16), (byte)(index >> 8), (byte)index];
        var number = new BigInteger(HMACSHA256.HashData("BLS private key seed"u8, message), isUnsigned: true, isBigEndian: true);
        var expected = (number % GroupOrder).ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected[^64..], Hex.Encode(new HarvesterKeys(Seed).PlotKey(k, index).ToBytes()));
    }

    [Fact]
    public void A_seed_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new HarvesterKeys(new byte[31]));

    [Fact]
    public void Names_tell_number_size_and_id()
    {
        var id = TestPlot.Entry.PlotId();
        Assert.Equal("e4459feaa23a01d70dd690cbba8a087fd2c7fb50225723b352a8196385614e52", id.ToString());
        Assert.Equal($"plot-256-32-{id}.dat", HarvesterKeys.FileName(256, 32, id));
    }
}
