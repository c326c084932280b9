using Chia.Gateway.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Tests.Connections;

/// <summary>From the first byte to the ack on both sides (PROTOCOL.md 4).</summary>
public class PeerLinkHandshakeTests
{
    [Fact]
    public async Task The_ack_comes_before_anything_else_and_broadcasts_only_after_the_peers_ack()
    {
        await using var harness = new LinkHarness();
        var registered = new TaskCompletionSource<Registration>();
        var asked = new TaskCompletionSource();
        harness.Directory.OnRegister = () =>
        {
            asked.SetResult();
            return registered.Task;
        };
        harness.Grain.OnConnected = () => Task.FromResult(new ConnectionVerdict([MessageRegistry.Encode(new PingMessage())]));
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await harness.Peer.Send(PeerEnd.Identity.ToMessage());
        await asked.Task.InTime();
        Assert.Empty(harness.Links.Established(Role.FullNode));

        registered.SetResult(new Registration(RegistrationOutcome.Accepted));
        await harness.Peer.Expect(new HandshakeAckMessage());
        Assert.Empty(harness.Links.Established(Role.FullNode));

        await harness.Peer.Send(new HandshakeAckMessage());
        await harness.Peer.Expect(new PingMessage());
        Assert.Same(harness.Link, Assert.Single(harness.Links.Established(Role.FullNode)));
        Assert.Empty(harness.Links.Established(Role.Farmer));
        Assert.Equal("203.0.113.7", harness.Link.Connection!.RemoteHost);
        Assert.Equal(PeerEnd.Identity.NodeId, harness.Link.Connection.PeerNodeId);
    }

    /// <summary>Whoever prepares for peers has the time that a handshake takes.</summary>
    [Fact]
    public async Task A_connection_is_told_of_before_its_peer_has_said_a_word()
    {
        await using var harness = new LinkHarness();
        Assert.Equal(1, harness.Begun);
        await harness.Establish();
        Assert.Equal(1, harness.Begun);
    }

