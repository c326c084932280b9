using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Chia.Grains.Tests.Effects;

/// <summary>What a role wants is done once, in order, and in few calls; what concerns the origin is left to its peer grain
/// (HOUSE 4).</summary>
public sealed class EffectRunnerTests
{
    private readonly Dictionary<ConnectionId, RecordingPeer> _peers = [];
    private readonly List<Published> _published = [];
    private readonly EffectRunner _runner;
    private readonly PeerConnection _origin = TestPeers.Connection(Role.FullNode, Role.FullNode, "origin");
    private readonly PeerConnection _other = TestPeers.Connection(Role.FullNode, Role.Farmer, "other");

    public EffectRunnerTests() =>
        _runner = new EffectRunner(peer => Peer(peer), to => new Stage(to, _published), NullLogger.Instance, () => false);

    [Fact]
    public async Task What_concerns_the_origin_is_returned_and_nobody_is_called_for_it()
    {
        var result = await _runner.Run(
            [
                new RoleEffect.Send(_origin, new PingMessage()),
                new RoleEffect.SendEncoded(_origin, OutboundMessage.Of(Role.FullNode, new RequestPeersMessage())),
                new RoleEffect.Close(_origin),
            ],
            _origin);
        Assert.Equal(2, result.Answers.Length);
        Assert.True(result.IsClosed);
        Assert.False(result.WasNews);
        Assert.Null(result.Blame);
        Assert.Empty(_peers);
        Assert.Empty(_published);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_heaviest_of_several_blames_counts(bool heaviestFirst)
    {
        RoleEffect light = new RoleEffect.Penalise(_origin, Blame.Unhelpful("slow")),
            heavy = new RoleEffect.Penalise(_origin, Blame.Breach("lied"));
        var result = await _runner.Run(heaviestFirst ? [heavy, light] : [light, heavy], _origin);
        Assert.Equal("lied", result.Blame!.Reason);
    }

    [Fact]
    public async Task What_concerns_another_connection_is_done()
    {
        var result = await _runner.Run(
            [
                new RoleEffect.Send(_other, new PingMessage()),
                new RoleEffect.Penalise(_other, Blame.Breach("lied")),
                new RoleEffect.Close(_other),
            ],
            _origin);
        Assert.Equal([PingMessage.Name], Assert.Single(Peer(_other).Calls));
        Assert.Equal("lied", Assert.Single(Peer(_other).Blames).Reason);
        Assert.Equal([DisconnectReason.Finished], Peer(_other).Closed);
        Assert.Equal(1, Peer(_other).SentBeforeClose);
        Assert.Empty(result.Answers);
        Assert.Null(result.Blame);
        Assert.False(result.IsClosed);
    }

    [Fact]
    public async Task A_broadcast_is_published_once_a_role_in_order_and_spares_whom_it_came_from()
    {
        var result = await _runner.Run(
            [
                new RoleEffect.Broadcast(Role.Timelord, new PingMessage()),
                new RoleEffect.Broadcast(Role.FullNode, new PingMessage(), _origin),
                new RoleEffect.Broadcast(Role.Timelord, new RequestPeersMessage()),
                new RoleEffect.Broadcast(Role.FullNode, new RequestPeersMessage(), _origin),
                new RoleEffect.Broadcast(Role.FullNode, new PongMessage()),
            ],
            _origin);
        Assert.True(result.WasNews);
        Assert.Equal(
            ["Timelord: ping, request_peers", "FullNode but origin: ping, request_peers", "FullNode: pong"],
            _published.Select(p => p.ToString()));
    }

    [Fact]
    public async Task What_nobody_sent_was_no_news_of_anybody()
    {
        var result = await _runner.Run([new RoleEffect.Broadcast(Role.FullNode, new PingMessage(), _other)], origin: null);
        Assert.Same(HandlerResult.Nothing, result);
        Assert.Equal("FullNode but other: ping", Assert.Single(_published).ToString());
    }

    [Fact]
    public async Task Many_messages_for_a_connection_go_in_one_call()
    {
        await _runner.Run([.. Enumerable.Range(0, 1000).Select(_ => new RoleEffect.Send(_other, new PingMessage()))], _origin);
        Assert.Equal(1000, Assert.Single(Peer(_other).Calls).Length);
    }

    [Fact]
    public async Task A_thousand_answers_that_become_ready_one_by_one_need_few_calls()
    {
        var gate = new TaskCompletionSource();
        Peer(_other).Gate = gate.Task;
        var ready = Enumerable.Range(0, 1000).Select(_ => new TaskCompletionSource()).ToList();
        var run = _runner.Run([.. ready.Select(r => new RoleEffect.Start(() => Answer(r.Task)))], origin: null);
        await run;
        foreach (var one in ready)
            one.SetResult();
        Assert.Single(Peer(_other).Calls);
        gate.SetResult();
        Assert.Equal([1, 999], Peer(_other).Calls.Select(c => c.Length));

        async Task<IReadOnlyList<RoleEffect>> Answer(Task isReady)
        {
            await isReady;
            return [new RoleEffect.Send(_other, new PingMessage())];
        }
    }

    [Fact]
    public async Task Whoever_cannot_be_reached_costs_the_others_nothing()
    {
        var third = TestPeers.Connection(Role.FullNode, Role.Farmer, "third");
        Peer(_other).Gate = Task.FromException(new TimeoutException("no answer"));
        await _runner.Run([new RoleEffect.Send(_other, new PingMessage()), new RoleEffect.Send(third, new PingMessage())], _origin);
        Assert.Single(Peer(third).Calls);

        // And it is tried again with the next message.
        await _runner.Run([new RoleEffect.Send(_other, new PingMessage())], _origin);
        Assert.Equal(2, Peer(_other).Calls.Count);
    }

    [Fact]
    public async Task A_penalty_that_cannot_be_given_costs_nothing_else()
    {
        Peer(_other).Gate = Task.FromException(new TimeoutException("no answer"));
        var third = TestPeers.Connection(Role.FullNode, Role.Farmer, "third");
        var result = await _runner.Run(
            [
                new RoleEffect.Penalise(_other, Blame.Breach("lied")),
                new RoleEffect.Close(_other),
                new RoleEffect.Send(third, new PingMessage()),
                new RoleEffect.Send(_origin, new PingMessage()),
                new RoleEffect.Broadcast(Role.FullNode, new PingMessage()),
            ],
            _origin);
        Assert.Single(result.Answers);
        Assert.Single(Peer(third).Calls);
        Assert.Equal("FullNode: ping", Assert.Single(_published).ToString());
    }

    [Fact]
    public async Task A_broadcast_that_cannot_be_published_costs_those_of_other_roles_nothing()
    {
        var runner = new EffectRunner(
            Peer,
            to => to == Role.Timelord
                ? Fake.Of<IBroadcastGrain>(_ => Task.FromException(new TimeoutException("no answer")))
                : new Stage(to, _published),
            NullLogger.Instance,
            () => false);
        var result = await runner.Run(
            [
                new RoleEffect.Broadcast(Role.Timelord, new PingMessage()),
                new RoleEffect.Broadcast(Role.FullNode, new PingMessage(), _origin),
            ],
            _origin);
        Assert.True(result.WasNews);
        Assert.Equal("FullNode but origin: ping", Assert.Single(_published).ToString());
    }

    /// <summary>Its successor, which has nothing to send yet, would miss nothing.</summary>
    [Fact]
    public async Task A_broadcast_whose_publisher_has_just_gone_is_published_where_it_lives_then()
    {
        var gone = 1;
        var runner = new EffectRunner(
            Peer,
            to => Fake.Of<IBroadcastGrain>(
                _ =>
                {
                    if (gone-- > 0)
                        return Task.FromException(new SiloUnavailableException("the silo went"));
                    _published.Add(new Published(to, null, ["told"]));
                    return Task.CompletedTask;
                }),
            NullLogger.Instance,
            () => false);
        await runner.Run([new RoleEffect.Broadcast(Role.FullNode, new PingMessage())], _origin);
        Assert.Equal("FullNode: told", Assert.Single(_published).ToString());

        // One that goes again, too, is given up: nothing waits for it longer.
        gone = 2;
        await runner.Run([new RoleEffect.Broadcast(Role.FullNode, new PingMessage())], _origin);
        Assert.Single(_published);
    }

    [Fact]
    public async Task Whoever_is_slow_is_waited_for_by_those_only_who_told_it_something()
    {
        var third = TestPeers.Connection(Role.FullNode, Role.Farmer, "third");
        var gate = new TaskCompletionSource();
        Peer(_other).Gate = gate.Task;
        var slow = _runner.Run([new RoleEffect.Send(_other, new PingMessage())], _origin);
        await _runner.Run([new RoleEffect.Send(third, new PingMessage())], _origin);
        Assert.False(slow.IsCompleted);
        gate.SetResult();
        await slow;
    }

    [Fact]
    public async Task Work_that_fails_in_the_background_costs_nothing_else()
    {
        await _runner.Run(
            [
                new RoleEffect.Start(() => throw new InvalidOperationException("a fault of ours")),
                new RoleEffect.Start(
                    () => Task.FromResult<IReadOnlyList<RoleEffect>>([new RoleEffect.Broadcast(Role.FullNode, new PingMessage())])),
            ],
            _origin);
        Assert.Equal("FullNode: ping", Assert.Single(_published).ToString());
    }

    /// <summary>Orleans calls off what it was asking of a silo that went: that is no wish of ours.</summary>
    [Fact]
    public async Task Work_that_is_called_off_is_told_unless_its_role_ends()
    {
        RoleEffect.Start calledOff = new(() => Task.FromException<IReadOnlyList<RoleEffect>>(new TaskCanceledException("a silo went")));
        using var log = new TestLog();
        var ends = false;
        var runner = new EffectRunner(peer => Peer(peer), to => new Stage(to, _published), log, () => ends);
        await runner.Run([calledOff], _origin);
        Assert.Single(log.Complaints);
        ends = true;
        await runner.Run([calledOff], _origin);
        Assert.Single(log.Complaints);
    }

    private RecordingPeer Peer(PeerConnection peer)
    {
        if (!_peers.TryGetValue(peer.ConnectionId, out var grain))
            _peers.Add(peer.ConnectionId, grain = new RecordingPeer());
        return grain;
    }

    private sealed record Published(Role To, ConnectionId? Except, string[] Functions)
    {
        public override string ToString() => $"{To}{(Except is { } who ? $" but {who}" : "")}: {string.Join(", ", Functions)}";
    }

    private sealed class Stage(Role to, List<Published> published) : IBroadcastGrain
    {
        public Task Publish(OutboundMessage[] messages, ConnectionId? except)
        {
            Assert.All(messages, m => Assert.Equal(to, m.To));
            published.Add(new Published(to, except, [.. messages.Select(m => m.Function)]));
            return Task.CompletedTask;
        }

        public Task<BroadcastPosition> GetPosition() => throw new NotSupportedException();
    }
}
