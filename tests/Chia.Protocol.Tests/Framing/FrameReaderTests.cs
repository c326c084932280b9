using System.Buffers;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Framing;

public class FrameReaderTests
{
    private const uint Limit = 1_000;

    private static readonly byte[] Ping = MessageRegistry.Encode(new PingMessage());

    private static readonly byte[] Request = MessageRegistry.Encode(new RequestBlockMessage(default));

    [Fact]
    public void A_frame_split_at_every_boundary_arrives_whole()
    {
        byte[] stream = [.. Request, .. Ping];
        for (var split = 0; split <= stream.Length; split++)
        {
            var buffer = Pieces(stream[..split], stream[split..]);
            Assert.Equal(FrameResult.Frame, FrameReader.TryRead(ref buffer, Limit, out var first));
            Assert.Equal(Request[4..], first.ToArray());
            Assert.Equal(FrameResult.Frame, FrameReader.TryRead(ref buffer, Limit, out var second));
            Assert.Equal(Ping[4..], second.ToArray());
            Assert.Equal(FrameResult.NeedMore, FrameReader.TryRead(ref buffer, Limit, out _));
            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void A_frame_in_single_bytes_arrives_whole()
    {
        var buffer = Pieces([.. Request.Select(b => new[] { b })]);
        Assert.Equal(FrameResult.Frame, FrameReader.TryRead(ref buffer, Limit, out var payload));
        var failure = MessageRegistry.TryDecode(payload, Role.FullNode, Role.FullNode, out var message);
        Assert.Equal(default, failure);
        Assert.Equal(new RequestBlockMessage(default), message);
    }

    [Fact]
    public void Every_beginning_of_a_frame_needs_more_and_takes_nothing()
    {
        for (var length = 0; length < Request.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(Request, 0, length);
            Assert.Equal(FrameResult.NeedMore, FrameReader.TryRead(ref buffer, Limit, out var payload));
            Assert.Equal(length, buffer.Length);
            Assert.True(payload.IsEmpty);
        }
    }

    [Theory]
    [InlineData("00000000", FrameResult.Empty)]
    [InlineData("00000000a0", FrameResult.Empty)]
    [InlineData("000003e8", FrameResult.NeedMore)]
    [InlineData("000003e9", FrameResult.TooLong)]
    [InlineData("ffffffff", FrameResult.TooLong)]
    public void The_length_is_judged_by_itself(string hex, FrameResult expected)
    {
        var data = Convert.FromHexString(hex);
        var buffer = new ReadOnlySequence<byte>(data);
        Assert.Equal(expected, FrameReader.TryRead(ref buffer, Limit, out _));
        Assert.Equal(data.Length, buffer.Length);
    }

    [Fact]
    public void An_announcement_of_4_GiB_reserves_nothing()
    {
        var buffer = new ReadOnlySequence<byte>([0xff, 0xff, 0xff, 0xff, 0xa2]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = FrameReader.TryRead(ref buffer, uint.MaxValue, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(FrameResult.NeedMore, result);
        Assert.InRange(allocated, 0, 1_000);
    }

    [Fact]
    public void The_beginning_of_a_payload_can_be_seen_before_its_end()
    {
        for (var length = 0; length <= Request.Length; length++)
        {
            var buffer = Pieces(Request[..(length / 2)], Request[(length / 2)..length]);
            Assert.Equal(length >= 4, FrameReader.TryPeek(buffer, out var announced, out var start));
            Assert.Equal(length >= 4 ? (uint)Request.Length - 4 : 0, announced);
            Assert.Equal(length >= 4 ? Request[4..length] : [], start.ToArray());
        }

        var two = new ReadOnlySequence<byte>([.. Ping, .. Request]);
        Assert.True(FrameReader.TryPeek(two, out _, out var first));
        Assert.Equal(Ping[4..], first.ToArray());
    }

    private static ReadOnlySequence<byte> Pieces(params byte[][] pieces)
    {
        var first = new Piece(pieces[0], null);
        var last = pieces[1..].Aggregate(first, (previous, bytes) => new Piece(bytes, previous));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? previous)
        {
            Memory = bytes;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            previous?.Next = this;
        }
    }
}