    /// <summary>A silo that dies calls off what waits for it, or does not answer at all; the next one answers.</summary>
    [Theory]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(Orleans.Runtime.SiloUnavailableException))]
    public async Task A_directory_that_moves_costs_no_peer_its_handshake(Type fault)
    {
        await using var harness = new LinkHarness();
        var hasFailed = false;
        harness.Directory.OnRegister = () =>
        {
            if (hasFailed)
                return Task.FromResult(new Registration(RegistrationOutcome.Accepted));
            hasFailed = true;
            return Task.FromException<Registration>((Exception)Activator.CreateInstance(fault)!);
        };
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await harness.Peer.Send(PeerEnd.Identity.ToMessage());
        await harness.Time.WhenPending(TimeSpan.FromMilliseconds(100)).InTime();
        harness.Time.Advance(TimeSpan.FromMilliseconds(100));
        await harness.Peer.Expect(new HandshakeAckMessage());
    }

    [Fact]
    public async Task What_follows_the_ack_in_the_same_segment_is_not_lost()
    {
        await using var harness = new LinkHarness();
        await harness.Peer.Send(
            PeerEnd.Identity.ToMessage(), new HandshakeAckMessage(), new RequestBlockMessage(default),
            new RequestAllHeaderHashesMessage(default));
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
        Assert.IsType<RequestAllHeaderHashesMessage>(await harness.Grain.Next());
    }

    [Fact]
    public async Task Bytes_may_come_one_by_one()
    {
        await using var harness = new LinkHarness();
        byte[] all =
        [
            .. MessageRegistry.Encode(PeerEnd.Identity.ToMessage()),
            .. MessageRegistry.Encode(new HandshakeAckMessage()),
            .. MessageRegistry.Encode(new RequestBlockMessage(default)),
        ];
        foreach (var single in all)
            await harness.Peer.Write(new[] { single });
        Assert.IsType<RequestBlockMessage>(await harness.Grain.Next());
    }

    [Fact]
    public async Task Whoever_is_too_slow_is_let_go()
    {
        await using var harness = new LinkHarness();
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await harness.Peer.Send(PeerEnd.Identity.ToMessage());
        await harness.Peer.Expect(new HandshakeAckMessage());
        harness.Time.Advance(harness.Services.Limits.HandshakeTimeout - TimeSpan.FromTicks(1));
        Assert.False(harness.Running.IsCompleted);
        harness.Time.Advance(TimeSpan.FromTicks(1));
        var end = await harness.Ended;
        Assert.Equal(HandshakeFailure.TimedOut, end.Failure);
        Assert.Null(await harness.Peer.Read());

        // Its node id is free again.
        Assert.Contains(harness.Link.ConnectionId, harness.Directory.Removed);
        Assert.Empty(harness.Links.All);
    }

    [Theory]
    [InlineData(RegistrationOutcome.Duplicate, HandshakeFailure.Duplicate)]
    [InlineData(RegistrationOutcome.Banned, HandshakeFailure.Refused)]
    [InlineData(RegistrationOutcome.Crowded, HandshakeFailure.Refused)]
    public async Task Whoever_may_not_register_gets_no_ack(RegistrationOutcome outcome, HandshakeFailure failure)
    {
        await using var harness = new LinkHarness();
        harness.Directory.OnRegister = () => Task.FromResult(new Registration(outcome));
        await harness.Peer.SendHandshake();
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        Assert.Null(await harness.Peer.Read());
        Assert.Equal(failure, (await harness.Ended).Failure);
    }

    [Fact]
    public async Task Another_network_and_our_own_node_id_are_refused_before_they_are_registered()
    {
        await using var other = new LinkHarness();
        await other.Peer.SendHandshake(PeerEnd.Identity with { NetworkId = "mainnet" });
        Assert.Equal(HandshakeFailure.WrongNetwork, (await other.Ended).Failure);
        Assert.Empty(other.Directory.Registered);

        await using var self = new LinkHarness();
        await self.Peer.SendHandshake(PeerEnd.Identity with { NodeId = LinkHarness.Identity.NodeId });
        Assert.Equal(HandshakeFailure.ConnectedToSelf, (await self.Ended).Failure);
        Assert.Empty(self.Directory.Registered);
    }

    [Fact]
    public async Task Another_version_is_noticed_after_the_acks_and_leaves_no_entry()
    {
        await using var harness = new LinkHarness();
        await harness.Peer.SendHandshake(PeerEnd.Identity with { Version = "0.0.5" });
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await harness.Peer.Expect(new HandshakeAckMessage());
        Assert.Equal(HandshakeFailure.IncompatibleVersion, (await harness.Ended).Failure);
        Assert.Contains(harness.Link.ConnectionId, harness.Directory.Removed);
    }

    [Fact]
    public async Task A_directory_that_is_away_when_a_handshake_fails_is_not_why_it_fails()
    {
        await using var harness = new LinkHarness();
        harness.Directory.OnRemove = () => Task.FromException(new TimeoutException("no answer"));
        await harness.Peer.SendHandshake(PeerEnd.Identity with { Version = "0.0.5" });
        Assert.Equal(HandshakeFailure.IncompatibleVersion, (await harness.Ended).Failure);
        Assert.Equal(2, harness.Directory.Removed.Count);
    }

    [Fact]
    public async Task Noise_a_message_out_of_turn_and_silence_at_the_end_fail_the_handshake_only()
    {
        await using var noise = new LinkHarness();
        await noise.Peer.Write(new byte[] { 0, 0, 0, 2, 0xff, 0xff });
        Assert.Equal(HandshakeFailure.InvalidHandshake, (await noise.Ended).Failure);

        await using var tooLong = new LinkHarness();
        await tooLong.Peer.Write(new byte[] { 0xff, 0xff, 0xff, 0xff });
        Assert.Equal(HandshakeFailure.InvalidFrame, (await tooLong.Ended).Failure);

        await using var early = new LinkHarness();
        await early.Peer.Send(PeerEnd.Identity.ToMessage(), new RequestBlockMessage(default));
        Assert.Equal(HandshakeFailure.InvalidAck, (await early.Ended).Failure);
        Assert.Contains(early.Link.ConnectionId, early.Directory.Removed);

        await using var gone = new LinkHarness();
        await gone.Peer.HangUp();
        Assert.Equal(HandshakeFailure.Disconnected, (await gone.Ended).Failure);
    }

    [Fact]
    public async Task A_newcomer_that_has_to_wait_gets_its_ack_later()
    {
        await using var harness = new LinkHarness();
        var wait = TimeSpan.FromSeconds(4);
        harness.Directory.OnRegister = () => Task.FromResult(new Registration(RegistrationOutcome.Accepted, wait));
        await harness.Peer.SendHandshake();
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        await harness.Time.WhenPending(wait).InTime();
        harness.Time.Advance(wait);
        await harness.Peer.Expect(new HandshakeAckMessage());
    }

    [Fact]
    public async Task A_peer_for_which_there_is_no_place_gets_no_ack_and_gives_its_node_id_back()
    {
        await using var harness = new LinkHarness();
        harness.Links.Places.Leave(harness.Place);
        await harness.Peer.SendHandshake();
        await harness.Peer.Expect(LinkHarness.Identity.ToMessage());
        Assert.Null(await harness.Peer.Read());
        Assert.Equal(HandshakeFailure.Refused, (await harness.Ended).Failure);
        Assert.Contains(harness.Link.ConnectionId, harness.Directory.Removed);
    }
}
