using Chia.Protocol.Cbor;

namespace Chia.Protocol.Tests.Cbor;

public class CborReaderTests
{
    [Theory]
    [InlineData("", CborError.Truncated)]
    [InlineData("18", CborError.Truncated)]
    [InlineData("19ff", CborError.Truncated)]
    [InlineData("1affffff", CborError.Truncated)]
    [InlineData("1bffffffffffffff", CborError.Truncated)]
    [InlineData("41", CborError.Truncated)]
    [InlineData("5affffffff00", CborError.Truncated)]
    [InlineData("5bffffffffffffffff00", CborError.Truncated)]
    [InlineData("6261", CborError.Truncated)]
    [InlineData("81", CborError.Truncated)]
    [InlineData("9affffffff00", CborError.Truncated)]
    [InlineData("9bffffffffffffffff00", CborError.Truncated)]
    [InlineData("a100", CborError.Truncated)]
    [InlineData("bbffffffffffffffff0000", CborError.Truncated)]
    [InlineData("0000", CborError.TrailingBytes)]
    [InlineData("f6f6", CborError.TrailingBytes)]
    [InlineData("1817", CborError.NonShortestHead)]
    [InlineData("1900ff", CborError.NonShortestHead)]
    [InlineData("1a0000ffff", CborError.NonShortestHead)]
    [InlineData("1b00000000ffffffff", CborError.NonShortestHead)]
    [InlineData("580100", CborError.NonShortestHead)]
    [InlineData("780161", CborError.NonShortestHead)]
    [InlineData("980100", CborError.NonShortestHead)]
    [InlineData("b8010000", CborError.NonShortestHead)]
    [InlineData("3800", CborError.NonShortestHead)]
    [InlineData("1f", CborError.IndefiniteLength)]
    [InlineData("5f4100ff", CborError.IndefiniteLength)]
    [InlineData("7f6161ff", CborError.IndefiniteLength)]
    [InlineData("9f00ff", CborError.IndefiniteLength)]
    [InlineData("bf0000ff", CborError.IndefiniteLength)]
    [InlineData("ff", CborError.IndefiniteLength)]
    [InlineData("1c", CborError.ReservedHead)]
    [InlineData("5d", CborError.ReservedHead)]
    [InlineData("fe", CborError.ReservedHead)]
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
    public void What_is_not_normal_form_has_a_reason(string hex, CborError expected)
    {
        var reader = new CborReader(Convert.FromHexString(hex.Replace(" ", "")));
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
    public void Normal_form_is_skipped(string hex)
    {
        var reader = new CborReader(Convert.FromHexString(hex));
        reader.Skip(depth: 3);
        Assert.Equal(CborError.None, reader.Finish());
    }

    [Fact]
    public void Each_read_refuses_every_other_type()
    {
        var items = new Dictionary<CborType, string>
        {
            [CborType.Unsigned] = "01",
            [CborType.Negative] = "20",
            [CborType.Bytes] = "40",
            [CborType.Text] = "60",
            [CborType.Array] = "80",
            [CborType.Map] = "a0",
            [CborType.Null] = "f6",
        };
        foreach (var (type, hex) in items)
        {
            var data = Convert.FromHexString(hex);
            Assert.Equal(type, new CborReader(data).Peek());
            foreach (var asked in items.Keys.Where(t => t is not (CborType.Negative or CborType.Null)))
            {
                var reader = new CborReader(data);
                Read(ref reader, asked);
                Assert.Equal(asked == type ? CborError.None : CborError.UnexpectedType, reader.Error);
            }

            var optional = new CborReader(data);
            Assert.Equal(type == CborType.Null, optional.TryReadNull());
            Assert.Equal(type == CborType.Null ? 0 : 1, optional.Remaining);
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
        var reader = new CborReader(Convert.FromHexString(hex));
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
        var reader = new CborReader(data);
        reader.Skip(depth: 3);
        Assert.NotEqual(CborError.None, reader.Error);
    }

    [Fact]
    public void The_first_error_stays()
    {
        var reader = new CborReader([0x61, 0xff, 0x01]);
        Assert.Equal(0, reader.ReadText().Length);
        Assert.Equal(0UL, reader.ReadUnsigned());
        Assert.Equal(0, reader.ReadArrayHeader());
        Assert.Equal(CborType.None, reader.Peek());
        Assert.Equal(CborError.TextNotUtf8, reader.Finish());
    }

    [Fact]
    public void Huge_announcements_reserve_nothing()
    {
        var inputs = new[] { "5affffffff", "9affffffff", "bbffffffffffffffff" }.Select(Convert.FromHexString).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var input in inputs)
        {
            var reader = new CborReader(input);
            reader.Skip(depth: 3);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private static void Read(ref CborReader reader, CborType type)
    {
        switch (type)
        {
            case CborType.Unsigned:
                reader.ReadUnsigned();
                break;
            case CborType.Bytes:
                reader.ReadBytes();
                break;
            case CborType.Text:
                reader.ReadText();
                break;
            case CborType.Array:
                reader.ReadArrayHeader();
                break;
            default:
                reader.ReadMapHeader();
                break;
        }
    }
}
