using Chia.Protocol.Handshake;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Handshake;

public class HandshakeMachineTests
{
    private static readonly HandshakeIdentity Alice = new("testnet", "0.0.4", Id(1), 8444, Role.FullNode);
    private static readonly HandshakeIdentity Bob = new("testnet", "0.0.4", Id(2), 8447, Role.Farmer);

    private static readonly byte[] Ack = Payload(new HandshakeAckMessage());

    [Fact]
    public void The_whole_way()
    {
        var machine = new HandshakeMachine(Alice, new HandshakePolicy());
        Assert.Equal(HandshakeState.New, machine.State);

        Assert.Equal(Payload(Alice.ToMessage()), Written(machine.Start()));
        Assert.Equal(HandshakeState.AwaitingHandshake, machine.State);

        Assert.Equal([new HandshakeEffect.Register(Bob)], machine.Receive(Payload(Bob.ToMessage())));
        Assert.Equal(HandshakeState.AwaitingRegistration, machine.State);
        Assert.Equal(Bob, machine.Peer);

        Assert.Equal(Ack, Written(machine.Registered(RegistrationOutcome.Accepted)));
        Assert.Equal(HandshakeState.AwaitingAck, machine.State);

        Assert.Equal([new HandshakeEffect.Established(Bob)], machine.Receive(Ack));
        Assert.Equal(HandshakeState.Established, machine.State);
    }

    /// <summary>Two machines joined back to back, both writing first.</summary>
    [Fact]
    public void Both_sides_are_the_same()
    {
        var alice = new HandshakeMachine(Alice, new HandshakePolicy());
        var bob = new HandshakeMachine(Bob, new HandshakePolicy());
        var fromAlice = Written(alice.Start());
        var fromBob = Written(bob.Start());
        alice.Receive(fromBob);
        bob.Receive(fromAlice);
        var ackOfAlice = Written(alice.Registered(RegistrationOutcome.Accepted));
        var ackOfBob = Written(bob.Registered(RegistrationOutcome.Accepted));
        Assert.Equal([new HandshakeEffect.Established(Bob)], alice.Receive(ackOfBob));
        Assert.Equal([new HandshakeEffect.Established(Alice)], bob.Receive(ackOfAlice));
    }

    [Fact]
    public void Nothing_can_be_delivered_or_written_between_handshake_and_ack()
    {
        var machine = AwaitingRegistration(Bob);
        Assert.Throws<InvalidOperationException>(() => machine.Receive(Ack));
        Assert.Throws<InvalidOperationException>(machine.Start);
        Assert.IsType<HandshakeEffect.WriteFrame>(Assert.Single(machine.Registered(RegistrationOutcome.Accepted)));
    }

    [Fact]
    public void Another_network_is_refused_before_the_ack()
    {
        var stranger = Bob with { NetworkId = "mainnet" };
        AssertFailed(Started().Receive(Payload(stranger.ToMessage())), HandshakeFailure.WrongNetwork);
        var lenient = new HandshakeMachine(Alice, new HandshakePolicy(AcceptAnyNetworkId: true));
        lenient.Start();
        Assert.Equal([new HandshakeEffect.Register(stranger)], lenient.Receive(Payload(stranger.ToMessage())));
    }

    [Fact]
    public void Another_version_is_noticed_after_both_acks_as_the_reference_does()
    {
        var old = Bob with { Version = "0.0.3" };
        var machine = AwaitingRegistration(old);
        Assert.Equal(Ack, Written(machine.Registered(RegistrationOutcome.Accepted)));
        AssertReleased(machine.Receive(Ack), old, HandshakeFailure.IncompatibleVersion);
        Assert.Equal(HandshakeState.Failed, machine.State);
    }

    [Theory]
    [InlineData("0.0.4 ")]
    [InlineData("0.0.04")]
    [InlineData("")]
    public void Versions_are_compared_exactly(string version)
    {
        var machine = AwaitingRegistration(Bob with { Version = version });
        machine.Registered(RegistrationOutcome.Accepted);
        Assert.Equal(HandshakeFailure.IncompatibleVersion, Reason(machine.Receive(Ack)));
    }

