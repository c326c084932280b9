using System.Text;
using Chia.Storage.Codec;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;

namespace Chia.Storage.Tests.Codec;

public sealed class CodecTests
{
    [Fact]
    public void The_checksum_is_the_standard_one() =>
        Assert.Equal(0xe3069283u, Crc32C.Of(Encoding.ASCII.GetBytes("123456789"))); // The check value of CRC-32/ISCSI.

    [Fact]
    public void The_checksum_agrees_with_one_computed_bit_by_bit_however_it_is_cut()
    {
        var random = new Random(5);
        for (var length = 0; length < 200; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var cut = random.Next(length + 1);
            Assert.Equal(BitByBit(bytes), Crc32C.Of(bytes.AsSpan(0, cut), bytes.AsSpan(cut)));
        }
    }

    [Fact]
    public void Records_come_back_and_any_changed_bit_is_noticed()
    {
        foreach (var block in TestChain.Of("small40").Blocks)
            Assert.Equal(block.Record, RecordCodec.Decode(RecordCodec.Encode(block.Record)));

        var extreme =
            TestChain.Of("small40").Blocks[7].Record with { Height = uint.MaxValue, TotalWeight = ulong.MaxValue, Timestamp = 1UL << 63 };
        var bytes = RecordCodec.Encode(extreme);
        Assert.Equal(RecordCodec.Size, bytes.Length);
        Assert.Equal(extreme, RecordCodec.Decode(bytes));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(RecordCodec.Decode(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Null(RecordCodec.Decode(bytes.AsSpan(1)));
        Assert.Null(RecordCodec.Decode([]));
    }

    private static uint BitByBit(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1; // The polynomial 0x1edc6f41, bits reversed.
        }

        return ~crc;
    }
}
