using System.Buffers.Binary;
using Chia.Gateway.Configuration;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections;

/// <summary>Frames that a peer begins: whole, in pieces, large, never finished, or no frames at all.</summary>
public class PeerLinkFrameTests
{
    /// <summary>DECISIONS 19: what arrives counts, not what was promised.</summary>
    [Fact]
    public async Task A_long_answer_is_told_of_while_it_arrives_fast_enough()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Link.Deliver([MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default))]);
        await harness.Peer.Read();
        var answer = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[10_000]]));
        foreach (
            var (second, from, to, told) in new[] { (0, 0, 100_000, 0), (2, 100_000, 120_000, 1), (4, 120_000, 120_100, 1),
            (6, 120_100, 160_000, 2) })
        {
            await harness.Peer.Write(answer.AsMemory(from..to));
            await harness.WhenRead(TimeSpan.FromSeconds(second), ofLarge: to);
            Assert.Equal(told, harness.Grain.Progress);
            harness.Time.Advance(TimeSpan.FromSeconds(2));
        }

        await harness.Peer.Write(answer.AsMemory(160_000));
        Assert.Equal(10_000, Assert.IsType<AllHeaderHashesMessage>(await harness.Grain.Next()).HeaderHashes.Length);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("ffffffff")]
    [InlineData("0000000400000000")]
    [InlineData("00000003a16166")]
    [InlineData("04000001a2616671")]
    public async Task A_breach_is_blamed_and_ends_the_connection(string hex)
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.Write(Convert.FromHexString(hex));
        Assert.Equal(Blame.Limit, (await harness.Grain.Blamed.InTime()).Points);
        await harness.Ended;
    }

    [Fact]
    public async Task A_large_answer_is_received_if_it_was_asked_for_whatever_pieces_it_comes_in()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        harness.Link.Enqueue(MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default)));
        var frame = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[10_000]]));
        await harness.Peer.Write(frame.AsMemory(0, 4));
        foreach (var single in frame.AsMemory(4, 30).ToArray())
            await harness.Peer.Write(new[] { single });
        await harness.Peer.Write(frame.AsMemory(34));
        Assert.Equal(10_000, Assert.IsType<AllHeaderHashesMessage>(await harness.Grain.Next()).HeaderHashes.Length);
    }

    [Fact]
    public async Task A_large_frame_that_is_not_handled_any_more_gives_its_room_back()
    {
        await using var harness = new LinkHarness(new GatewayLimits { LargeFrameBudget = 512 << 10 });
        harness.Grain.OnReceive = _ => new TaskCompletionSource<ConnectionVerdict>().Task;
        await harness.Establish();
        await harness.Peer.Send(new RequestBlockMessage(default));
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        harness.Link.Enqueue(MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default)));

        // More than the pipe holds at a time: when a piece is written, the link has looked at it.
        var frame = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[10_000]]));
        await harness.Peer.Write(frame.AsMemory(0, 100_000));
        await harness.Peer.Write(frame.AsMemory(100_000));
        Assert.InRange(harness.Services.Memory.Received.Used, 100_000, frame.Length);
        await harness.Link.Close(DisconnectReason.Finished);
        await harness.Ended;
        Assert.Equal(0, harness.Services.Memory.Received.Used);
    }

    /// <summary>60 MiB are announced, and a byte a second comes: it costs what has come, and not for long.</summary>
    [Fact]
    public async Task A_large_frame_that_trickles_costs_what_has_arrived_and_ends_the_connection()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        harness.Link.Enqueue(MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default)));
        await harness.Peer.Read();
        var start = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[10]]))[..100];
        BinaryPrimitives.WriteUInt32BigEndian(start, 60 << 20);
        await harness.Peer.Write(start.AsMemory(0, 80));
        await harness.WhenRead(TimeSpan.Zero, ofLarge: 80);
        for (var second = 1; second < 20; second++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            await harness.Peer.Write(start.AsMemory(79 + second, 1));
            await harness.WhenRead(TimeSpan.FromSeconds(second), ofLarge: 80 + second);
            Assert.Equal(80 + second, harness.Services.Memory.Received.Used);
        }

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DisconnectReason.UnfinishedFrame, (await harness.Ended).Reason);
        Assert.Equal(0, harness.Services.Memory.Received.Used);
        Assert.False(harness.Grain.Blamed.IsCompleted);
    }

    [Fact]
    public async Task A_large_answer_that_nobody_asked_for_is_not_received()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var start = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[10_000]]))[..100];
        BinaryPrimitives.WriteUInt32BigEndian(start, MessageRegistry.MaxPayload);
        await harness.Peer.Write(start);
        Assert.Equal(Blame.Limit, (await harness.Grain.Blamed.InTime()).Points);
        Assert.Contains("may not send", (await harness.Ended).Describe());
    }

    /// <summary>PROTOCOL.md 5.4: the end of the stream, in the middle of a frame too, is no error of the peer.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(60)]
    public async Task Whoever_hangs_up_within_a_frame_has_hung_up_and_done_no_wrong(int sent)
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.Write(MessageRegistry.Encode(new RequestBlockMessage(default)).AsMemory(0, sent));
        await harness.Peer.HangUp();
        Assert.Equal(DisconnectReason.PeerClosed, (await harness.Ended).Reason);
        Assert.False(harness.Grain.Blamed.IsCompleted);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task A_frame_that_does_not_end_ends_the_connection_but_is_no_crime(int sent)
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var frame = MessageRegistry.Encode(new RequestBlockMessage(default));
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Grain.Next();
        await harness.Peer.Write(frame.AsMemory(0, sent));
        await harness.Time.WhenPending(harness.Services.Limits.FrameTimeout).InTime();
        harness.Time.Advance(harness.Services.Limits.FrameTimeout);
        Assert.Equal(DisconnectReason.UnfinishedFrame, (await harness.Ended).Reason);
        Assert.False(harness.Grain.Blamed.IsCompleted);
    }
}
