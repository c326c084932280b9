using System.Numerics;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Protocol.Tests.Streamable;

public class StreamableReaderTests
{
    private static readonly byte[] Genesis = Networks.Testnet.Definition.GenesisBytes.ToArray();

    /// <summary>Offset of the flag before the proof of time: the genesis proof of space has k = 19.</summary>
    private const int TimeFlag = 133 + (8 * 19);

    public static TheoryData<string, int> Flags => new()
    {
        { "proof of time", TimeFlag },
        { "challenge", TimeFlag + 1 + 303 + 130 + (268 * 3) },
        { "aggregated signature", Genesis.Length - 41 },
    };

    [Fact]
    public void Every_truncation_of_a_block_is_noticed()
    {
        for (var length = 0; length < Genesis.Length; length++)
        {
            Assert.Equal(StreamableError.Truncated, StreamableExtensions.TryDecode<FullBlock>(Genesis.AsSpan(0, length), out var block));
            Assert.Null(block);
        }
    }

    [Fact]
    public void Every_truncation_of_a_finished_block_with_all_parts_is_noticed()
    {
        var record = Vectors.Records("chains", "real300", "blocks.bin")
            .First(r => StreamableExtensions.Decode<FullBlock>(r).Body.AggregatedSignature is not null);
        for (var length = 0; length < record.Length; length++)
            Assert.Equal(StreamableError.Truncated, StreamableExtensions.TryDecode<FullBlock>(record.AsSpan(0, length), out _));
    }

    [Fact]
    public void Trailing_bytes_are_noticed()
    {
        Assert.Equal(StreamableError.TrailingBytes, StreamableExtensions.TryDecode<FullBlock>([.. Genesis, 0], out _));
        Assert.Equal(StreamableError.TrailingBytes, StreamableExtensions.TryDecode<Transaction>([0], out _));
        Assert.Equal(StreamableError.None, StreamableExtensions.TryDecode<Transaction>([], out _));
    }

    /// <summary>The reference takes any flag but 1 as absent; here only 0 is.</summary>
    [Theory, MemberData(nameof(Flags))]
    public void Optional_flags_are_0_or_1(string part, int offset)
    {
        var block = (byte[])Genesis.Clone();
        Assert.True(block[offset] <= 1, part);
        for (var flag = 2; flag < 256; flag++)
        {
            block[offset] = (byte)flag;
            Assert.Equal(StreamableError.OptionalFlag, StreamableExtensions.TryDecode<FullBlock>(block, out _));
        }
    }

