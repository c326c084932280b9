using System.Buffers.Binary;
using System.Collections.Immutable;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests;

/// <summary>A connection after its handshake.</summary>
public class PeerLinkTests
{
    private static readonly byte[] Ping = MessageRegistry.Encode(new PingMessage());

    [Fact]
    public async Task A_ping_is_answered_here_and_not_handed_on()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.Send(new PingMessage(), new RequestBlockMessage(default));
        await harness.Peer.Expect(new PongMessage());
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
    }

    /// <summary>Questions wait for each other, blocks for nobody's.</summary>
    [Fact]
    public async Task A_question_waits_for_its_turn_and_news_does_not()
    {
        await using var harness = new LinkHarness(new GatewayLimits { AnswersUnderWay = 1 });
        await harness.Establish();
        var taken = await harness.Services.Turns.Take(new FairTurns.Asker(), TestContext.Current.CancellationToken);
        await harness.Peer.Send(new BlockMessage(Testnet.Definition.Genesis()), new RequestBlockMessage(default));
        Assert.IsType<BlockMessage>(await harness.Grain.Next());
        var question = harness.Grain.Next();
        await harness.Time.WhenPending(FairTurns.Patience).InTime();
        Assert.False(question.IsCompleted);
        taken.Dispose();
        Assert.IsType<RequestBlockMessage>(await question);
    }

    [Fact]
    public async Task A_message_that_was_lost_with_its_silo_is_handed_over_again()
    {
        await using var harness = new LinkHarness();
        var first = true;
        harness.Grain.OnReceive = _ =>
        {
            if (!first)
                return Task.FromResult(new ConnectionVerdict([Ping]));
            first = false;
            return new TaskCompletionSource<ConnectionVerdict>().Task;
        };
        await harness.Establish();
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Grain.Next();

        // As long as it is being handled it is waited for; then an activation answers that knows nothing of it.
        for (var look = 0; look < 5; look++)
            await Look();
        harness.Grain.Open = 0;
        for (var look = 0; look < PeerLink.LooksUntilLost; look++)
            await Look();
        await harness.Time.WhenPending(TimeSpan.FromMilliseconds(100)).InTime();
        harness.Time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        await harness.Peer.Expect(new PingMessage());

        async Task Look()
        {
            await harness.Time.WhenPending(PeerLink.LookInterval).InTime();
            harness.Time.Advance(PeerLink.LookInterval);
        }
    }

    [Fact]
    public async Task A_verdict_is_obeyed_answers_first()
    {
        await using var harness = new LinkHarness();
        harness.Grain.OnReceive = _ => Task.FromResult(new ConnectionVerdict([Ping, Ping], DisconnectReason.Finished));
        await harness.Establish();
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Peer.Expect(new PingMessage());
        await harness.Peer.Expect(new PingMessage());
        Assert.Null(await harness.Peer.Read());
        var end = await harness.Ended;
        Assert.True(end.WasEstablished);
        Assert.Equal(DisconnectReason.Finished, end.Reason);
        Assert.Equal(DisconnectReason.Finished, await harness.Grain.WasDisconnected.InTime());
    }

    [Fact]
    public async Task What_was_sent_before_hanging_up_is_still_handled()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Peer.HangUp();
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        Assert.Equal(DisconnectReason.PeerClosed, (await harness.Ended).Reason);
        await harness.Grain.WasDisconnected.InTime();
        Assert.Empty(harness.Links.All);
    }

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

    [Fact]
    public async Task The_grain_reaches_its_gateway_until_it_knows_that_the_connection_is_gone()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.HangUp();
        await harness.Ended;
        Assert.True(harness.Grain.WasReachableToTheEnd);
        Assert.True(harness.Grain.IsForgotten);
    }

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
    public async Task A_fault_of_the_cluster_costs_nobody_the_connection()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        harness.Grain.OnReceive = _ => throw new TimeoutException("the cluster is busy");
        await harness.Peer.Send(new RequestBlockMessage(default));
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        harness.Grain.OnReceive = _ => Task.FromResult(new ConnectionVerdict([Ping]));
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Peer.Expect(new PingMessage());
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
    public async Task A_message_of_another_role_is_a_breach()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.Send(new HeaderSignatureMessage(default, default, default));
        Assert.Equal(Blame.Limit, (await harness.Grain.Blamed.InTime()).Points);
        Assert.Contains("header_signature", (await harness.Ended).Describe());
    }

    [Fact]
    public async Task An_answer_is_handed_on_if_it_was_asked_for_and_once()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var answer = new AllHeaderHashesMessage([default]);
        harness.Link.Enqueue(MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default)));
        await harness.Peer.Send(answer, answer, new RequestBlockMessage(default));
        Assert.IsType<AllHeaderHashesMessage>(await harness.Grain.Next());
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        Assert.InRange((await harness.Grain.Blamed.InTime()).Points, 1, Blame.Limit / 10);
        Assert.False(harness.Running.IsCompleted);
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

    [Fact]
    public async Task Late_deliveries_are_dropped_in_silence()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        await harness.Peer.HangUp();
        await harness.Ended;
        harness.Link.Enqueue(Ping);
        await harness.Link.Deliver([Ping]);
        await harness.Link.Close(DisconnectReason.ByOperator);
        Assert.Equal(DisconnectReason.PeerClosed, await harness.Grain.WasDisconnected.InTime());
    }

    [Fact]
    public async Task What_a_peer_is_good_for_is_noted_at_its_place()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        harness.Grain.OnReceive = _ => Task.FromResult(ConnectionVerdict.Continue with { WasNews = true, Respond = [Ping] });
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Peer.Expect(new PingMessage());
        Assert.NotNull(harness.Place.LastNews);
        Assert.Null(harness.Place.FastestAnswer);

        harness.Link.Enqueue(MessageRegistry.Encode(new RequestAllHeaderHashesMessage(default)));
        await harness.Peer.Expect(new RequestAllHeaderHashesMessage(default));
        harness.Time.Advance(TimeSpan.FromSeconds(3));
        await harness.Peer.Send(new AllHeaderHashesMessage([default]));
        await harness.Peer.Expect(new PingMessage());
        Assert.Equal(TimeSpan.FromSeconds(3), harness.Place.FastestAnswer);
        Assert.NotNull(harness.Place.LastAnswer);
    }

    [Fact]
    public async Task A_connection_that_is_evicted_ends_with_that_reason()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        harness.Place.Evict();
        Assert.Equal(DisconnectReason.Evicted, (await harness.Ended).Reason);
        Assert.Equal(DisconnectReason.Evicted, await harness.Grain.WasDisconnected.InTime());
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

    [Fact]
    public async Task Who_was_banned_is_turned_away_at_the_door_the_next_time()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        Assert.False(harness.Links.Bans.Contains(LinkHarness.Host));
        await harness.Link.Close(DisconnectReason.Banned);
        await harness.Ended;
        Assert.True(harness.Links.Bans.Contains(LinkHarness.Host));
        harness.Links.Bans.Replace([]);
        Assert.False(harness.Links.Bans.Contains(LinkHarness.Host));
    }
}
