using System.Formats.Cbor;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Tests.Cbor;

public class WireReaderTests
{
    [Theory]
    [InlineData("", CborError.Malformed)]
    [InlineData("18", CborError.Malformed)]
    [InlineData("19ff", CborError.Malformed)]
    [InlineData("1affffff", CborError.Malformed)]
    [InlineData("1bffffffffffffff", CborError.Malformed)]
    [InlineData("41", CborError.Malformed)]
    [InlineData("5affffffff00", CborError.Malformed)]
    [InlineData("5bffffffffffffffff00", CborError.Malformed)]
    [InlineData("6261", CborError.Malformed)]
    [InlineData("81", CborError.Malformed)]
    [InlineData("9affffffff00", CborError.Malformed)]
    [InlineData("9bffffffffffffffff00", CborError.Malformed)]
    [InlineData("a100", CborError.Malformed)]
    [InlineData("bbffffffffffffffff0000", CborError.Malformed)]
    [InlineData("0000", CborError.TrailingBytes)]
    [InlineData("f6f6", CborError.TrailingBytes)]
    [InlineData("1f", CborError.Malformed)]
    [InlineData("5f4100ff", CborError.IndefiniteLength)]
    [InlineData("7f6161ff", CborError.IndefiniteLength)]
    [InlineData("9f00ff", CborError.IndefiniteLength)]
    [InlineData("bf0000ff", CborError.IndefiniteLength)]
    [InlineData("ff", CborError.Malformed)]
    [InlineData("1c", CborError.Malformed)]
    [InlineData("5d", CborError.Malformed)]
    [InlineData("fe", CborError.SimpleValue)]
    [InlineData("c249010000000000000000", CborError.Tag)]
    [InlineData("c4821a3b9aca0001", CborError.Tag)]
    [InlineData("d82361 2e", CborError.Tag)]
    [InlineData("f93c00", CborError.Float)]
    [InlineData("fa47c35000", CborError.Float)]
    [InlineData("fb3ff199999999999a", CborError.Float)]
    [InlineData("f4", CborError.SimpleValue)]
    [InlineData("f5", CborError.SimpleValue)]
    [InlineData("f7", CborError.SimpleValue)]
    [InlineData("f0", CborError.SimpleValue)]
    [InlineData("f8ff", CborError.SimpleValue)]
    [InlineData("61ff", CborError.TextNotUtf8)]
    [InlineData("62c0af", CborError.TextNotUtf8)]
    [InlineData("63eda080", CborError.TextNotUtf8)]
    public void What_the_protocol_does_not_take_has_a_reason(string hex, CborError expected)
    {
        var reader = WireReader.Rent(Convert.FromHexString(hex.Replace(" ", "")));
        reader.Skip(depth: 3);
        Assert.Equal(expected, reader.Finish());
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("20")]
    [InlineData("3bffffffffffffffff")]
    [InlineData("40")]
    [InlineData("43010203")]
    [InlineData("60")]
    [InlineData("63e6b0b4")]
    [InlineData("80")]
    [InlineData("a0")]
    [InlineData("f6")]
    [InlineData("a161618261624163")]
    [InlineData("818180")]
    [InlineData("1817")]
    [InlineData("1900ff")]
    [InlineData("1a0000ffff")]
    [InlineData("1b00000000ffffffff")]
    [InlineData("580100")]
    [InlineData("780161")]
    [InlineData("980100")]
    [InlineData("b8010000")]
    [InlineData("3800")]
    public void What_the_protocol_takes_is_skipped(string hex)
    {
        var reader = WireReader.Rent(Convert.FromHexString(hex));
        reader.Skip(depth: 3);
        Assert.Equal(CborError.None, reader.Finish());
    }

    [Fact]
    public void Each_read_refuses_every_other_type()
    {
        var items = new Dictionary<CborReaderState, string>
        {
            [CborReaderState.UnsignedInteger] = "01",
            [CborReaderState.NegativeInteger] = "20",
            [CborReaderState.ByteString] = "40",
            [CborReaderState.TextString] = "60",
            [CborReaderState.StartArray] = "80",
            [CborReaderState.StartMap] = "a0",
            [CborReaderState.Null] = "f6",
        };
        foreach (var (type, hex) in items)
        {
            var data = Convert.FromHexString(hex);
            Assert.Equal(type, WireReader.Rent(data).Peek());
            foreach (var asked in items.Keys.Where(t => t is not (CborReaderState.NegativeInteger or CborReaderState.Null)))
            {
                var reader = WireReader.Rent(data);
                Read(reader, asked);
                Assert.Equal(asked == type ? CborError.None : CborError.UnexpectedType, reader.Error);
            }

            var optional = WireReader.Rent(data);
            Assert.Equal(type == CborReaderState.Null, optional.TryReadNull());
            Assert.Equal(type == CborReaderState.Null ? 0 : 1, optional.Remaining);
        }
    }

    [Theory]
    [InlineData(0, "80", CborError.TooDeep)]
    [InlineData(0, "a0", CborError.TooDeep)]
    [InlineData(1, "80", CborError.None)]
    [InlineData(1, "8180", CborError.TooDeep)]
    [InlineData(2, "81a0", CborError.None)]
    [InlineData(2, "81a1008180", CborError.TooDeep)]
    public void Depth_is_counted_in_containers(int depth, string hex, CborError expected)
    {
        var reader = WireReader.Rent(Convert.FromHexString(hex));
        reader.Skip(depth);
        Assert.Equal(expected, reader.Finish());
    }

    [Theory]
    [InlineData(0x81)]
    [InlineData(0x9f)]
    [InlineData(0xa1)]
    [InlineData(0xd8)]
    public void A_hundred_thousand_levels_end_at_the_first_too_many(byte head)
    {
        var data = new byte[100_000];
        data.AsSpan().Fill(head);
        var reader = WireReader.Rent(data);
        reader.Skip(depth: 3);
        Assert.NotEqual(CborError.None, reader.Error);
    }

    [Fact]
    public void The_first_error_stays()
    {
        var reader = WireReader.Rent(new byte[] { 0x61, 0xff, 0x01 });
        Assert.Equal(0, reader.ReadText().Length);
        Assert.Equal(0UL, reader.ReadUnsigned());
        Assert.Equal(0, reader.ReadArrayHeader());
        Assert.Equal(CborReaderState.Undefined, reader.Peek());
        Assert.Equal(CborError.TextNotUtf8, reader.Finish());
    }

    [Fact]
    public void Huge_announcements_reserve_nothing()
    {
        var inputs = new[] { "5affffffff", "9affffffff", "bbffffffffffffffff" }.Select(Convert.FromHexString).ToList();
        Judge(inputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Judge(inputs);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
    }

    private static void Judge(List<byte[]> inputs)
    {
        foreach (var input in inputs)
        {
            var reader = WireReader.Rent(input);
            reader.Skip(depth: 3);
            Assert.NotEqual(CborError.None, reader.Finish());
            reader.Return();
        }
    }

    private static void Read(WireReader reader, CborReaderState type)
    {
        switch (type)
        {
            case CborReaderState.UnsignedInteger:
                reader.ReadUnsigned();
                break;
            case CborReaderState.ByteString:
                reader.ReadBytes();
                break;
            case CborReaderState.TextString:
                reader.ReadText();
                break;
            case CborReaderState.StartArray:
                reader.ReadArrayHeader();
                break;
            default:
                reader.ReadMapHeader();
                break;
        }
    }
}