    [Fact]
    public void An_unfinished_block_round_trips()
    {
        var block = StreamableExtensions.Decode<FullBlock>(Genesis);
        var unfinished = block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };
        var bytes = unfinished.ToBytes();
        Assert.Equal([0, 0], bytes[TimeFlag..(TimeFlag + 2)]);
        Assert.Equal(unfinished, StreamableExtensions.Decode<FullBlock>(bytes));
        Assert.Equal(block.HeaderHash(), unfinished.HeaderHash());
    }

    [Fact]
    public void The_sizes_of_the_structures()
    {
        var block = StreamableExtensions.Decode<FullBlock>(Genesis);
        var header = block.HeaderBlock;
        Assert.Equal(2125, Genesis.Length);
        Assert.Equal(133 + (8 * 19), header.ProofOfSpace.ToBytes().Length);
        Assert.Equal(303 + 130 + (268 * 3), header.ProofOfTime!.ToBytes().Length);
        Assert.Equal(258, header.ProofOfTime!.Output.ToBytes().Length);
        Assert.Equal(116, header.Challenge!.ToBytes().Length);
        Assert.Equal(168, header.Header.Data.ToBytes().Length);
        Assert.Equal(264, header.Header.ToBytes().Length);
        Assert.Equal(44, block.Body.Coinbase.ToBytes().Length);
        Assert.Equal(40, block.Body.FeesTarget.ToBytes().Length);
        Assert.Equal(block.Body.AggregatedSignature is null ? 221 : 317, block.Body.ToBytes().Length);
        Assert.Equal(140, new SignedCoinbase(block.Body.Coinbase, block.Body.CoinbaseSignature).ToBytes().Length);
    }

    /// <summary>129 bytes, sign-extended: −1, 0, 2^1024, and the largest and smallest that fit.</summary>
    [Fact]
    public void Int1024_keeps_its_129_bytes()
    {
        foreach (
            var value in new[] { -BigInteger.One, 0, 1, -255, BigInteger.Pow(2, 1024), BigInteger.Pow(2, 1031) - 1,
            -BigInteger.Pow(2, 1031) })
        {
            var bytes = new byte[ClassgroupElement.NumberSize];
            bytes.AsSpan().Fill((byte)(value.Sign < 0 ? 0xff : 0));
            var length = value.GetByteCount();
            Assert.True(value.TryWriteBytes(bytes.AsSpan(^length..), out _, isBigEndian: true));
            byte[] both = [.. bytes, .. bytes];
            var element = StreamableExtensions.Decode<ClassgroupElement>(both);
            Assert.Equal(value, new BigInteger(element.A.Span, isBigEndian: true));
            Assert.Equal(value, new BigInteger(element.B.Span, isBigEndian: true));
            Assert.Equal(both, element.ToBytes());
        }

        Assert.Equal(130, BigInteger.Pow(2, 1031).GetByteCount());
    }

    /// <summary>The reference reads a short int1024 as a shorter number; here it is truncated data.</summary>
    [Fact]
    public void A_short_int1024_is_truncated_data()
    {
        for (var length = 0; length < 258; length++)
            Assert.Equal(StreamableError.Truncated, StreamableExtensions.TryDecode<ClassgroupElement>(new byte[length], out _));
    }

    [Theory]
    [InlineData("00000009" + "3132372e302e302e31" + "20fc", StreamableError.None)]
    [InlineData("00000000" + "20fc", StreamableError.None)]
    [InlineData("00000001" + "7f" + "0000", StreamableError.None)]
    [InlineData("00000001" + "80" + "0000", StreamableError.TextNotAscii)]
    [InlineData("00000002" + "c3bc" + "0000", StreamableError.TextNotAscii)]
    [InlineData("00000001" + "c3bc" + "0000", StreamableError.TextNotAscii)]
    [InlineData("00000003" + "6161", StreamableError.Truncated)]
    [InlineData("00000100", StreamableError.ListTooLong)]
    [InlineData("ffffffff", StreamableError.ListTooLong)]
    [InlineData("00000001" + "61" + "000000", StreamableError.TrailingBytes)]
    public void Text_is_short_ascii(string hex, StreamableError expected) =>
        Assert.Equal(expected, StreamableExtensions.TryDecode<PeerInfo>(Convert.FromHexString(hex), out _));

    [Fact]
    public void The_longest_text_is_taken_and_a_longer_one_is_not()
    {
        var longest = new PeerInfo(new string('h', StreamableReader.MaxTextLength), ushort.MaxValue);
        Assert.Equal(longest, StreamableExtensions.Decode<PeerInfo>(longest.ToBytes()));
        var longer = longest with { Host = longest.Host + "h" };
        Assert.Equal(StreamableError.ListTooLong, StreamableExtensions.TryDecode<PeerInfo>(longer.ToBytes(), out _));
    }

    [Fact]
    public void A_byte_list_is_bounded_and_reserves_nothing_it_does_not_have()
    {
        var longest = new ProofOfSpace(default, default, default, 1, ByteString.Adopt(new byte[StreamableReader.MaxByteListLength]));
        Assert.Equal(longest, StreamableExtensions.Decode<ProofOfSpace>(longest.ToBytes()));
        var longer = longest with { Proof = ByteString.Adopt(new byte[StreamableReader.MaxByteListLength + 1]) };
        Assert.Equal(StreamableError.ListTooLong, StreamableExtensions.TryDecode<ProofOfSpace>(longer.ToBytes(), out _));

        byte[] liar = [.. new byte[129], 0xff, 0xff, 0xff, 0xff];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = StreamableExtensions.TryDecode<ProofOfSpace>(liar, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(StreamableError.ListTooLong, error);
        Assert.InRange(allocated, 0, 10_000);
    }

    [Fact]
    public void Integers_are_big_endian_and_the_first_error_stays()
    {
        var reader = new StreamableReader([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        Assert.Equal(0x01, reader.ReadUInt8());
        Assert.Equal(0x0203, reader.ReadUInt16());
        Assert.Equal(0x04050607u, reader.ReadUInt32());
        Assert.Equal(0x08090a0b0c0d0e0ful, reader.ReadUInt64());
        Assert.Equal(1, reader.Remaining);
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.Equal(0, reader.ReadUInt8());
        reader.Fail(StreamableError.TextNotAscii);
        Assert.Equal(StreamableError.Truncated, reader.Finish());
    }

    [Fact]
    public void A_bad_encoding_of_our_own_is_an_exception() =>
        Assert.Throws<InvalidDataException>(() => StreamableExtensions.Decode<Challenge>(new byte[115]));
}
