using Chia.Protocol.Cbor;

namespace Chia.Protocol.Tests.Cbor;

public class CborWriterTests
{
    /// <summary>RFC 8949 appendix A, and both sides of every width.</summary>
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(1UL, "01")]
    [InlineData(23UL, "17")]
    [InlineData(24UL, "1818")]
    [InlineData(255UL, "18ff")]
    [InlineData(256UL, "190100")]
    [InlineData(1000UL, "1903e8")]
    [InlineData(65535UL, "19ffff")]
    [InlineData(65536UL, "1a00010000")]
    [InlineData(1000000UL, "1a000f4240")]
    [InlineData(4294967295UL, "1affffffff")]
    [InlineData(4294967296UL, "1b0000000100000000")]
    [InlineData(1000000000000UL, "1b000000e8d4a51000")]
    [InlineData(18446744073709551615UL, "1bffffffffffffffff")]
    public void Integers_take_the_shortest_head(ulong value, string hex)
    {
        var writer = new CborWriter();
        writer.WriteUnsigned(value);
        Assert.Equal(hex, Convert.ToHexStringLower(writer.Written));
        var reader = new CborReader(writer.Written);
        Assert.Equal(value, reader.ReadUnsigned());
        Assert.Equal(CborError.None, reader.Finish());
    }

    [Theory]
    [InlineData(0, "40", "60")]
    [InlineData(23, "57", "77")]
    [InlineData(24, "5818", "7818")]
    [InlineData(255, "58ff", "78ff")]
    [InlineData(256, "590100", "790100")]
    [InlineData(65535, "59ffff", "79ffff")]
    [InlineData(65536, "5a00010000", "7a00010000")]
    public void Lengths_take_the_shortest_head(int length, string bytesHead, string textHead)
    {
        var writer = new CborWriter();
        writer.WriteBytes(new byte[length]);
        Assert.Equal(bytesHead, Convert.ToHexStringLower(writer.Written[..^length]));
        writer = new CborWriter();
        writer.WriteText(new string('a', length));
        Assert.Equal(textHead, Convert.ToHexStringLower(writer.Written[..^length]));
    }

    [Theory]
    [InlineData("", "60")]
    [InlineData("IETF", "6449455446")]
    [InlineData("ü", "62c3bc")]
    [InlineData("水", "63e6b0b4")]
    public void Text_is_utf8_and_its_length_counts_bytes(string text, string hex)
    {
        var writer = new CborWriter();
        writer.WriteText(text);
        Assert.Equal(hex, Convert.ToHexStringLower(writer.Written));
    }

    [Fact]
    public void Containers_and_null()
    {
        var writer = new CborWriter();
        writer.WriteMapHeader(1);
        writer.WriteText("a");
        writer.WriteArrayHeader(2);
        writer.WriteNull();
        writer.WriteArrayHeader(0);
        Assert.Equal("a1616182f680", Convert.ToHexStringLower(writer.Written));
    }
}
