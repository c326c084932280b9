using Chia.Gateway.Configuration;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections;

/// <summary>A peer that does not read what it is sent.</summary>
public class PeerLinkUnreadTests
{
    private static readonly byte[] Ping = MessageRegistry.Encode(new PingMessage());

    [Fact]
    public async Task Whoever_does_not_read_loses_the_connection_when_the_queue_is_full()
    {
        await using var harness = new LinkHarness(new GatewayLimits { OutboundQueue = 4 }, unread: 200);
        await harness.Establish();
        harness.Grain.OnReceive = _ => Task.FromResult(new ConnectionVerdict([.. Enumerable.Repeat(Ping, 100)]));
        await harness.Peer.Send(new RequestBlockMessage(default));
        Assert.Equal(DisconnectReason.DoesNotRead, (await harness.Ended).Reason);
    }

    /// <summary>190 peers that asked and did not read held all of the common memory, and as much again of the system's.</summary>
    [Fact]
    public async Task Whoever_has_not_read_the_answers_before_is_answered_nothing_more_until_it_has()
    {
        var answer = MessageRegistry.Encode(new AllHeaderHashesMessage([.. new Bytes32[100]]));
        await using var harness = new LinkHarness(new GatewayLimits { AnswerBacklog = 2 * answer.Length }, unread: 150);
        harness.Grain.OnReceive = _ => Task.FromResult(new ConnectionVerdict([answer]));
        await harness.Establish();
        await harness.Peer.Send([.. Enumerable.Repeat(new RequestBlockMessage(default), 20)]);
        for (var answered = 0; answered < 3; answered++)
            await harness.Grain.Next();
        await harness.Time.WhenPending(harness.Services.Limits.BacklogPatience).InTime();
        Assert.Equal(3 * answer.Length, harness.Services.Memory.Sent.Used);

        // What it reads makes room for as many questions, in their order, and none is lost.
        for (var read = 0; read < 20; read++)
            Assert.NotNull(await harness.Peer.Read());
        for (var answered = 3; answered < 20; answered++)
            await harness.Grain.Next();
        Assert.False(harness.Running.IsCompleted);
    }

    [Fact]
    public async Task Whoever_does_not_read_loses_the_connection_after_a_while()
    {
        await using var harness = new LinkHarness(unread: 150);
        harness.Grain.OnConnected = () => Task.FromResult(new ConnectionVerdict([.. Enumerable.Repeat(Ping, 100)]));
        await harness.Peer.SendHandshake();
        await harness.Time.WhenPending(harness.Services.Limits.WriteTimeout).InTime();
        harness.Time.Advance(harness.Services.Limits.WriteTimeout);
        Assert.Equal(DisconnectReason.DoesNotRead, (await harness.Ended).Reason);
    }

    [Fact]
    public async Task When_the_common_memory_runs_out_a_peer_that_does_not_read_is_let_go()
    {
        await using var harness = new LinkHarness(new GatewayLimits { OutboundBudget = 100_000 }, unread: 150);
        await harness.Establish();
        for (var i = 0; i < 3; i++)
            harness.Link.Enqueue(new byte[40_000]);
        Assert.Equal(DisconnectReason.SendMemoryExhausted, (await harness.Ended).Reason);
        Assert.Equal(0, harness.Services.Memory.Sent.Used);
    }
}
