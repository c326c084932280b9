using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;

namespace Chia.Protocol.Handshake;

/// <summary>
/// One side of one handshake (PROTOCOL.md 4.3), the same for the side that dialled and the side that accepted. It does no I/O and knows no
/// clock: events go in, effects come out.
/// </summary>
/// <remarks>
/// The owner calls <see cref="Start"/>, then <see cref="Receive"/> for each frame until <see cref="State"/> is
/// <see cref="HandshakeState.Established"/>; whatever follows on the stream are messages, which a peer may send right behind its ack.
/// The version is compared last, when both acks are through, as the reference does: its peers see the same frames from either.
/// </remarks>
/// <param name="local">What we say about ourselves.</param>
/// <param name="policy">What we insist on.</param>
public sealed class HandshakeMachine(HandshakeIdentity local, HandshakePolicy policy)
{
    /// <summary>Largest payload to accept while a handshake runs, bytes: a handshake has at most 617, the reference's 117.</summary>
    public const int MaxPayload = MessageDefinition.SmallestLimit;

    private static readonly HandshakeEffect[] Nothing = [];

    /// <summary>How far the handshake has come.</summary>
    public HandshakeState State { get; private set; }

    /// <summary>The peer, from the moment its handshake was accepted.</summary>
    public HandshakeIdentity? Peer { get; private set; }

    /// <summary>Step 1: our handshake goes out, without waiting for the peer's.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<HandshakeEffect> Start()
    {
        Expect(HandshakeState.New);
        State = HandshakeState.AwaitingHandshake;
        return [Write(local.ToMessage())];
    }

    /// <summary>Steps 2 to 6, or 9 to 11: a frame arrived.</summary>
    /// <param name="payload">Its payload.</param>
    /// <exception cref="InvalidOperationException">No frame may be delivered in this state.</exception>
    public IReadOnlyList<HandshakeEffect> Receive(ReadOnlyMemory<byte> payload) => State switch
    {
        HandshakeState.AwaitingHandshake => ReceiveHandshake(payload),
        HandshakeState.AwaitingAck => ReceiveAck(payload),
        _ => throw Misused(),
    };

    /// <summary>
    /// Steps 7 and 8: the registration was decided, and the ack follows at once, before any other message can. If the handshake was
    /// aborted in the meantime, a reservation that came too late is given back.
    /// </summary>
    /// <exception cref="InvalidOperationException">No registration was asked for.</exception>
    public IReadOnlyList<HandshakeEffect> Registered(RegistrationOutcome result)
    {
        if (State == HandshakeState.Failed && Peer is not null)
            return result == RegistrationOutcome.Accepted ? [new HandshakeEffect.Release(Peer)] : Nothing;
        Expect(HandshakeState.AwaitingRegistration);
        switch (result)
        {
            case RegistrationOutcome.Accepted:
                State = HandshakeState.AwaitingAck;
                return [Write(new HandshakeAckMessage())];
            case RegistrationOutcome.Duplicate:
                return Fail(HandshakeFailure.Duplicate, $"{Peer!.NodeId} is connected already");
            default:
                return Fail(HandshakeFailure.Refused, $"{Peer!.NodeId} is not accepted");
        }
    }

    /// <summary>The connection broke, the peer was too slow, or its frame was no frame. Without effect once the handshake has come to an
    /// end.</summary>
    /// <param name="reason">Which of these.</param>
    /// <param name="detail">One line for a log.</param>
    public IReadOnlyList<HandshakeEffect> Abort(HandshakeFailure reason, string detail)
    {
        if (State is HandshakeState.Established or HandshakeState.Failed)
            return Nothing;

        return State == HandshakeState.AwaitingAck
            ? FailAndRelease(reason, detail)
            : Fail(reason, detail);
    }

    private HandshakeEffect[] ReceiveHandshake(ReadOnlyMemory<byte> payload)
    {
        var failure = Decode(payload, out var message);
        if (failure.Failed)
            return Fail(
                IsAboutRole(failure) ? HandshakeFailure.InvalidRole : HandshakeFailure.InvalidHandshake, failure.ToString());
        if (message is not HandshakeMessage handshake)
            return Fail(HandshakeFailure.InvalidHandshake, $"got {message!.Function}");
        if (handshake.NodeId == local.NodeId)
            return Fail(HandshakeFailure.ConnectedToSelf, "the peer has our own node id");
        if (handshake.NetworkId != local.NetworkId && !policy.AcceptAnyNetworkId)
            return Fail(HandshakeFailure.WrongNetwork, $"the peer is on another network than {local.NetworkId}");
        Peer = HandshakeIdentity.Of(handshake);
        State = HandshakeState.AwaitingRegistration;
        return [new HandshakeEffect.Register(Peer)];
    }

    private HandshakeEffect[] ReceiveAck(ReadOnlyMemory<byte> payload)
    {
        var failure = Decode(payload, out var message);
        if (failure.Failed)
            return FailAndRelease(HandshakeFailure.InvalidAck, failure.ToString());
        if (message is not HandshakeAckMessage)
            return FailAndRelease(HandshakeFailure.InvalidAck, $"got {message!.Function}");
        if (Peer!.Version != local.Version)
            return FailAndRelease(HandshakeFailure.IncompatibleVersion, $"the peer does not speak version {local.Version}");
        State = HandshakeState.Established;
        return [new HandshakeEffect.Established(Peer)];
    }

    /// <summary>The role is unknown so far, so roles are not judged: both messages of this phase may come from anyone.</summary>
    private DecodeFailure Decode(ReadOnlyMemory<byte> payload, out Message? message) =>
        MessageRegistry.TryDecode(payload, MessagePhase.Handshake, sender: null, local.Role, out message);

    private static bool IsAboutRole(DecodeFailure failure) =>
        failure is { Kind: DecodeFailureKind.OutOfRange or DecodeFailureKind.WrongType, Name: "node_type" };

    private static HandshakeEffect.WriteFrame Write(Message message) => new(MessageRegistry.Encode(message));

    private HandshakeEffect[] Fail(HandshakeFailure reason, string detail)
    {
        State = HandshakeState.Failed;
        return [new HandshakeEffect.Fail(reason, detail)];
    }

    private HandshakeEffect[] FailAndRelease(HandshakeFailure reason, string detail) =>
        [new HandshakeEffect.Release(Peer!), .. Fail(reason, detail)];

    private void Expect(HandshakeState state)
    {
        if (State != state)
            throw Misused();
    }

    private InvalidOperationException Misused() => new($"the handshake is in state {State}");
}

/// <summary>How far a handshake has come; the numbers are the steps of PROTOCOL.md 4.3.</summary>
public enum HandshakeState
{
    /// <summary>Nothing has been written (before 1).</summary>
    New,

    /// <summary>Our handshake is written, the peer's is awaited (2).</summary>
    AwaitingHandshake,

    /// <summary>The peer's node id is being registered (7). No frame may be delivered now.</summary>
    AwaitingRegistration,

    /// <summary>Our ack is written, the peer's is awaited (9).</summary>
    AwaitingAck,

    /// <summary>Done (11).</summary>
    Established,

    /// <summary>Failed; the connection is to be closed.</summary>
    Failed,
}
