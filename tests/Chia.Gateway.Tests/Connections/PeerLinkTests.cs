using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections;

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

    /// <summary>Silos may end one after the other: each time another activation is asked than was told of the connection.</summary>
    [Fact]
    public async Task A_connection_that_several_activations_do_not_know_is_told_to_each_of_them()
    {
        await using var harness = new LinkHarness();
        await harness.Establish();
        var unknowing = 4;
        harness.Grain.OnReceive = _ => Task.FromResult(
            unknowing-- > 0 ? new ConnectionVerdict([], DisconnectReason.Forgotten) : new ConnectionVerdict([Ping]));
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Time.WhenPending(TimeSpan.FromMilliseconds(100)).InTime();
        harness.Time.Advance(TimeSpan.FromMilliseconds(100));
        await harness.Time.WhenPending(TimeSpan.FromMilliseconds(200)).InTime();
        harness.Time.Advance(TimeSpan.FromMilliseconds(200));
        await harness.Peer.Expect(new PingMessage());
        Assert.Equal(2, harness.Grain.Announced);
        await harness.Peer.Send(new RequestBlockMessage(default));
        await harness.Peer.Expect(new PingMessage());
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
