using System.Buffers;
using System.Buffers.Binary;
using Chia.Gateway.Connections.Frames;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections.Frames;

public class FrameLimitsTests
{
    private readonly OpenRequests _requests = new(TimeProvider.System);

    [Fact]
    public void Nothing_is_said_of_less_than_a_length()
    {
        for (var size = 0; size < 4; size++)
            Assert.Equal(FrameOutlook.None, Judge(new byte[size]));
    }

    [Fact]
    public void A_large_frame_is_undecided_until_its_name_is_there()
    {
        _requests.Sent(MessageRegistry.Find(RequestAllHeaderHashesMessage.Name));
        var start = Start(AllHeaderHashesMessage.Name, 1_000_000);
        var name = 4 + 3 + 1 + AllHeaderHashesMessage.Name.Length;
        for (var size = 4; size <= start.Length; size++)
            Assert.Equal(size < name ? FrameOutlook.Unnamed : FrameOutlook.Allowed, Judge(start[..size]));
    }

    [Fact]
    public void No_frame_is_larger_than_its_function_may_be()
    {
        Assert.Equal(FrameOutlook.Allowed, Judge(Start(BlockMessage.Name, 70_000)));
        Assert.Equal(FrameOutlook.Forbidden, Judge(Start(BlockMessage.Name, 80_000)));
        Assert.Equal(FrameOutlook.Forbidden, Judge(Start("request_block", 100_000)));
        Assert.Equal(FrameOutlook.Forbidden, Judge(Start("no_such_thing", 100)));
        Assert.Equal(FrameOutlook.Forbidden, Judge(Start(HeaderSignatureMessage.Name, 200)));
        Assert.Equal(FrameOutlook.Forbidden, Judge([0x04, 0, 0, 1]));
    }

    [Fact]
    public void Whoever_hides_the_name_gets_little()
    {
        byte[] hidden = [0, 0x0f, 0, 0, 0xa2, 0x61, (byte)'d', .. new byte[70]];
        Assert.Equal(FrameOutlook.Forbidden, Judge(hidden));
        hidden[1] = 0x03;
        Assert.Equal(FrameOutlook.Allowed, Judge(hidden));
    }

    [Fact]
    public void A_large_answer_must_have_been_asked_for()
    {
        var start = Start(AllHeaderHashesMessage.Name, 1_000_000);
        Assert.Equal(FrameOutlook.Forbidden, Judge(start));
        _requests.Sent(MessageRegistry.Find(RequestAllHeaderHashesMessage.Name));
        Assert.Equal(FrameOutlook.Allowed, Judge(start));
        Assert.True(_requests.Answered(MessageRegistry.Find(AllHeaderHashesMessage.Name)!, out _));
        Assert.Equal(FrameOutlook.Forbidden, Judge(start));
    }

    private FrameOutlook Judge(byte[] bytes) =>
        FrameLimits.Judge(new ReadOnlySequence<byte>(bytes), Role.FullNode, Role.FullNode, _requests, out _);

    private static byte[] Start(string function, int length)
    {
        byte[] start =
            [0, 0, 0, 0, 0xa2, 0x61, (byte)'f', (byte)(0x60 | function.Length), .. System.Text.Encoding.ASCII.GetBytes(function), 0x61,
            (byte)'d'];
        BinaryPrimitives.WriteInt32BigEndian(start, length);
        return start;
    }
}