    [Fact]
    public void Our_own_node_id_is_refused() =>
        AssertFailed(Started().Receive(Payload((Bob with { NodeId = Alice.NodeId }).ToMessage())), HandshakeFailure.ConnectedToSelf);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(200)]
    public void Unknown_node_types_are_refused(byte type) =>
        AssertFailed(Started().Receive(Payload((Bob with { Role = (Role)type }).ToMessage())), HandshakeFailure.InvalidRole);

    [Fact]
    public void A_node_type_in_text_is_refused()
    {
        var payload = Payload(Bob.ToMessage());
        AssertFailed(Started().Receive((byte[])[.. payload[..^1], 0x61, 0x33]), HandshakeFailure.InvalidRole);
    }

    [Theory]
    [InlineData(RegistrationOutcome.Duplicate, HandshakeFailure.Duplicate)]
    [InlineData(RegistrationOutcome.Banned, HandshakeFailure.Refused)]
    public void A_refused_registration_ends_without_ack_and_without_release(RegistrationOutcome result, HandshakeFailure reason)
    {
        var machine = AwaitingRegistration(Bob);
        AssertFailed(machine.Registered(result), reason);
        Assert.Throws<InvalidOperationException>(() => machine.Receive(Ack));
    }

    public static TheoryData<byte[]> NoHandshakes => new(
        Ack,
        Payload(new RequestPeersMessage()),
        Payload(new PingMessage()),
        Payload(Alice.ToMessage())[..^1],
        [.. Payload(Alice.ToMessage()), 0],
        [0xa0],
        [0x80],
        [0xff],
        []);

    [Theory, MemberData(nameof(NoHandshakes))]
    public void What_is_no_handshake_ends_it(byte[] payload)
    {
        var machine = Started();
        AssertFailed(machine.Receive(payload), HandshakeFailure.InvalidHandshake);
        Assert.Equal(HandshakeState.Failed, machine.State);
        Assert.Null(machine.Peer);
    }

    public static TheoryData<byte[]> NoAcks => new(
        Payload(Bob.ToMessage()),
        Payload(new RequestPeersMessage()),
        Payload(new ProofOfTimeRateMessage(1)),
        Ack[..^1],
        [.. Ack[..^1], 0xf6],
        [.. Ack[..^1], 0xa1, 0x61, 0x78, 0x00],
        [.. Ack, 0],
        []);

    [Theory, MemberData(nameof(NoAcks))]
    public void What_is_no_ack_ends_it_and_frees_the_node_id(byte[] payload)
    {
        var machine = AwaitingAck();
        AssertReleased(machine.Receive(payload), Bob, HandshakeFailure.InvalidAck);
        Assert.Equal(HandshakeState.Failed, machine.State);
    }

    [Fact]
    public void A_peer_that_leaves_after_any_step_leaves_nothing_behind()
    {
        const HandshakeFailure Gone = HandshakeFailure.Disconnected;
        AssertFailed(new HandshakeMachine(Alice, new HandshakePolicy()).Abort(Gone, "gone"), Gone);
        AssertFailed(Started().Abort(Gone, "gone"), Gone);
        AssertReleased(AwaitingAck().Abort(Gone, "gone"), Bob, Gone);

        var late = AwaitingRegistration(Bob);
        AssertFailed(late.Abort(Gone, "gone"), Gone);
        Assert.Equal([new HandshakeEffect.Release(Bob)], late.Registered(RegistrationOutcome.Accepted));

        var refused = AwaitingRegistration(Bob);
        refused.Abort(Gone, "gone");
        Assert.Empty(refused.Registered(RegistrationOutcome.Duplicate));
    }

    [Fact]
    public void What_has_ended_stays_ended()
    {
        var established = AwaitingAck();
        established.Receive(Ack);
        Assert.Empty(established.Abort(HandshakeFailure.TimedOut, "slow"));
        Assert.Equal(HandshakeState.Established, established.State);
        Assert.Throws<InvalidOperationException>(() => established.Receive(Ack));

        var failed = Started();
        failed.Receive(Array.Empty<byte>());
        Assert.Empty(failed.Abort(HandshakeFailure.TimedOut, "slow"));
        Assert.Throws<InvalidOperationException>(() => failed.Registered(RegistrationOutcome.Accepted));
        Assert.Throws<InvalidOperationException>(() => failed.Receive(Ack));
    }

    private static HandshakeMachine Started()
    {
        var machine = new HandshakeMachine(Alice, new HandshakePolicy());
        machine.Start();
        return machine;
    }

    private static HandshakeMachine AwaitingRegistration(HandshakeIdentity peer)
    {
        var machine = Started();
        Assert.Equal([new HandshakeEffect.Register(peer)], machine.Receive(Payload(peer.ToMessage())));
        return machine;
    }

    private static HandshakeMachine AwaitingAck()
    {
        var machine = AwaitingRegistration(Bob);
        machine.Registered(RegistrationOutcome.Accepted);
        return machine;
    }

    private static void AssertFailed(IReadOnlyList<HandshakeEffect> effects, HandshakeFailure reason)
    {
        var failure = Assert.IsType<HandshakeEffect.Fail>(Assert.Single(effects));
        Assert.Equal(reason, failure.Reason);
        Assert.NotEmpty(failure.Detail);
    }

    private static void AssertReleased(IReadOnlyList<HandshakeEffect> effects, HandshakeIdentity peer, HandshakeFailure reason)
    {
        Assert.Equal(2, effects.Count);
        Assert.Equal(new HandshakeEffect.Release(peer), effects[0]);
        Assert.Equal(reason, Reason(effects));
    }

    private static HandshakeFailure Reason(IReadOnlyList<HandshakeEffect> effects) =>
        Assert.IsType<HandshakeEffect.Fail>(effects[^1]).Reason;

    private static byte[] Written(IReadOnlyList<HandshakeEffect> effects) =>
        Assert.IsType<HandshakeEffect.WriteFrame>(Assert.Single(effects)).Frame[4..].ToArray();

    private static byte[] Payload(Message message) => MessageRegistry.Encode(message)[4..];

    private static Bytes32 Id(byte last) => new([.. new byte[31], last]);
}
